"""Promises and clocks: the page of all of them, and the deeds on those of a case."""

from datetime import timedelta

from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.cases.services import promise
from ascolto.staff.models import Colleague
from tests.threats.probes import Probe, closed, staff
from tests.threats.world import World

CASE = "/casi/C-{case}/"
OTHER = f"{CASE}promessa/999999999/"
LATER = "2099-01-01T10:00"


def furnish(world: World) -> None:
    """A word given in the case nobody but its team may see."""
    now = timezone.now()
    world.ids["word"] = promise(
        Case.objects.get(pk=world.ids["case"]),
        words="Le scrivo domani",
        due_at=now + timedelta(days=1),
        by=Colleague.objects.get(pk=world.ids["member"]),
        now=now,
    ).pk


def _deed(address: str, answer: str = "302", /, **fields: object) -> Probe:
    return Probe(address, closed(answer), "POST", fields)


DESK: dict[str, list[Probe]] = {
    "promesse/": [
        Probe("/promesse/", staff("200")),
        Probe("/promesse/?di=mie&tipo=WORD&squadra=²", staff("200")),
        Probe("/promesse/?tipo=ALTRO&da=r~adesso~²", staff("200")),
        Probe("/promesse/?da=p~2026-01-01T00:00:00%2B00:00~99999999999999999999", staff("200")),
    ],
    "casi/C-<int:case_id>/fogli/prometti/": [Probe(f"{CASE}fogli/prometti/", closed("200"))],
    "casi/C-<int:case_id>/promessa/": [
        _deed(f"{CASE}promessa/", "422", promessa="Notizie", entro="ieri"),
        _deed(f"{CASE}promessa/", "422", promessa="Notizie", data=LATER),
    ],
    "casi/C-<int:case_id>/promessa/riconosci/": [
        _deed(f"{CASE}promessa/riconosci/", "200", text="Le scrivo entro domani"),
        _deed(f"{CASE}promessa/riconosci/", "200"),
    ],
    "casi/C-<int:case_id>/promessa/<int:promise_id>/mantenuta/": [
        _deed(f"{CASE}promessa/{{word}}/mantenuta/"),
        _deed(f"{OTHER}mantenuta/", "404"),
    ],
    "casi/C-<int:case_id>/promessa/<int:promise_id>/sciogli/": [
        _deed(f"{CASE}promessa/{{word}}/sciogli/", reason="Non serve più."),
        _deed(f"{CASE}promessa/{{word}}/sciogli/", "422", reason=" "),
        _deed(f"{OTHER}sciogli/", "404", reason="Non serve più."),
    ],
    "casi/C-<int:case_id>/orologi/<int:promise_id>/pausa/": [
        _deed(f"{CASE}orologi/{{word}}/pausa/", reason="Aspettiamo il ricambio."),
        _deed(f"{CASE}orologi/{{word}}/pausa/", "422", reason=""),
    ],
    "casi/C-<int:case_id>/orologi/<int:promise_id>/riprendi/": [
        _deed(f"{CASE}orologi/{{word}}/riprendi/"),
    ],
}
