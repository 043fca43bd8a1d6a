from ascolto.cases.models import Conversation
from ascolto.channels.models import Channel
from ascolto.people.models import Identity


def mailbox_of(identity: Identity) -> Channel | None:
    """The open mailbox he knows: that of his newest conversation by mail, else the oldest of ours.

    None in a house without one: then no mail can leave.
    """
    mailboxes = Channel.objects.select_related("team").filter(
        kind=Channel.Kind.EMAIL, closed_at=None
    )
    newest = (
        Conversation.objects.filter(identity=identity, channel__in=mailboxes)
        .order_by("-opened_at")
        .values_list("channel", flat=True)
        .first()
    )
    known = mailboxes.filter(pk=newest).first() if newest else None
    return known or mailboxes.order_by("pk").first()


def first_mailbox() -> Channel | None:
    """Where a stranger may write: the oldest open mailbox of ours."""
    open_ones = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).exclude(address="")
    return open_ones.order_by("pk").first()
