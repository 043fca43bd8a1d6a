"""Looks for new and changed reviews every few minutes, back to those it knows."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from threading import Event
from typing import Any, TypeVar

from ascolto.channels import ports
from ascolto.channels.adapters.reviews.places import PAGES, NoLongerLetIn, Place, place_of
from ascolto.channels.models import Channel
from ascolto.channels.ports import Caught, Ear, NotLetIn, SourceTrouble
from ascolto.channels.told import told
from ascolto.kit.blobs import digest_of

T = TypeVar("T")
EVERY = 300  # seconds


def source_of(channel: Channel) -> "ReviewSource":
    """Raises `BadSettings`."""
    kept = told(channel)
    return ReviewSource(place_of(kept), every=kept.number("every", EVERY, low=60, high=86_400))


class ReviewSource:
    def __init__(self, place: Place, *, every: float) -> None:
        self._place, self._every = place, every

    def listen(self, ear: Ear, stop: Event) -> None:
        while not stop.is_set():
            self.look(ear)
            ear.well()
            stop.wait(self._every)

    def check(self) -> str:
        reviews, _next = _or_trouble(lambda: self._place.page(""))
        return f"{len(reviews)} recensioni nella prima pagina"

    def look(self, ear: Ear) -> int:
        """Pages, the newest first, until one holds nothing we have not. How many were new."""
        found: list[Caught] = []
        token = ""
        for _page in range(PAGES):
            reviews, token = _or_trouble(partial(self._place.page, token))
            caught = [_caught(review) for review in reviews]
            known = ear.kept([one.external_id for one in caught])
            fresh = [one for one in caught if one.external_id not in known]
            found += fresh
            if not token or len(fresh) < len(caught):
                break
        # The oldest first: an edit is heard after what it changes.
        ear.keep(found[::-1], {"looked_at": ear.now().isoformat()})
        return len(found)


def _caught(review: Mapping[str, Any]) -> Caught:
    """Named by its words as well: a review that is changed is heard again, as a change."""
    number = review.get("reviewId") or review.get("id") or ""
    raw = json.dumps(review, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    said = json.dumps(
        [review.get(name) for name in ("starRating", "stars", "comment", "title", "text")]
    )
    return Caught(raw, f"review:{number}:{digest_of(said.encode('utf-8', 'surrogatepass'))[:16]}")


def _or_trouble(deed: Callable[[], T]) -> T:
    try:
        return deed()
    except NoLongerLetIn as problem:
        raise NotLetIn(str(problem)) from problem
    except (ports.NotNow, ports.Refused) as problem:
        raise SourceTrouble(str(problem)) from problem
