"""The settings of the company: for those who lead, and nobody else."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ascolto.cases.models import Field, Tag
from ascolto.channels.models import Channel
from ascolto.knowledge.models import Macro
from ascolto.staff.models import Calendar, Closure, Colleague, Competence, Invitation
from tests.threats.probes import SIGN_IN, Answers, Probe, leads, staff
from tests.threats.world import World

PLACE = "/impostazioni/"
TEAM = {
    "name": "Reti",
    "calendar": "{calendar}",
    "first_answer": "4 ore",
    "next_answer": "1 h 30",
    "warn_percent": "75",
}


def furnish(world: World) -> None:
    """One of each thing that a page of settings is about."""
    now = timezone.now()
    seat = Invitation.objects.create(
        email="nuova@alba.example",
        token_hash=b"di nessuno",
        made_by=world.people["lead"],
        made_at=now,
        ends_at=now + timedelta(hours=1),
    )
    owner = Colleague.objects.create(
        email="paola@alba.example", name="Paola Ferri", role="OWNER", joined_at=now
    )
    calendar = Calendar.objects.order_by("pk").first()
    assert calendar is not None
    closure = Closure.objects.create(calendar=calendar, closed_on="2026-12-31")
    ours = Macro.objects.create(title="Orari", text="Dalle 9 alle 18.", changed_at=now)
    his = Macro.objects.create(
        title="Mia", text="A presto.", owner=world.people["member"], changed_at=now
    )
    world.ids |= {
        "macro": ours.pk,
        "his_macro": his.pk,
        "closure": closure.pk,
        "competence": Competence.objects.create(name="Reti").pk,
        "tag": Tag.objects.create(name="fibra", made_at=now).pk,
        "other_tag": Tag.objects.create(name="rete", made_at=now).pk,
        "field": Field.objects.create(key="modello", title="Modello").pk,
        "dark": "#0e5a62",
        "light": "#ffee00",
        "webhook": Channel.objects.get(name="negozio").pk,
        "mailbox": Channel.objects.get(name="legale").pk,
        "seat": seat.pk,
        "owner": owner.pk,
        "calendar": calendar.pk,
    }


def _looks(*addresses: str) -> list[Probe]:
    return [Probe(f"{PLACE}{address}", leads("200")) for address in addresses]


def _deed(address: str, answer: str = "302", /, **fields: Any) -> Probe:
    return Probe(f"{PLACE}{address}", leads(answer), "POST", fields)


def leads_or(refused: str, answer: str = "302") -> Answers:
    return (SIGN_IN, refused, refused, refused, answer)


def _own(address: str, answers: Answers, **fields: str) -> Probe:
    said = {"title": "Saluto", "text": "Buongiorno {{nome}}", "language": "it", **fields}
    return Probe(f"{PLACE}{address}", answers, "POST", said)


PEOPLE: dict[str, list[Probe]] = {
    "persone/": _looks("persone/"),
    "persone/invita/": [
        _deed("persone/invita/", "200", email="x@alba.example", role="AGENT"),
        _deed("persone/invita/", "422", email="x@alba.example", role="OWNER"),
    ],
    "persone/inviti/<int:invitation_id>/ritira/": [_deed("persone/inviti/{seat}/ritira/")],
    "persone/<int:colleague_id>/": [
        *_looks("persone/{stranger}/", "persone/{owner}/"),
        Probe(f"{PLACE}persone/999999/", leads("404")),
    ],
    "persone/<int:colleague_id>/salva/": [
        _deed("persone/{stranger}/salva/", role="SUPERVISOR"),
        _deed("persone/{stranger}/salva/", "422", role="OWNER"),
        _deed("persone/{lead}/salva/", "422", role="OWNER"),
        _deed("persone/{owner}/salva/", "422", role="AGENT"),
    ],
    "persone/<int:colleague_id>/lascia/": [_deed("persone/{stranger}/lascia/")],
}
READING: dict[str, list[Probe]] = {
    "lettura/": _looks("lettura/"),
    "lettura/torna/": [_deed("lettura/torna/")],
}
TEAMS: dict[str, list[Probe]] = {
    "squadre/": _looks("squadre/"),
    "squadre/nuova/": _looks("squadre/nuova/"),
    "squadre/crea/": [_deed("squadre/crea/", **TEAM), _deed("squadre/crea/", "422", name="Reti")],
    "squadre/<int:team_id>/": _looks("squadre/{legal}/"),
    "squadre/<int:team_id>/salva/": [
        _deed("squadre/{legal}/salva/", **TEAM),
        _deed("squadre/{legal}/salva/", "422", **{**TEAM, "calendar": "²"}),
        _deed("squadre/999999/salva/", "404", **TEAM),
    ],
}
HOURS: dict[str, list[Probe]] = {
    "azienda/": _looks("azienda/"),
    "azienda/salva/": [
        _deed("azienda/salva/", name="Alba", language="it", colour="{dark}"),
        _deed("azienda/salva/", "422", name="Alba", language="it", colour="{light}"),
        _deed("azienda/salva/", "422", name="Alba", language="it", colour="red;"),
    ],
    "orari/": _looks("orari/"),
    "orari/crea/": [_deed("orari/crea/", name="Notte"), _deed("orari/crea/")],
    "orari/<int:calendar_id>/": _looks(
        "orari/{calendar}/", "orari/{calendar}/?mese=2026-12", "orari/{calendar}/?mese=9999-99"
    ),
    "orari/<int:calendar_id>/salva/": [
        _deed("orari/{calendar}/salva/", day0="9-18"),
        _deed("orari/{calendar}/salva/", "422", day0="18-9"),
        _deed("orari/{calendar}/salva/", "422", day0="9-18", province="ZZ"),
        _deed("orari/{calendar}/salva/", round_the_clock="on"),
    ],
    "orari/<int:calendar_id>/chiudi/": [
        _deed("orari/{calendar}/chiudi/", day="2026-12-24"),
        _deed("orari/{calendar}/chiudi/", "422", day="ieri"),
    ],
    "orari/chiusure/<int:closure_id>/togli/": [_deed("orari/chiusure/{closure}/togli/")],
}
CHANNELS: dict[str, list[Probe]] = {
    "canali/": _looks("canali/"),
    "canali/apri/": [
        _deed("canali/apri/", kind="FORM", title="Resi", team="{legal}"),
        _deed("canali/apri/", "200", kind="WEBHOOK", title="Cassa", team="{legal}"),
        _deed("canali/apri/", "422", kind="EMAIL", title="Cassa", team="{legal}"),
    ],
    "canali/<int:channel_id>/": _looks("canali/{mailbox}/", "canali/{webhook}/"),
    "canali/<int:channel_id>/salva/": [
        _deed("canali/{webhook}/salva/", title="Negozio", team="{legal}"),
        _deed("canali/{webhook}/salva/", "422", title="Negozio", team="²"),
    ],
    "canali/<int:channel_id>/chiave/": [
        _deed("canali/{webhook}/chiave/", "200"),
        _deed("canali/{mailbox}/chiave/", "404"),
    ],
    "canali/<int:channel_id>/chiudi/": [_deed("canali/{webhook}/chiudi/")],
    "canali/<int:channel_id>/riapri/": [_deed("canali/{webhook}/riapri/")],
    "caselle/nuova/": _looks("caselle/nuova/"),
    "caselle/prova/": [_deed("caselle/prova/", "422", address="x")],
    "caselle/tieni/": [_deed("caselle/tieni/", prova="mia")],
    "caselle/<int:channel_id>/": [
        *_looks("caselle/{mailbox}/"),
        Probe(f"{PLACE}caselle/{{webhook}}/", leads("404")),
    ],
    "caselle/<int:channel_id>/prova/": [
        _deed("caselle/{mailbox}/prova/"),
        _deed("caselle/{webhook}/prova/", "404"),
    ],
}
SKILLS: dict[str, list[Probe]] = {
    "competenze/": _looks("competenze/"),
    "competenze/aggiungi/": [
        _deed("competenze/aggiungi/", name="Fibra"),
        _deed("competenze/aggiungi/", "422", name=""),
    ],
    "competenze/<int:competence_id>/temi/": [
        _deed("competenze/{competence}/temi/", topics="billing"),
        _deed("competenze/{competence}/temi/", "422", topics="weather"),
    ],
    "competenze/<int:competence_id>/togli/": [_deed("competenze/{competence}/togli/")],
    "competenze/di/<int:colleague_id>/": _looks("competenze/di/{stranger}/"),
    "competenze/di/<int:colleague_id>/salva/": [
        _deed("competenze/di/{stranger}/salva/", languages="it, en", most_cases="8"),
        _deed("competenze/di/{stranger}/salva/", "422", languages="italiano"),
    ],
}
WORDS: dict[str, list[Probe]] = {
    "etichette/": _looks("etichette/"),
    "etichette/<int:tag_id>/rinomina/": [_deed("etichette/{tag}/rinomina/", name="fibra ottica")],
    "etichette/<int:tag_id>/unisci/": [_deed("etichette/{tag}/unisci/", verso="rete")],
    "etichette/<int:tag_id>/togli/": [_deed("etichette/{tag}/togli/")],
    "etichette/<int:tag_id>/rimetti/": [_deed("etichette/{tag}/rimetti/", "404")],
    "campi/": _looks("campi/"),
    "campi/aggiungi/": [
        _deed("campi/aggiungi/", title="Impianto", kind="TEXT", position="0"),
        _deed("campi/aggiungi/", "422", title="Modello", kind="CHOICE", position="0"),
    ],
    "campi/<int:field_id>/": _looks("campi/{field}/"),
    "campi/<int:field_id>/salva/": [
        _deed("campi/{field}/salva/", title="Modello", kind="TEXT", position="1"),
    ],
    "campi/<int:field_id>/togli/": [_deed("campi/{field}/togli/")],
    "testi/": _looks("testi/"),
    "testi/<str:key>/<str:language>/": [
        *_looks("testi/RECEIPT/it/", "testi/LINK_LINE/en/"),
        Probe(f"{PLACE}testi/ALTRO/it/", leads("404")),
        Probe(f"{PLACE}testi/RECEIPT/../", leads("404")),
    ],
    "testi/<str:key>/<str:language>/salva/": [
        _deed("testi/RECEIPT/it/salva/", text="Ci siamo."),
        _deed("testi/RECEIPT/it/salva/", "422", text=" "),
    ],
    "testi/<str:key>/<str:language>/nostro/": [_deed("testi/RECEIPT/it/nostro/")],
    "registro/": _looks(
        "registro/", "registro/?chi={lead}&cosa=persone&dal=2026-01-01", "registro/?prima=²"
    ),
    "registro/scarica/": _looks("registro/scarica/"),
}
MACROS: dict[str, list[Probe]] = {
    "risposte/": [Probe(f"{PLACE}risposte/", staff("200"))],
    "risposte/aggiungi/": [
        _own("risposte/aggiungi/", staff("302"), whose="mia"),
        _own("risposte/aggiungi/", leads_or("422"), whose="tutti"),
    ],
    # Everybody's is changed by those who lead; somebody's own by nobody else.
    "risposte/<int:macro_id>/": [
        Probe(f"{PLACE}risposte/{{macro}}/", leads_or("404", "200")),
        Probe(f"{PLACE}risposte/{{his_macro}}/", (SIGN_IN, "404", "404", "200", "404")),
    ],
    "risposte/<int:macro_id>/salva/": [
        _own("risposte/{macro}/salva/", leads_or("404"), whose="mia"),
        _own("risposte/{his_macro}/salva/", (SIGN_IN, "404", "404", "302", "404"), whose="mia"),
    ],
    "risposte/<int:macro_id>/togli/": [_own("risposte/{macro}/togli/", leads_or("404"))],
    "risposte/<int:macro_id>/rimetti/": [_own("risposte/{macro}/rimetti/", staff("404"))],
    "trova/": [Probe("/impostazioni/trova/?q=orari", staff("200"))],
}

DESK: dict[str, list[Probe]] = {
    f"impostazioni/{path}": probes
    for path, probes in {
        **PEOPLE,
        **READING,
        **TEAMS,
        **HOURS,
        **CHANNELS,
        **SKILLS,
        **WORDS,
        **MACROS,
    }.items()
}
