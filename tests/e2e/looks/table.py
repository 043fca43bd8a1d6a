"""Every page there is, who looks at it, and what he does before it is judged."""

from dataclasses import dataclass, field
from typing import Any

from tests.threats.probes import Probe
from tests.threats.routes import API, routes
from tests.threats.tables import TABLE
from tests.threats.world import ACTORS

FACTORS = "accesso/fattori/"
CASE = "/casi/C-{case}/"
FILE = "a file, not a page"
PART = "a part of a page, drawn by a script into one that is looked at"
DEED = "takes only what is sent to it"
AWAY = "sends on to another page"
MACHINES = "for machines"
NOT_PAGES = {
    "": AWAY,
    "^api/(?P<rest>.*)$": MACHINES,
    "healthz": MACHINES,
    "readyz": MACHINES,
    "metrics": MACHINES,
    "sw.js": FILE,
    "favicon.ico": FILE,
    "app.webmanifest": FILE,
    "p/colore.css": FILE,
    "allegati/<int:attachment_id>/": FILE,
    "allegati/bozze/<str:token>/": FILE,
    "allegati/usciti/<int:enclosure_id>/": FILE,
    "p/<str:token>/file/<str:kind>/<int:pk>/": FILE,
    "p/miei/<int:case_id>/file/<str:kind>/<int:pk>/": FILE,
    "casi/C-<int:case_id>/pdf/": FILE,
    "messaggi/<int:message_id>/grezzo/": FILE,
    "messaggi/<int:message_id>/html/": "a stranger's page, in a frame of ours",
    "quarantena/<int:arrival_id>/grezzo/": FILE,
    "impostazioni/registro/scarica/": FILE,
    "analisi/<slug:table>.csv": FILE,
    "impostazioni/importa/<int:run_id>/rifiutate.csv": FILE,
    f"{FACTORS}riserva/scarica/": FILE,
    f"{FACTORS}": AWAY,
    f"{FACTORS}chiavi/": AWAY,
    f"{FACTORS}chiavi/entra/": MACHINES,
    "modulo/<slug:name>/ricevuto/": AWAY,
    "p/<str:token>/chiamatemi/": AWAY,
    "p/<str:token>/giudizio/": AWAY,
    "p/<str:token>/sforzo/": AWAY,
    "casi/C-<int:case_id>/colleghi/": PART,
    "casi/C-<int:case_id>/copie/": PART,
    "casi/C-<int:case_id>/macro/<int:macro_id>/": PART,
    "casi/C-<int:case_id>/articolo/<int:article_id>/": PART,
    "conoscenza/esporta/": FILE,
    "robots.txt": FILE,
    "aiuto/": AWAY,
    "macro/": PART,
    "avvio/casella/prova/": DEED,
    "avvio/casella/tieni/": DEED,
    "comandi/": PART,
    "conteggi/": PART,
    "ascolto/allarmi/adesso/": PART,
}


@dataclass(frozen=True, slots=True)
class Look:
    """`does`: "click SELECTOR", "press KEY", or "send SELECTOR" (a form, left as it is)."""

    address: str
    who: str = "lead"
    does: tuple[str, ...] = ()
    company: dict[str, Any] = field(default_factory=dict)  # what is otherwise with the company


