"""What each operation of the API answers to a token of each kind of person."""

from tests.threats.probes import Probe, anybody, api_agents, api_closed, api_leads, api_staff

CASE = "/api/v1/cases/C-{case}"
OPEN = "/api/v1/cases/C-{open_case}"
HEARD = {"from": {"value": "giulia@example.org"}, "id": "1", "text": "Ciao"}


def _deed(deed: str, answer: str, /, **fields: object) -> Probe:
    return Probe(f"{CASE}/{deed}", api_closed(answer), "POST", fields)


API: dict[str, list[Probe]] = {
    "api/v1/": [Probe("/api/v1/", anybody("404"))],
    "api/v1/openapi.json": [Probe("/api/v1/openapi.json", anybody("200"))],
    "^api/(?P<rest>.*)$": [Probe("/api/v2/cases", anybody("404"))],
    "GET api/v1/cases": [
        Probe("/api/v1/cases", api_staff("200")),
        Probe("/api/v1/cases?status=all&limit=200", api_staff("200")),
        Probe("/api/v1/cases?team={legal}&status=all", api_staff("200")),
        Probe("/api/v1/cases?customer={customer}&status=all", api_staff("200")),
        Probe("/api/v1/cases?assignee={member}&status=all", api_staff("200")),
    ],
    "GET api/v1/cases/{case}": [
        Probe(CASE, api_closed("200")),
        Probe("/api/v1/cases/{case}", api_closed("200")),
    ],
    "GET api/v1/cases/{case}/messages": [Probe(f"{CASE}/messages", api_closed("200"))],
    "GET api/v1/cases/{case}/notes": [Probe(f"{CASE}/notes", api_closed("200"))],
    "POST api/v1/cases/{case}/answer": [
        _deed("answer", "201", text="Ci siamo."),
        # Another case's conversation: his words must not end up there.
        Probe(
            f"{OPEN}/answer",
            api_agents("422", helper="404"),
            "POST",
            {"text": "Ciao", "conversation": "#{conversation}"},
        ),
        _deed("answer", "422", text="Ciao", conversation="#{open_conversation}"),
    ],
    "POST api/v1/cases/{case}/note": [_deed("note", "201", text="Da richiamare.")],
    "POST api/v1/cases/free/next": [
        Probe("/api/v1/cases/free/next", api_staff("409"), "POST"),  # nobody here may have more
    ],
    "POST api/v1/cases/{case}/assign": [
        _deed("assign", "200", colleague="#{member}"),
        Probe(f"{OPEN}/assign", api_agents("422", helper="404"), "POST", {"colleague": 99999}),
    ],
    "POST api/v1/cases/{case}/transfer": [
        _deed("transfer", "200", team="#{support}", reason="Tocca a loro."),
        _deed("transfer", "422", team="#{support}", colleague="#{member}", reason="No."),
        _deed("transfer", "422", team=99999, reason="No."),
    ],
    "POST api/v1/cases/{case}/resolve": [_deed("resolve", "200", reason="Fatto.")],
    "POST api/v1/cases/{case}/reopen": [_deed("reopen", "200")],
    "GET api/v1/messages": [
        Probe("/api/v1/messages", api_staff("200")),
        Probe("/api/v1/messages?q=diffida", api_staff("200")),
        Probe("/api/v1/messages?case={case}", api_staff("200")),
    ],
    "POST api/v1/messages": [
        Probe(
            "/api/v1/messages",
            ("401", "422", "422", "202", "202"),
            "POST",
            {**HEARD, "channel": "riservato"},
        ),
    ],
    "GET api/v1/customers": [
        Probe("/api/v1/customers", api_staff("200")),
        Probe("/api/v1/customers?q=neri", api_staff("200")),
    ],
    "GET api/v1/customers/{customer}": [
        Probe("/api/v1/customers/{customer}", api_closed("200")),
    ],
    "POST api/v1/customers": [
        Probe(
            "/api/v1/customers",
            api_agents("201", helper="403"),
            "POST",
            {"name": "Paolo Rinaldi", "identity": {"value": "paolo@example.org"}},
        ),
    ],
    "PATCH api/v1/customers/{customer}": [
        Probe(
            "/api/v1/customers/{customer}",
            ("401", "404", "403", "200", "200"),
            "PATCH",
            {"name": "Nina"},
        ),
    ],
    "GET api/v1/channels": [Probe("/api/v1/channels", api_staff("200"))],
    "GET api/v1/quarantine": [Probe("/api/v1/quarantine", api_leads("200"))],
    "GET api/v1/quarantine/{arrival}/raw": [
        Probe("/api/v1/quarantine/{arrival}/raw", api_leads("200")),
    ],
    "POST api/v1/quarantine/{arrival}/try_again": [
        Probe("/api/v1/quarantine/{arrival}/try_again", api_leads("202"), "POST"),
    ],
    "POST api/v1/quarantine/{arrival}/set_aside": [
        Probe("/api/v1/quarantine/{arrival}/set_aside", api_leads("200"), "POST"),
    ],
    "GET api/v1/teams": [Probe("/api/v1/teams", api_staff("200"))],
    "GET api/v1/colleagues": [Probe("/api/v1/colleagues", api_staff("200"))],
}
