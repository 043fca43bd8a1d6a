"""What was heard in public becomes mentions, each thing said once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from ascolto.listening.models import Mention, Place
from ascolto.listening.policy.sameness import WITHIN
from ascolto.listening.services import changing
from ascolto.listening.services.batch import Batch
from ascolto.listening.services.said import Said, done_before, take

BUCKETS = 64  # locks of the posts under way: few, for the server has room for so many
LOCK = """
select pg_advisory_xact_lock(%s, bucket) from (
  select distinct abs(hashtext(key)) %% %s as bucket from unnest(%s::text[]) as k(key) order by 1
) buckets
"""
LOCKS_OF_LISTENING = 0x4C495354


@transaction.atomic
def hear_posts(item_ids: Sequence[int], *, now: datetime) -> list[Mention]:
    """Make mentions of what was heard and concerns us; answers those that are new or changed.

    One thing said is one mention, however many sources bring it and however often: the same item
    twice, the same post by another source, a copy of the same words by the same author. Edits,
    deletions and reposts reach the mention they are about, also those that came before it. Safe to
    run twice, and by two workers at once. The number of queries does not depend on how many they
    are.
    """
    several = take(item_ids)
    if not several:
        return []
    _alone_with({key for said in several for key in (said.key, said.own_key, said.likeness) if key})
    batch = Batch(now=now)
    _what_is_known(batch, several)
    several += done_before({said.key for said in several if _is_news(batch, said)}, several)
    for said in several:
        _hear(batch, said)
    for said in several:  # at last: it may have come before what it deletes
        if said.change == "DELETE":
            changing.delete(batch, said)
    return batch.keep()


def _is_news(batch: Batch, said: Said) -> bool:
    return said.change in {"", "EDIT"} and said.concerns_us and said.key not in batch.by_key


def _hear(batch: Batch, said: Said) -> None:
    known = batch.by_key.get(said.key)
    if said.change == "REPOST":
        changing.repost(batch, said)
    elif said.change == "EDIT" and known is not None:
        changing.edit(batch, known, said)
    elif said.change in {"", "EDIT"} and said.concerns_us:
        known = known or batch.by_likeness.get(said.likeness)
        if known is None:
            batch.add(said)
        else:
            batch.found_again(known, said)


def _alone_with(keys: Iterable[str]) -> None:
    """Whoever hears one of these posts now waits until we commit, and then finds ours."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [LOCKS_OF_LISTENING, BUCKETS, list(keys)])


def _what_is_known(batch: Batch, several: Sequence[Said]) -> None:
    """Mentions that these posts may be, by every key under which they were ever found."""
    keys = {key for said in several for key in (said.key, said.own_key)}
    places = Place.objects.filter(key__in=keys).values_list("key", "channel_id", "mention_id")
    found = list(places)
    alike = {said.likeness for said in several if said.likeness}
    since = min(said.item.heard_at for said in several) - WITHIN
    ids = {mention_id for _, _, mention_id in found} | set(
        Mention.objects.filter(likeness__in=alike, heard_at__gte=since).values_list("pk", flat=True)
    )
    mentions = {
        mention.pk: mention
        for mention in Mention.objects.select_related("item", "channel").filter(pk__in=ids)
    }
    for mention in mentions.values():
        batch.know(mention)
    for key, channel_id, mention_id in found:
        batch.by_key[key] = mentions[mention_id]
        batch.places.add((channel_id, key))
