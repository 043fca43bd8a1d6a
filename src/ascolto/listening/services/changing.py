"""What happens to something said: its author edits or deletes it, others pass it on."""

from ascolto.alerts.services import close
from ascolto.alerts.services.forgetting import forget_words as forget_quotations
from ascolto.channels.services.forgetting import forget_words
from ascolto.listening.models import Match, Mention, Place
from ascolto.listening.services.batch import Batch, write_words
from ascolto.listening.services.said import Said


def edit(batch: Batch, mention: Mention, said: Said) -> None:
    """The words of the last edit count, in whatever order they come. It matches anew."""
    at = said.item.written_at or said.item.heard_at
    seen = [*mention.reading.get("edits", [])]
    if mention.gone_at is not None or said.item.pk in seen or not _may(mention, said):
        return
    mention.reading = {**mention.reading, "edits": [*seen, said.item.pk]}
    if mention.edited_at is None or at >= mention.edited_at:
        mention.edited_at = at
        write_words(mention, said)
        batch.match(mention, said)
    batch.change(mention, "EDIT")


def repost(batch: Batch, said: Said) -> None:
    """Somebody passed it on: one place more, with his reach. Of what we do not have: nothing."""
    mention = batch.by_key.get(said.key)
    if mention is not None and batch.place(mention, said, Place.How.REPOST):
        mention.reposts += 1
        batch.change(mention, "REPOST")


def delete(batch: Batch, said: Said) -> None:
    """Gone from its place. When no place is left that its author made, the words go too."""
    mention = batch.by_key.get(said.key)
    if mention is None or not _may(mention, said):
        return
    places = _places(batch, mention)
    here = [place for place in places if place.key == said.key and place.gone_at is None]
    if not here:
        return
    for place in here:
        place.gone_at = said.item.heard_at
    Place.objects.bulk_update([place for place in here if place.pk], ["gone_at"])
    if here[0].how == Place.How.REPOST:
        mention.reposts = max(0, mention.reposts - len(here))
    elif not any(place.gone_at is None and place.how != Place.How.REPOST for place in places):
        batch.wordless(mention)
        _gone(mention, said, places)
    batch.change(mention, "DELETE")


def _places(batch: Batch, mention: Mention) -> list[Place]:
    new = [place for place in batch.new_places if place.mention is mention]
    is_kept = all(mention is not one for one in batch.new)
    return new + (list(Place.objects.filter(mention=mention.pk)) if is_kept else [])


def _gone(mention: Mention, said: Said, places: list[Place]) -> None:
    """The fact stays, and what we did about it; the words and files do not."""
    edits = mention.reading.get("edits", [])
    forget_words([place.item_id for place in places if place.item_id] + edits + [mention.item_id])
    Match.objects.filter(mention=mention.pk).update(words=[])
    if mention.pk is not None:
        forget_quotations(mention.reference)
        close(mention.reference, now=said.item.heard_at)
    mention.gone_at = said.item.heard_at
    mention.text, mention.reading = "", {"edits": edits}
    if mention.standing == Mention.Standing.WAITING:
        mention.standing = Mention.Standing.GONE
        mention.settled_at = said.item.heard_at


def _may(mention: Mention, said: Said) -> bool:
    """Only its own network says that it changed, and only of its own author."""
    author = mention.item.post.get("author")
    same_author = not author or not said.author or author == said.author
    return same_author and mention.channel.kind == said.item.channel.kind
