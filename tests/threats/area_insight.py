"""The figures: of everybody's work and of reserved teams, so for those who lead alone."""

from django.utils import timezone

from ascolto.insight.services import keep_up
from tests.threats.probes import Probe, api_leads, leads
from tests.threats.world import World


def furnish(world: World) -> None:  # it is about all of it
    """Everything that happened is read."""
    while keep_up(now=timezone.now()):
        pass


DESK: dict[str, list[Probe]] = {
    "analisi/": [
        Probe("/analisi/", leads("200")),
        Probe("/analisi/?periodo=proprio&dal=0001-01-01&al=9999-12-31&squadra=²", leads("200")),
        Probe("/analisi/?canale=%00&argomento=<b>&priorita=9&ore=tutte&per=x", leads("200")),
    ],
    "analisi/casi/<str:figure>/": [
        Probe("/analisi/casi/all/", leads("200")),
        Probe("/analisi/casi/clock.FIRST_ANSWER/?da=99999999", leads("200")),
        Probe("/analisi/casi/first_contact/?periodo=90&squadra=1", leads("200")),
        Probe("/analisi/casi/altro/", leads("404")),
    ],
    "analisi/in-pubblico/": [
        Probe("/analisi/in-pubblico/", leads("200")),
        Probe("/analisi/in-pubblico/?perche=' or 1=1", leads("200")),
    ],
    "analisi/definizioni/": [Probe("/analisi/definizioni/", leads("200"))],
    "analisi/<slug:table>.csv": [
        Probe("/analisi/cifre.csv", leads("200")),
        Probe("/analisi/confronto.csv?per=argomento", leads("200")),
        Probe("/analisi/altro.csv", leads("404")),
    ],
}
OTHERS: dict[str, list[Probe]] = {
    "GET api/v1/insight": [
        Probe("/api/v1/insight", api_leads("200")),
        Probe("/api/v1/insight?period=month&hours=calendar&topic=none", api_leads("200")),
        Probe("/api/v1/insight?first=2026-01-01&last=2025-01-01", api_leads("200")),
        Probe("/api/v1/insight?channel=ALTRO", api_leads("422")),
    ],
    "GET api/v1/insight/definitions": [Probe("/api/v1/insight/definitions", api_leads("200"))],
    "GET api/v1/insight/cases": [
        Probe("/api/v1/insight/cases?figure=all", api_leads("200")),
        Probe("/api/v1/insight/cases?figure=altro", api_leads("422")),
        Probe("/api/v1/insight/cases?figure=all&start=-1", api_leads("422")),
    ],
}
