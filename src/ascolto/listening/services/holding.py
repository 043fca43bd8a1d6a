"""Mentions are taken in one order by everybody, so that nobody waits for each other for ever."""

from collections.abc import Collection

from ascolto.listening.models import Mention


def hold(mention_ids: Collection[int]) -> None:
    """Hold these until we commit, in the order of their ids."""
    if mention_ids:
        held = Mention.objects.select_for_update(of=("self",)).filter(pk__in=mention_ids)
        list(held.order_by("pk").values_list("pk", flat=True))
