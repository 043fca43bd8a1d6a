"""What people correct is kept, learnt where it helps, and can be undone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ascolto.channels.models import Item
from ascolto.learning import queries, services
from ascolto.learning.models import Correction, Learnt
from ascolto.learning.services import Misread
from ascolto.learning.trying import Tried
from ascolto.listening import services as listening
from ascolto.reading import Text, read, shelf
from ascolto.reading.model import shipped
from ascolto.reading.training.examples import examples
from ascolto.timeline.models import Entry
from tests import make
from tests.listening.public import bring, hear, monitor

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(hours=1)
LINES = [
    "rosso",
    "verde",
    "giallo",
    "bianco",
    "nero",
    "grigio",
    "viola",
    "blu",
    "ocra",
    "rosa",
    "avorio",
    "lilla",
]


@pytest.fixture
def shelf_of_house(tmp_path: Path) -> Iterator[None]:
    before = shelf._SHELF.folder  # noqa: SLF001 - put back after
    shelf.look_in(tmp_path)
    yield
    shelf.look_in(before)


@pytest.fixture
def few_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    few = examples()[::30]
    monkeypatch.setattr(services, "examples", lambda: few)


def quiet(_: str) -> None:
    """Says nothing of how far it is."""


def said(text: str) -> Item:
    item = make.receive(make.mail(text=text, subject=""))
    assert item is not None
    return item


def corrected(became: str = "praise", times: int = 12) -> None:
    """So many letters with a word of this house, of which a person said what they are."""
    elena = make.colleague()
    for colour in LINES[:times]:
        item = said(f"zibibbo zibibbo {colour}")
        services.correct(item, Misread("kind", "noise", became), by=elena, now=make.NOON)


def test_the_last_word_on_a_field_counts() -> None:
    item, elena = said("zibibbo"), make.colleague()

    services.correct(item, Misread("kind", "noise", "praise"), by=elena, now=make.NOON)
    services.correct(item, Misread("kind", "noise", "problem"), by=elena, now=LATER)

    assert Correction.objects.get().became == "problem"


def test_what_nobody_could_learn_is_refused() -> None:
    item, elena = said("zibibbo"), make.colleague()

    with pytest.raises(ValueError, match="never"):
        services.correct(item, Misread("kind", "noise", "zibibbo"), by=elena, now=make.NOON)


def test_a_mention_that_a_person_sorts_teaches_the_reading() -> None:
    monitor()
    mention = hear(bring("Alba Telefonia, che bravi"))[0]
    was = mention.kind.lower()

    listening.rekind(mention, kind="SUGGESTION", by=make.colleague(), now=LATER)

    kept = Correction.objects.get()
    assert (kept.was, kept.became, kept.model) == (was, "suggestion", shipped().version)


def test_a_kind_that_asks_for_something_needs_care() -> None:
    corrected("problem", times=1)

    (example,) = queries.corrected().examples

    assert example.labels == {"kind": "problem", "needs_care": True}


def test_without_corrections_there_is_nothing_to_learn(shelf_of_house: None) -> None:
    with pytest.raises(services.NothingToLearn):
        services.learn(now=LATER, told=quiet)


@pytest.mark.usefixtures("shelf_of_house", "few_messages")
def test_what_is_better_reads_from_then_on_and_can_be_undone() -> None:
    corrected()

    made = services.learn(now=LATER, told=quiet)

    assert made.adopted, made.found
    assert queries.waiting() == 0
    reading = read(Text("zibibbo zibibbo turchese", "email"))
    assert (reading.kind, reading.model) == ("praise", made.version)
    assert services.go_back(now=LATER) == shipped().version
    assert read(Text("zibibbo", "email")).model == shipped().version
    kinds = Entry.objects.filter(kind__startswith="learning.").values_list("kind", flat=True)
    assert list(kinds) == ["learning.learnt", "learning.went_back"]


@pytest.mark.usefixtures("shelf_of_house", "few_messages")
def test_a_handful_of_corrections_changes_nothing() -> None:
    corrected(times=3)

    with pytest.raises(services.TooFewCorrections):
        services.learn(now=LATER, told=quiet)

    assert queries.waiting() == 3
    assert queries.in_use() == shipped().version
    assert not Learnt.objects.exists()


@pytest.mark.usefixtures("shelf_of_house", "few_messages")
def test_what_is_no_better_does_not_read_and_is_told() -> None:
    """A third is said to be praise, a third a problem, without any word that tells which."""
    elena = make.colleague()
    for place, colour in enumerate(LINES):
        became = ("praise", "problem", "suggestion")[place % 3]
        item = said(f"zibibbo {colour}")
        services.correct(item, Misread("kind", "noise", became), by=elena, now=make.NOON)

    made = services.learn(now=LATER, told=quiet)

    assert not made.adopted, made.found
    assert (queries.in_use(), queries.waiting()) == (shipped().version, len(LINES))
    assert Learnt.objects.get() == made


@pytest.mark.usefixtures("shelf_of_house")
def test_there_is_no_way_back_from_what_was_shipped() -> None:
    with pytest.raises(services.NoWayBack):
        services.go_back(now=LATER)


@pytest.mark.django_db(databases=[])
@pytest.mark.parametrize(
    ("found", "better"),
    [
        (Tried(40, won=12, lost=3, own_before=0.85, own_after=0.85), True),
        (Tried(40, won=12, lost=3, own_before=0.85, own_after=0.83), False),
        (Tried(40, won=8, lost=6, own_before=0.85, own_after=0.85), False),
        (Tried(9, won=9, lost=0, own_before=0.85, own_after=0.85), False),
        (Tried(40, won=0, lost=0, own_before=0.85, own_after=0.85), False),
    ],
)
def test_better_is_more_than_chance_and_nothing_lost(found: Tried, *, better: bool) -> None:
    assert found.better is better
