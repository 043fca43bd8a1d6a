"""Who writes our code in private says with it who he is: from then on the two are read as one."""

from collections.abc import Sequence
from datetime import datetime

from ascolto.administration.services.merging import introduce
from ascolto.channels.models import Item
from ascolto.channels.policy import NETWORKS
from ascolto.people.handshake import customer_in
from ascolto.people.models import Customer, Identity
from ascolto.people.queries import records_of


def introduce_writers(items: Sequence[Item], *, now: datetime) -> None:
    """Join those who wrote a code of ours with the customer it was given to.

    Only a record that is nothing but this one account: somebody we know as another customer is
    not made somebody else by a code. A mail proves nothing either: it can be forwarded.
    """
    for item in items:
        if item.identity is None or not _in_private(item):
            continue
        meant = customer_in(item.text, today=now.date())
        if meant is None or meant in records_of(item.identity.customer_id):
            continue
        into = Customer.objects.filter(pk=meant).first()
        known_by = Identity.objects.filter(customer__in=records_of(item.identity.customer_id))
        if into is not None and known_by.count() == 1:
            introduce(item.identity, into=into, now=now)


def _in_private(item: Item) -> bool:
    spoken = item.kind == Item.Kind.MESSAGE and item.channel.kind in NETWORKS
    return spoken and not item.public and "asc-" in item.text.casefold()
