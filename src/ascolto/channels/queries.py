from ascolto.channels.models import Channel


def mailbox_for(channel: Channel) -> Channel | None:
    """The open mailbox that answers for `channel`: the one it names, else the oldest."""
    mailboxes = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None)
    named = channel.settings.get("answers_by")
    if isinstance(named, str):
        chosen = mailboxes.filter(name=named).first()
        if chosen is not None:
            return chosen
    return mailboxes.order_by("pk").first()


def sending_address(channel: Channel) -> str:
    """The address under which answers of this channel leave; empty if there is no mailbox yet."""
    if channel.kind == Channel.Kind.EMAIL:
        return channel.address
    mailbox = mailbox_for(channel)
    return mailbox.address if mailbox else ""
