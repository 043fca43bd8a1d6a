"""Deeds: keep what a person corrects, learn from it, let a better model read, and go back."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from ascolto.channels.models import Item
from ascolto.learning.models import Correction, Learnt
from ascolto.learning.queries import corrected, former, in_use
from ascolto.learning.trying import FEWEST, tried
from ascolto.reading.features import Features, features
from ascolto.reading.judging import YES_OR_NO
from ascolto.reading.model import shipped
from ascolto.reading.shelf import file_of, put_in_use
from ascolto.reading.training import packing
from ascolto.reading.training.examples import ONE_OF, Example, examples
from ascolto.reading.training.learn import learnt
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record


class NothingToLearn(Exception):
    """Nobody has corrected anything since the model that reads now."""


class TooFewCorrections(Exception):
    """So few prove nothing: `many` are there, `needed` it takes."""

    needed = FEWEST

    def __init__(self, many: int) -> None:
        super().__init__(f"{many} of {FEWEST}")
        self.many = many


class NoWayBack(Exception):
    """The model that came with Ascolto reads already."""


@dataclass(frozen=True, slots=True)
class Misread:
    """What a person says of one field of a reading: what it was, and what it is."""

    head: str
    was: str
    became: str
    model: str = ""  # the version that misread it


@transaction.atomic
def correct(item: Item, misread: Misread, *, by: Colleague, now: datetime) -> None:
    """Keep what a person says of one field. ValueError for a field or a word nobody can learn."""
    head, became = misread.head, misread.became
    allowed = ONE_OF.get(head) or (("true", "false") if head in YES_OR_NO else ())
    if became not in allowed:
        raise ValueError(f"{head} is never {became}")
    words = {"was": misread.was, "became": became, "model": misread.model, "by": by, "at": now}
    Correction.objects.update_or_create(item=item, head=head, defaults=words)


def forget(item: Item, head: str) -> None:
    """Take back what was said of one field: it had been read well."""
    Correction.objects.filter(item=item, head=head).delete()


def learn(*, now: datetime, told: Callable[[str], None]) -> Learnt:
    """Learn from our own messages and all corrections; the new model reads if it is better.

    Takes some minutes, so it holds no transaction until the end. Raises `NothingToLearn` and
    `TooFewCorrections` at once.
    """
    taught = corrected()
    if not taught.fresh:
        raise NothingToLearn
    if len(taught.examples) < FEWEST:
        raise TooFewCorrections(len(taught.examples))
    own = examples()
    seen: dict[int, Features] = {}

    def look(example: Example) -> Features:
        return seen.setdefault(id(example), features(example.text))

    found = tried(own, taught.examples, taught.known, look, told)
    version = f"{shipped().version}+{Learnt.objects.count() + 1}"
    if found.better:
        everything = [*own, *taught.examples]
        model = learnt([look(one) for one in everything], everything, version, told).model
        path = file_of(version)
        path.parent.mkdir(parents=True, exist_ok=True)
        packing.save(model, path)
    with transaction.atomic():
        made = Learnt.objects.create(
            version=version,
            learnt_at=now,
            corrections=len(taught.examples),
            newest=taught.newest,
            found=asdict(found),
            adopted=found.better,
        )
        record("learning.learnt", at=now, version=version, adopted=found.better, **asdict(found))
    if found.better:
        put_in_use(version)
    return made


def go_back(*, now: datetime, by: Colleague | None = None) -> str:
    """Let the model read that read before this one. Returns its version; raises `NoWayBack`."""
    present = in_use()
    if present == shipped().version:
        raise NoWayBack
    before = former(present)
    record("learning.went_back", at=now, by=by, version=before, before=present)
    put_in_use(before)
    return before
