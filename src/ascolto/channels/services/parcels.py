from ascolto.channels.models import Outgoing
from ascolto.channels.ports import HeardFile, Parcel
from ascolto.channels.registry import manners_of
from ascolto.kit.secrets import unseal
from ascolto.staff.queries import company


def parcel_of(outgoing: Outgoing) -> Parcel:
    """Everything the carrier needs, in one value; the sealed link is opened only here."""
    author = outgoing.author.name if outgoing.author else ""
    house = company().name
    return Parcel(
        message_id=outgoing.message_id,
        from_address=outgoing.channel.address,
        from_name=f"{author}, {house}" if author else house,
        to_address=outgoing.identity.value,
        # His name is what he says it is. A machine repeats nothing that a stranger chose: with a
        # forged sender its receipt would carry the forger's words to somebody else (T21).
        to_name="" if outgoing.automatic else outgoing.identity.customer.name,
        subject=outgoing.subject,
        text=_words(outgoing),
        in_reply_to=outgoing.in_reply_to,
        references=tuple(outgoing.references),
        automatic=outgoing.automatic,
        files=[
            HeardFile(enclosure.name, enclosure.content_type, bytes(enclosure.blob.content))
            for enclosure in outgoing.enclosures.select_related("blob").order_by("pk")
        ],
        written_at=outgoing.queued_at,
        cc=tuple(outgoing.cc),
        public=outgoing.public,
        answers=outgoing.answers,
        key=outgoing.key,
        to_key=outgoing.identity.normal,
        maybe_twice=outgoing.maybe_twice,
    )


def _words(outgoing: Outgoing) -> str:
    """Where a channel has no subject line it has no room for a footer either."""
    if not manners_of(outgoing.channel.kind).subject:
        return outgoing.text
    footer = outgoing.footer
    if outgoing.link:
        footer = f"{footer}\n{unseal(bytes(outgoing.link))}"
    return f"{outgoing.text}\n\n-- \n{footer}\n" if footer else f"{outgoing.text}\n"
