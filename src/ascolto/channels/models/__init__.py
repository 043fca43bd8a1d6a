"""What arrived, what was heard in it, what leaves, and how we know that it came."""

from ascolto.channels.models.channel import Channel, Gap, Health
from ascolto.channels.models.heard import Arrival, Attachment, Item
from ascolto.channels.models.outbox import Enclosure, Evidence, Outgoing

__all__ = [
    "Arrival",
    "Attachment",
    "Channel",
    "Enclosure",
    "Evidence",
    "Gap",
    "Health",
    "Item",
    "Outgoing",
]
