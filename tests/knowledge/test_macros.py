"""Words written once: their fields, who sees them, and who may change them."""

from typing import Any

import pytest

from ascolto.administration.services.changing import NotAllowed
from ascolto.administration.services.macros import (
    EmptyMacro,
    UnknownDeed,
    UnknownField,
    retire_macro,
    save_macro,
)
from ascolto.knowledge.models import Macro
from ascolto.knowledge.policy import expand, fields_in, unknown_fields
from ascolto.knowledge.queries import find_macros, visible_macros
from ascolto.knowledge.services import count_use
from ascolto.staff.models import Colleague
from ascolto.timeline.models import Entry
from tests import make

GIULIA = {"cliente": "Giulia Ferraris", "caso": "C-12"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Buongiorno {cliente}.", "Buongiorno Giulia Ferraris."),
        ("{ cliente }: {CASO}", "Giulia Ferraris: C-12"),
        ("Non {conosco} questo", "Non {conosco} questo"),
        ("{1} {} { } {{cliente}}", "{1} {} { } {Giulia Ferraris}"),
        ("Niente da riempire", "Niente da riempire"),
    ],
)
def test_fields_are_filled_and_other_braces_left_alone(text: str, said: str) -> None:
    assert expand(text, GIULIA) == said


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert expand("{cliente} {caso}", {"cliente": "{caso}", "caso": "C-12"}) == "{caso} C-12"


def test_fields_are_told_once_and_unknown_ones_named() -> None:
    assert fields_in("{cliente} {Cliente} {caso}") == ["cliente", "caso"]
    assert unknown_fields("{cliente} {clinete} {città}") == ["clinete", "città"]


def saved(by: Colleague, **other: Any) -> Macro:
    known: dict[str, Any] = {
        "macro": None,
        "title": "Saluto",
        "text": "Buongiorno {nome}.",
        "language": "it",
        "deeds": {},
        "owner": by,
        "team": None,
    }
    return save_macro(**(known | other), by=by, now=make.NOON)


def titles(colleague: Colleague, words: str = "", **other: str) -> list[str]:
    return [macro.title for macro in find_macros(colleague, words, **other)]


@pytest.mark.django_db
def test_a_macro_saved_stands_in_the_history_as_made_then_as_changed() -> None:
    elena = make.colleague()

    macro = saved(elena)
    saved(elena, macro=macro, title="Saluto breve")

    kinds = Entry.objects.filter(subject=f"macro:{macro.pk}").order_by("id")
    assert [entry.kind for entry in kinds] == ["knowledge.macro_made", "knowledge.macro_changed"]
    assert titles(elena) == ["Saluto breve"]


@pytest.mark.django_db
def test_a_field_nothing_fills_is_refused_by_name() -> None:
    with pytest.raises(UnknownField, match="clinete"):
        saved(make.colleague(), text="Buongiorno {clinete}")

    assert not Macro.objects.exists()


@pytest.mark.django_db
def test_a_deed_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownDeed, match="explode"):
        saved(make.colleague(), deeds={"explode": True})


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"title": " "}, {"text": ""}])
def test_a_macro_without_title_or_anything_in_it_is_none(other: dict[str, Any]) -> None:
    with pytest.raises(EmptyMacro):
        saved(make.colleague(), **other)


@pytest.mark.django_db
def test_everybody_keeps_his_own_and_only_leads_keep_what_all_use() -> None:
    elena = make.colleague()
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)

    with pytest.raises(NotAllowed):
        saved(elena, owner=None)
    shared = saved(marta, owner=None)
    with pytest.raises(NotAllowed):
        retire_macro(shared, by=elena, now=make.NOON)

    assert titles(elena) == ["Saluto"]


@pytest.mark.django_db
def test_a_colleagues_macro_cannot_be_taken_over() -> None:
    theirs = saved(make.colleague("Marco Vitali"))

    with pytest.raises(NotAllowed):
        saved(make.colleague(), macro=theirs)


@pytest.mark.django_db
def test_a_teams_macro_is_for_its_members() -> None:
    legal = make.team("Legale")
    sara = make.colleague("Sara Conti", teams=(legal,))

    saved(sara, owner=None, team=legal)

    assert titles(sara) == ["Saluto"]
    assert titles(make.colleague("Elena Sala")) == []


@pytest.mark.django_db
def test_a_retired_macro_is_offered_to_nobody() -> None:
    elena = make.colleague()
    macro = saved(elena)

    retire_macro(macro, by=elena, now=make.NOON)

    assert titles(elena) == []
    assert not visible_macros(elena).exists()


@pytest.mark.django_db
def test_the_most_used_stand_first_and_the_customers_language_before_all() -> None:
    elena = make.colleague()
    saved(elena, title="Guasto in zona")
    often = saved(elena, title="Guasto risolto")
    saved(elena, title="Guasto, in inglese", language="en")
    count_use([often.pk], by=elena)

    assert titles(elena, "guasto") == ["Guasto risolto", "Guasto in zona", "Guasto, in inglese"]
    assert titles(elena, "guasto", language="en")[0] == "Guasto, in inglese"
    assert titles(elena, "zona guasto") == ["Guasto in zona"]


@pytest.mark.django_db
def test_somebody_elses_macro_counts_for_nothing() -> None:
    theirs = saved(make.colleague("Marco Vitali"))

    assert count_use([theirs.pk], by=make.colleague()) == []
    theirs.refresh_from_db()
    assert theirs.used == 0
