"""What puts the queue in order: who may, on which case."""

from datetime import UTC, datetime, timedelta

from ascolto.cases.services.bulk import start_bulk
from ascolto.cases.services.viewing import save_view
from tests.threats.probes import SIGN_IN, Probe, closed, staff
from tests.threats.world import World

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
CASE = "/casi/C-{case}/"
OPEN = "/casi/C-{open_case}/"
HIDDEN = {"numero": "C-{case}"}  # a number that not everybody may know of


def _deed(address: str, answer: str = "302", /, **fields: object) -> Probe:
    return Probe(address, closed(answer), "POST", fields)


DESK: dict[str, list[Probe]] = {
    "casi/C-<int:case_id>/fogli/rimanda/": [Probe(f"{CASE}fogli/rimanda/", closed("200"))],
    "casi/C-<int:case_id>/rimanda/": [
        _deed(f"{CASE}rimanda/", quando=TOMORROW),
        _deed(f"{CASE}rimanda/", "422", data="²"),
    ],
    "casi/C-<int:case_id>/riprendi/": [_deed(f"{CASE}riprendi/")],
    "casi/C-<int:case_id>/fogli/etichette/": [Probe(f"{CASE}fogli/etichette/", closed("200"))],
    "casi/C-<int:case_id>/etichette/": [
        _deed(f"{CASE}etichette/", nuove="fibra, guasto", priorita="2"),
        _deed(f"{CASE}etichette/", "422", nuove="f" * 61),
    ],
    "casi/C-<int:case_id>/etichette/togli/": [_deed(f"{CASE}etichette/togli/", etichetta="x")],
    "casi/C-<int:case_id>/fogli/dati/": [Probe(f"{CASE}fogli/dati/", closed("200"))],
    "casi/C-<int:case_id>/dati/": [_deed(f"{CASE}dati/", **{"campo-altro": "x"})],
    "casi/C-<int:case_id>/fogli/collega/": [Probe(f"{CASE}fogli/collega/", closed("200"))],
    "casi/C-<int:case_id>/collega/": [
        _deed(f"{CASE}collega/", "422", altro="²"),
        _deed(f"{CASE}collega/", "422", altro="{case}"),
        Probe(f"{OPEN}collega/", (SIGN_IN, "422", "404", "302", "302"), "POST", HIDDEN),
    ],
    "casi/C-<int:case_id>/scollega/": [_deed(f"{CASE}scollega/", "404", altro="²")],
    "casi/C-<int:case_id>/segui/": [_deed(f"{CASE}segui/")],
    "casi/C-<int:case_id>/fogli/unisci/": [Probe(f"{CASE}fogli/unisci/", closed("200"))],
    "casi/C-<int:case_id>/unisci/": [
        _deed(f"{CASE}unisci/", "422", altro="²"),
        # Another customer's, and for who may not see it: no such case.
        Probe(f"{OPEN}unisci/", (SIGN_IN, "422", "404", "422", "422"), "POST", HIDDEN),
    ],
    "casi/C-<int:case_id>/fogli/dividi/": [Probe(f"{CASE}fogli/dividi/", closed("200"))],
    "casi/C-<int:case_id>/dividi/": [
        _deed(f"{CASE}dividi/", messaggi="{heard}"),
        _deed(f"{CASE}dividi/", "422", messaggi="²"),
    ],
    "spostamenti/<int:moving_id>/annulla/": [
        Probe("/spostamenti/999999/annulla/", staff("404"), "POST"),
    ],
    "insieme/": [
        Probe("/insieme/", staff("200")),
        Probe("/insieme/?scelti={case}&scelti=²", staff("200")),
    ],
    "insieme/fai/": [
        Probe("/insieme/fai/", staff("302"), "POST", {"scelti": "{case}", "che": "RESOLVE"}),
        Probe("/insieme/fai/", staff("302"), "POST", {"scelti": "²", "che": "ALTRO"}),
    ],
    "insieme/<int:bulk_id>/": [
        Probe("/insieme/{bulk}/", (SIGN_IN, "404", "404", "200", "404")),
    ],
    "insieme/<int:bulk_id>/annulla/": [
        Probe("/insieme/{bulk}/annulla/", (SIGN_IN, "404", "404", "302", "404"), "POST"),
    ],
    "viste/": [Probe("/viste/", staff("302"), "POST", {"nome": "Guasti", "etichetta": "fibra"})],
    "viste/<int:view_id>/": [
        Probe("/viste/{view}/", (SIGN_IN, "404", "404", "302", "404"), "POST", {"nome": "Altro"}),
    ],
}


def furnish(world: World) -> None:
    sara, now = world.people["member"], datetime.now(UTC)
    world.ids["view"] = save_view("Mia", filters={}, by=sara, now=now).pk
    chosen, said = [world.ids["case"]], {"priority": 0}
    bulk = start_bulk("PRIORITISE", chosen, arguments=said, by=sara, now=now)
    world.ids["bulk"] = bulk.pk
