"""What a message asks for besides, and how it is read: who may say so, of which case."""

from ascolto.cases.models import Message, OtherMatter
from tests.threats.probes import Probe, api_closed, api_leads, closed, leads
from tests.threats.world import World

SHEET = "/messaggi/{heard}/lettura/"
READING = {"genere": "request", "argomento": "billing"}
API = "/api/v1/cases/C-{case}"
ROUTE = "api/v1/cases/{case}"
SAID = {"kind": "request", "topic": "billing", "needs_care": True}


def furnish(world: World) -> None:
    message = Message.objects.get(pk=world.ids["heard"])
    matter = OtherMatter.objects.create(
        message=message, starts=0, ends=5, topic="billing", beside="contract", share=0.8
    )
    world.ids["matter"] = matter.pk


def _deed(address: str, answer: str = "302", /, **fields: object) -> list[Probe]:
    return [Probe(address, closed(answer), "POST", fields)]


def _api(path: str, answer: str, method: str, /, **fields: object) -> list[Probe]:
    return [Probe(f"{API}/{path}", api_closed(answer), method, fields)]


DESK: dict[str, list[Probe]] = {
    "cose/<int:matter_id>/apri/": _deed("/cose/{matter}/apri/"),
    # It has no case of its own yet: nothing to reunite.
    "cose/<int:matter_id>/riunisci/": _deed("/cose/{matter}/riunisci/", "409"),
    "cose/<int:matter_id>/una-sola/": _deed("/cose/{matter}/una-sola/"),
    "cose/<int:matter_id>/chiedi/": _deed("/cose/{matter}/chiedi/"),
    "messaggi/<int:message_id>/lettura/": [Probe(SHEET, closed("200"))],
    "messaggi/<int:message_id>/lettura/correggi/": [
        Probe(f"{SHEET}correggi/", closed("302"), "POST", READING),
        Probe(f"{SHEET}correggi/", closed("422"), "POST", {"genere": "<b>", "argomento": "²"}),
    ],
    "squadra/": [Probe("/squadra/", leads("200"))],
    "squadra/pareggia/": [Probe("/squadra/pareggia/", leads("200"))],
    "squadra/pareggia/fai/": [
        Probe("/squadra/pareggia/fai/", leads("302"), "POST", {"mosse": "{case}:²:1"}),
        Probe("/squadra/pareggia/fai/", leads("302"), "POST", {"mosse": "{case}:999999:999998"}),
    ],
    "messaggi/<int:message_id>/mostra/": _deed("/messaggi/{heard}/mostra/"),
    "messaggi/<int:message_id>/lettura/annulla/": _deed(f"{SHEET}annulla/"),
}
MOVE = {"case": "C-{case}", "holder": "#{member}", "to": "#{member}"}
OTHERS: dict[str, list[Probe]] = {
    "GET api/v1/team/load": [Probe("/api/v1/team/load", api_leads("200"))],
    "GET api/v1/team/level": [Probe("/api/v1/team/level", api_leads("200"))],
    "POST api/v1/team/level": [
        Probe("/api/v1/team/level", api_leads("202"), "POST", {"moves": [MOVE]}),
        Probe("/api/v1/team/level", api_leads("422"), "POST", {"moves": [MOVE | {"case": "x"}]}),
    ],
    f"GET {ROUTE}/matters": _api("matters", "200", "GET"),
    f"POST {ROUTE}/matters/{{matter}}/open": _api("matters/{matter}/open", "201", "POST"),
    f"POST {ROUTE}/matters/{{matter}}/reunite": _api("matters/{matter}/reunite", "409", "POST"),
    f"POST {ROUTE}/matters/{{matter}}/keep": _api("matters/{matter}/keep", "200", "POST"),
    f"DELETE {ROUTE}/matters/{{matter}}/keep": _api("matters/{matter}/keep", "200", "DELETE"),
    f"PUT {ROUTE}/messages/{{message}}/reading": [
        Probe(f"{API}/messages/{{heard}}/reading", api_closed("200"), "PUT", SAID),
        Probe(f"{API}/messages/{{heard}}/reading", api_closed("422"), "PUT", SAID | {"kind": "x"}),
    ],
    f"DELETE {ROUTE}/messages/{{message}}/reading": _api(
        "messages/{heard}/reading", "200", "DELETE"
    ),
}
