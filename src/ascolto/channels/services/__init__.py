"""What happens on the ways in and out: one verb a file."""

from ascolto.channels.services.accepting import Accepted, Letter, accept, accept_many
from ascolto.channels.services.delivering import deliver
from ascolto.channels.services.health import unwell, well
from ascolto.channels.services.quarantine import set_aside, try_again
from ascolto.channels.services.queueing import Errand, cancel, queue, queue_new
from ascolto.channels.services.reading import read_arrival, read_arrivals

__all__ = [
    "Accepted",
    "Errand",
    "Letter",
    "accept",
    "accept_many",
    "cancel",
    "deliver",
    "queue",
    "queue_new",
    "read_arrival",
    "read_arrivals",
    "set_aside",
    "try_again",
    "unwell",
    "well",
]
