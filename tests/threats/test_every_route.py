"""T14, T15: every address, asked by everybody, with the ids of what is not his."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction

from tests.threats.probes import Probe, body, heard
from tests.threats.routes import lanes, routes
from tests.threats.tables import DESK, TABLE
from tests.threats.world import ACTORS, SECRET, World, everything, touched

pytestmark = pytest.mark.django_db
# The raw lanes have no cookies to try and no ids to guess; their matrices are these tests.
LANES = {
    "/in/": "tests/api/test_intake_signatures.py",
    "/eventi/": "tests/live/test_who_hears.py",
}
OUTSIDERS = {"anonymous", "stranger", "helper"}
PROBES = [probe for probes in TABLE.values() for probe in probes]
NAMES = [f"{probe.method} {probe.address}" for probe in PROBES]
ON_THE_DESK = [probe for probes in DESK.values() for probe in probes]
DEEDS = [probe for probe in ON_THE_DESK if probe.method == "POST"]


def test_every_route_stands_in_the_table() -> None:
    assert routes() == set(TABLE)


def test_every_lane_beside_django_has_its_own_tests() -> None:
    assert lanes() == set(LANES)
    assert all(Path(__file__).parents[2].joinpath(path).is_file() for path in LANES.values())


@pytest.mark.parametrize("probe", PROBES, ids=NAMES)
def test_everybody_hears_what_the_table_says(world: World, probe: Probe) -> None:
    with unchanged(world):
        for actor in filter(probe.changes_nothing, ACTORS):
            answer = _asked(world, probe, actor)
            assert (actor, answer) == (actor, probe.answer_for(actor))

    for actor in ACTORS:
        if not probe.changes_nothing(actor):
            with undone():
                answer = _asked(world, probe, actor)
            assert (actor, answer) == (actor, probe.answer_for(actor))


@pytest.mark.parametrize(
    "probe", ON_THE_DESK, ids=[f"{probe.method} {probe.address}" for probe in ON_THE_DESK]
)
def test_a_part_of_a_page_is_guarded_like_the_page(world: World, probe: Probe) -> None:
    """htmx asks for parts, and gets 200 where a browser without script is sent on."""
    with unchanged(world):
        for actor in filter(probe.changes_nothing, ACTORS):
            answer = _asked(world, probe, actor, **{"HX-Request": "true"})
            assert (actor, answer) == (actor, probe.answer_for(actor))


@pytest.mark.parametrize("address", [probe.address for probe in DEEDS])
def test_a_form_of_another_site_does_nothing(world: World, address: str) -> None:
    browser = world.browser("lead", enforce_csrf_checks=True)

    with unchanged(world):
        answer = browser.post(address.format(**world.ids), {"text": "x", "reason": "x"})

        assert answer.status_code == 403


@pytest.mark.parametrize("address", [probe.address for probe in DEEDS])
def test_opening_the_address_of_a_deed_does_nothing(world: World, address: str) -> None:
    with unchanged(world):
        answer = world.browser("lead").get(address.format(**world.ids))

        assert answer.status_code == 405


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def unchanged(world: World) -> Iterator[None]:
    """Nothing in any table is other than before. Compared only where something was written."""
    with undone():
        before = touched()
        yield
        after = everything() if touched() != before else world.before
        assert [name for name in after if after[name] != world.before[name]] == []


def _asked(world: World, probe: Probe, actor: str, **headers: str) -> str:
    response = probe.ask(world, actor, headers)
    if actor in OUTSIDERS:
        assert SECRET.encode() not in body(response).lower(), f"{actor} reads what is in the case"
    return heard(response)
