"""Who said it in public, as his network names him and as we know him."""

from collections.abc import Sequence

from ascolto.channels.models import Item
from ascolto.listening.models import Mention
from ascolto.people.models import Identity
from ascolto.people.policy import Sender
from ascolto.people.services import known_many, note_pages


def author_of(mention: Mention) -> Sender:
    """Who wrote it, as his network names him. A post that tells no author is somebody's still."""
    post = mention.item.post
    return Sender(
        "HANDLE",
        str(post.get("author") or f"post:{mention.key}")[:320],
        mention.author_name or mention.item.author_name,
        shown=str(post.get("handle") or ""),
        aliases=tuple(str(one) for one in post.get("aliases") or ()),
    )


def recognise_again(mentions: Sequence[Mention]) -> None:
    """Whose handle was written down after he spoke is known now."""
    strangers = [one for one in mentions if one.identity is None and one.item.post.get("author")]
    known = known_many([author_of(one) for one in strangers]) if strangers else []
    for mention, identity in zip(strangers, known, strict=True):
        if identity is not None:
            known_as(mention, identity)


def known_as(mention: Mention, identity: Identity) -> None:
    """Write down who wrote it: the words do not change by it, only what we know of them."""
    Item.objects.filter(pk=mention.item_id, identity=None).update(identity=identity)
    note_pages([(identity, str(mention.item.post.get("profile") or ""))])
    Mention.objects.filter(pk=mention.pk).update(identity=identity)
    mention.identity = mention.item.identity = identity
