"""Posts of ours through the API: the same answers as at the desk."""

from tests.threats.area_api_listening import CLOSED
from tests.threats.probes import Probe, api_agents

ONE, ROUTE = "/api/v1/listening/boards/{board}", "api/v1/listening/boards/{board}"
UNDER = "/api/v1/listening/mentions/{comment}"
CAUSE, CAUSES = "/api/v1/listening/causes/{cause}", "api/v1/listening/causes/{cause}"
UNDO = "/api/v1/listening/answers_to_all"


def _deed(address: str, answer: str, /, **fields: object) -> Probe:
    return Probe(address, CLOSED[answer], "POST", fields)


OTHERS: dict[str, list[Probe]] = {
    "GET api/v1/listening/boards": [
        Probe("/api/v1/listening/boards?cursor=ieri_9", api_agents("200", helper="403")),
        Probe("/api/v1/listening/boards?closed=true", api_agents("200", helper="403")),
        Probe("/api/v1/listening/boards?limit=0", api_agents("422", helper="422")),
    ],
    f"GET {ROUTE}": [Probe(ONE, CLOSED["200"])],
    f"GET {ROUTE}/lanes/{{lane}}": [
        Probe(f"{ONE}/lanes/HELP?cause=9", CLOSED["200"]),
        Probe(f"{ONE}/lanes/ALTRO", api_agents("422", helper="422")),
    ],
    f"POST {ROUTE}/owner": [_deed(f"{ONE}/owner", "200", colleague="#{member}")],
    f"POST {ROUTE}/decide": [
        _deed(f"{ONE}/decide", "200", decision="PINNED"),
        _deed(f"{ONE}/decide", "422", decision="LEFT"),
    ],
    f"POST {ROUTE}/close": [_deed(f"{ONE}/close", "200")],
    f"POST {ROUTE}/reopen": [_deed(f"{ONE}/reopen", "200")],
    f"POST {ROUTE}/opens": [_deed(f"{ONE}/opens", "200", whom="NOBODY")],
    "POST api/v1/listening/mentions/{mention}/lane": [
        _deed(f"{UNDER}/lane", "200", lane="OFFER"),
        _deed("/api/v1/listening/mentions/{voice}/lane", "409", lane="OFFER"),
    ],
    "POST api/v1/listening/mentions/{mention}/cause": [
        _deed(f"{UNDER}/cause", "200", cause="#{other_cause}"),
        _deed(f"{UNDER}/cause", "404", cause=999_999_999),
    ],
    f"PATCH {CAUSES}": [
        Probe(CAUSE, CLOSED["200"], "PATCH", {"name": "Trasloco", "team": "#{legal}"}),
    ],
    f"POST {CAUSES}/join": [_deed(f"{CAUSE}/join", "200", into="#{other_cause}")],
    f"POST {CAUSES}/split": [
        _deed(f"{CAUSE}/split", "201", mentions=["#{comment}"]),
        _deed(f"{CAUSE}/split", "422", mentions=[]),
    ],
    f"POST {CAUSES}/answer": [
        _deed(f"{CAUSE}/answer", "422", text=" "),
        _deed(f"{CAUSE}/answer", "201", text="{{nome}}, ci siamo."),
    ],
    f"POST {CAUSES}/case": [_deed(f"{CAUSE}/case", "201")],
    "POST api/v1/listening/answers_to_all/{answer}/undo": [
        # Its author alone calls it back.
        Probe(f"{UNDO}/{{to_all}}/undo", ("401", "404", "403", "200", "409"), "POST"),
        Probe(f"{UNDO}/999999999/undo", api_agents("404", helper="403"), "POST"),
    ],
}
