"""How often we may speak without being asked to. Pure."""

from datetime import timedelta

ACKNOWLEDGEMENT_EVERY = timedelta(hours=24)  # an address hears one automatic word a day
MOST_ACKNOWLEDGEMENTS = 600  # a channel says no more of them an hour
