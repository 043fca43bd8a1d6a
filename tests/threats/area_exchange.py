"""Imports and exports: whole files of customers, for those who lead."""

from django.utils import timezone

from ascolto.exchange.services import begin
from tests.threats.probes import Probe, leads
from tests.threats.world import World

PLACE = "impostazioni/importa/"
RUN = "/impostazioni/importa/{run}/"
FILE = b"nome,email\nGiulia,nuova.giulia@example.org\n"

DESK: dict[str, list[Probe]] = {
    PLACE: [Probe(f"/{PLACE}", leads("200"))],
    f"{PLACE}carica/": [
        Probe(f"/{PLACE}carica/", leads("302"), "POST", {"kind": "CUSTOMERS", "file": FILE}),
        Probe(f"/{PLACE}carica/", leads("422"), "POST", {"kind": "ALTRO"}),
    ],
    f"{PLACE}<int:run_id>/": [
        Probe(RUN, leads("200")),
        Probe("/impostazioni/importa/999999/", ("sign in", "403", "403", "403", "404")),
    ],
    f"{PLACE}<int:run_id>/ferma/": [Probe(f"{RUN}ferma/", leads("302"), "POST")],
    f"{PLACE}<int:run_id>/rifiutate.csv": [Probe(f"{RUN}rifiutate.csv", leads("200"))],
    "impostazioni/esporta/": [
        Probe(
            "/impostazioni/esporta/",
            leads("200"),
            "POST",
            {"kind": "CUSTOMERS", "format": "CSV"},
        ),
        Probe("/impostazioni/esporta/", leads("422"), "POST", {"kind": "ALTRO"}),
    ],
}


def furnish(world: World) -> None:
    """An import that waits for a worker."""
    run = begin(
        kind="CUSTOMERS",
        name="clienti.csv",
        by=world.people["lead"],
        arguments={},
        now=timezone.now(),
    )
    world.ids["run"] = run.pk
