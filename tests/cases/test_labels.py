"""Words to find cases by, how pressing they are, and what a company wants to know of them."""

import pytest

from ascolto.cases.models import Case, Field, Tag
from ascolto.cases.services import MissingFields, resolve
from ascolto.cases.services.fields import NotAValue, set_fields
from ascolto.cases.services.labelling import NoTag, label, prioritise, tag, untag
from ascolto.timeline.models import Entry
from tests import make

pytestmark = pytest.mark.django_db


def field(key: str, kind: str = Field.Kind.TEXT, **more: object) -> Field:
    return Field.objects.create(key=key, title=key.capitalize(), kind=kind, **more)


def names(case: Case) -> list[str]:
    return list(case.tags.order_by("name").values_list("name", flat=True))


def told(case: Case, kind: str) -> int:
    return Entry.objects.filter(subject=case.reference, kind=kind).count()


def test_a_tag_is_one_word_however_it_is_written() -> None:
    case, elena = make.case(), make.colleague()

    tag(case, ["Fibra", " fibra ", "guasto  grave"], by=elena, now=make.NOON)
    tag(case, ["FIBRA"], by=elena, now=make.NOON)

    assert names(case) == ["Fibra", "guasto grave"]
    assert Tag.objects.count() == 2
    assert told(case, "cases.tagged") == 1


def test_a_tag_taken_off_is_still_a_tag() -> None:
    case, elena = make.case(), make.colleague()
    tag(case, ["fibra"], by=elena, now=make.NOON)

    assert untag(case, ["Fibra", "altro"], by=elena, now=make.NOON) == ["fibra"]

    assert names(case) == []
    assert Tag.objects.filter(name="fibra").exists()


def test_the_sheet_says_what_stays_and_what_goes() -> None:
    case, elena = make.case(), make.colleague()
    tag(case, ["fibra", "guasto"], by=elena, now=make.NOON)

    label(case, tags=["guasto", "", "nuovo"], priority=2, by=elena, now=make.NOON)

    case.refresh_from_db()
    assert names(case) == ["guasto", "nuovo"]
    assert case.priority == Case.Priority.URGENT


@pytest.mark.parametrize("wanted", [["f" * 61], [f"parola {n}" for n in range(51)]])
def test_what_is_no_word_to_find_by_is_refused_whole(wanted: list[str]) -> None:
    case = make.case()

    with pytest.raises(NoTag):
        tag(case, wanted, by=make.colleague(), now=make.NOON)

    assert names(case) == []


def test_a_priority_moves_no_clock_and_is_told_once() -> None:
    case, elena = make.case(), make.colleague()
    due = case.due_at

    prioritise(case, Case.Priority.HIGH, by=elena, now=make.NOON)
    prioritise(case, Case.Priority.HIGH, by=elena, now=make.NOON)

    case.refresh_from_db()
    assert (case.priority, case.due_at) == (Case.Priority.HIGH, due)
    assert told(case, "cases.prioritised") == 1


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (Field.Kind.TEXT, "  TO-114 ", "TO-114"),
        (Field.Kind.NUMBER, "12,50", "12.50"),
        (Field.Kind.NUMBER, "-3", "-3"),
        (Field.Kind.DATE, "2026-03-04", "2026-03-04"),
        (Field.Kind.CHOICE, "FTTH", "FTTH"),
        (Field.Kind.YES_NO, "1", True),
        (Field.Kind.YES_NO, "0", False),
    ],
)
def test_a_field_keeps_what_its_kind_can_hold(kind: str, written: str, kept: object) -> None:
    case = make.case()
    field("dato", kind, choices=["FTTH", "FTTC"])

    set_fields(case, {"dato": written}, by=make.colleague(), now=make.NOON)

    case.refresh_from_db()
    assert case.fields == {"dato": kept}


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Field.Kind.NUMBER, "dodici"),
        (Field.Kind.NUMBER, "NaN"),
        (Field.Kind.DATE, "ieri"),
        (Field.Kind.CHOICE, "rame"),
        (Field.Kind.YES_NO, "forse"),
        (Field.Kind.TEXT, "x" * 501),
    ],
)
def test_what_a_field_cannot_hold_changes_none(kind: str, written: str) -> None:
    case = make.case()
    field("dato", kind, choices=["FTTH"])
    field("altro")

    said = {"altro": "bene", "dato": written}

    with pytest.raises(NotAValue) as refusal:
        set_fields(case, said, by=make.colleague(), now=make.NOON)

    case.refresh_from_db()
    assert case.fields == {}
    assert refusal.value.args == (["dato"],)


def test_an_empty_field_is_taken_away_and_unknown_ones_mean_nothing() -> None:
    case, elena = make.case(), make.colleague()
    field("impianto")
    set_fields(case, {"impianto": "TO-114", "ignoto": "x"}, by=elena, now=make.NOON)

    set_fields(case, {"impianto": " "}, by=elena, now=make.NOON)

    case.refresh_from_db()
    assert case.fields == {}


def test_a_case_is_resolved_only_with_what_must_be_known_of_it() -> None:
    case, elena = make.case(), make.colleague()
    field("impianto", needed_to_resolve=True)
    field("colore")

    with pytest.raises(MissingFields) as refusal:
        resolve(case, by=elena, now=make.NOON, reason="Chiamato.")
    set_fields(case, {"impianto": "TO-114"}, by=elena, now=make.NOON)
    resolve(case, by=elena, now=make.NOON, reason="Chiamato.")

    assert refusal.value.args == (["Impianto"],)
    assert Case.objects.get(pk=case.pk).resolved_at == make.NOON