# Whoever the table of the threats has nobody for: an owner, a customer, somebody between two steps.
ELSEWHERE: dict[str, list[Look]] = {
    **{
        f"avvio/{step}/": [Look(f"/avvio/{step}/", "owner")]
        for step in ("casella", "squadre", "orari", "fatto")
    },
    "avvio/": [Look("/avvio/", "anonymous")],
    "impostazioni/webhook/": [Look("/impostazioni/webhook/", "owner")],
    "impostazioni/webhook/<int:webhook_id>/": [Look("/impostazioni/webhook/{listener}/", "owner")],
    "impostazioni/accesso/secondo-passo/": [
        Look("/impostazioni/accesso/secondo-passo/", company={"factor_roles": ["SUPERVISOR"]})
    ],
    "recupero/<str:token>/": [Look("/recupero/{recovery}/", "anonymous")],
    "demo/": [Look("/demo/", company={"is_demo": True})],
    "demo/posta/": [Look("/demo/posta/", company={"is_demo": True})],
    "p/miei/": [Look("/p/miei/", "customer")],
    "p/miei/nuova/": [Look("/p/miei/nuova/", "customer")],
    "p/miei/non-sono-io/": [Look("/p/miei/non-sono-io/", "customer")],
    "p/miei/<int:case_id>/": [Look("/p/miei/{open_case}/", "customer")],
    "p/miei/<int:case_id>/non-sono-io/": [Look("/p/miei/{open_case}/non-sono-io/", "customer")],
    f"{FACTORS}codice/": [Look("/accesso/fattori/codice/", "halfway")],
    f"{FACTORS}codice/ancora/": [Look("/accesso/fattori/codice/ancora/", "with factors")],
    f"{FACTORS}app/": [Look("/accesso/fattori/app/", "just signed in")],
    f"{FACTORS}app/togli/": [Look("/accesso/fattori/app/togli/", "with factors")],
    f"{FACTORS}riserva/": [Look("/accesso/fattori/riserva/", "with factors")],
    f"{FACTORS}riserva/rifai/": [Look("/accesso/fattori/riserva/rifai/", "with factors")],
    f"{FACTORS}chiavi/aggiungi/": [Look("/accesso/fattori/chiavi/aggiungi/", "just signed in")],
    f"{FACTORS}chiavi/ancora/": [Look("/accesso/fattori/chiavi/ancora/", "with factors")],
    f"{FACTORS}chiavi/<int:pk>/nome/": [
        Look("/accesso/fattori/chiavi/{my_key}/nome/", "with factors")
    ],
    f"{FACTORS}chiavi/<int:pk>/togli/": [
        Look("/accesso/fattori/chiavi/{my_key}/togli/", "with factors")
    ],
}
# What opens on a page, what it says when something is wrong, and when there is nothing.
STATES = [
    *(Look(f"{CASE}?apri={sheet}") for sheet in ("passa", "aiuto", "risolvi")),
    Look(CASE, does=("click .th .menu>summary",)),
    Look(CASE, does=("click label:has(#modo-nota)",)),
    Look(CASE, does=("press Shift+?",)),
    Look(CASE, does=("press Control+k",)),
    Look(f"{CASE}#cliente"),
    Look("/casella/squadra/#sezioni"),
    Look("/casella/squadra/?filtra=1"),
    Look("/impostazioni/canali/#luoghi"),
    Look("/casella/rimandati/", "helper"),
    Look("/casella/risolti/", "helper"),
    Look("/clienti/?q=nessuno-si-chiama-così"),
    Look("/cerca/?q=parola-che-nessuno-scrive"),
    Look("/promesse/?di=mie", "helper"),
    Look("/clienti/99999999/"),
    Look("/impostazioni/persone/", "helper"),
    Look("/quarantena/", "helper"),
    *(Look(f"/ascolto/{{{name}}}/") for name in ("call_for_help", "praise", "thanked", "noise")),
    Look("/analisi/?ore=tutte&per=argomento", does=("click .k4 summary", "click .numbers>summary")),
    Look("/analisi/?periodo=proprio&dal=2020-01-01&al=2020-01-02"),
    Look("/analisi/", "stranger"),
    Look("/ascolto/?di=rumore"),
    Look("/ascolto/?di=elogi&stato=aspettano"),
    Look("/ascolto/", "stranger"),
    Look("/ascolto/monitor/nuovo/", does=("click [hx-post]",)),
    Look("/impostazioni/allarmi/nuova/", does=("send form:has([name=ways])",)),
    *(Look(f"/impostazioni/fonti/nuova/{kind}/") for kind in ("x", "mastodon", "telegram")),
    Look("/clienti/nuovo/", does=("send form[action$='/crea/']",)),
    Look("/impostazioni/persone/", does=("send form[action$='/invita/']",)),
    Look("/impostazioni/chiavi/", does=("send .spage form[action$='/chiavi/']",)),
    Look(f"{CASE}fogli/rimanda/", does=("send #rimanda form",)),
    Look("/accesso/login/", "anonymous", does=("send form:has([name=password])",)),
    Look("/p/nessuno/", "anonymous"),
    Look("/p/entra/", "anonymous", does=("send form",)),
    Look("/p/{open_link}/", "anonymous", does=("send form.pq",)),
    Look("/modulo/contatti/", "anonymous", does=("send form",)),
    Look("/invito/{invitation}/", "anonymous", does=("send form",)),
]


def pages() -> dict[str, list[Look]]:
    """Of every route that shows a page, as whom one sees it: from the table of the threats."""
    found = {route: _looked_up(TABLE.get(route, [])) for route in sorted(routes())}
    return {
        route: ELSEWHERE.get(route) or looks
        for route, looks in found.items()
        if route not in NOT_PAGES
        and not is_of_machines(route)
        and (looks or route in ELSEWHERE or is_read(route))
    }


def is_read(route: str) -> bool:
    """Whether somebody may ask for it, and not only send something there."""
    return any(probe.method == "GET" for probe in TABLE.get(route, []))


def is_of_machines(route: str) -> bool:
    return route.startswith(API) or " " in route


def _looked_up(probes: list[Probe]) -> list[Look]:
    for probe in probes:
        for actor in ("lead", "member", "anonymous"):
            if probe.method == "GET" and probe.answers[ACTORS.index(actor)] == "200":
                return [Look(probe.address, actor)]
    return []
