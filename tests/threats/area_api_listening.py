"""Listening, alerts and sources through the API: the same answers as at the desk."""

from django.utils import timezone

from ascolto.channels.models import Channel
from ascolto.people.models import Customer
from tests import make
from tests.threats.probes import Probe, api_agents, api_leads
from tests.threats.world import World

SAID = "/api/v1/listening/mentions/{voice}"
ROUTE = "api/v1/listening/mentions/{mention}"
CLOSED = {
    answer: ("401", "404", "403", answer, answer) for answer in ("200", "201", "404", "409", "422")
}
MONITOR = {"name": "Guasti", "rule": {"any": ["guasto"]}, "team": "#{legal}"}
RULE = {"kind": "WAVE", "ways": ["SCREEN"]}


def furnish(world: World) -> None:
    """A customer whom anybody may know, and a mailbox to write to him from."""
    open_one = Customer.objects.get(pk=make.identity("lia@example.org", "Lia Berti").customer_id)
    mailbox = Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        name="scriviamo",
        title="Scriviamo",
        address="scriviamo@alba.example",
        team=make.team(),
        settings={"demo": True},
        opened_at=timezone.now(),
    )
    identity = make.identity("lia@example.org")
    world.ids |= {"lia": open_one.pk, "lia_at": identity.pk, "writes_from": mailbox.pk}


def _deed(deed: str, answer: str, /, **fields: object) -> list[Probe]:
    return [Probe(f"{SAID}/{deed}", CLOSED[answer], "POST", fields)]


OTHERS: dict[str, list[Probe]] = {
    "GET api/v1/listening/mentions": [
        Probe("/api/v1/listening/mentions", api_agents("200", helper="403")),
        Probe("/api/v1/listening/mentions?cursor=ieri_9&tab=HELP", api_agents("200", helper="403")),
        Probe("/api/v1/listening/mentions?limit=0", api_agents("422", helper="422")),
    ],
    f"GET {ROUTE}": [Probe(SAID, CLOSED["200"])],
    f"POST {ROUTE}/kind": [
        *_deed("kind", "200", kind="PROBLEM"),
        Probe(f"{SAID}/kind", api_agents("422", helper="422"), "POST", {"kind": "ALTRO"}),
    ],
    f"POST {ROUTE}/assign": _deed("assign", "200", colleague="#{member}"),
    f"POST {ROUTE}/case": _deed("case", "201", subject="Una voce"),
    f"POST {ROUTE}/answer": _deed("answer", "201", text="Ci pensiamo."),
    f"POST {ROUTE}/acknowledge": _deed("acknowledge", "409"),
    f"POST {ROUTE}/thank": _deed("thank", "422", text="x" * 3000),
    f"POST {ROUTE}/ask": _deed("ask", "422", colleague="#{stranger}", text="Guarda."),
    f"POST {ROUTE}/repost": _deed("repost", "404", channel=999_999_999),
    "POST api/v1/listening/answers/{answer}/undo": [
        # Its author alone calls it back.
        Probe(
            "/api/v1/listening/answers/{said_there}/undo",
            ("401", "404", "403", "200", "409"),
            "POST",
        ),
        Probe("/api/v1/listening/answers/999999/undo", api_agents("404", helper="403"), "POST"),
    ],
    "POST api/v1/listening/reposts/{repost}/undo": [
        Probe("/api/v1/listening/reposts/{repost}/undo", CLOSED["200"], "POST"),
    ],
    "GET api/v1/listening/waves": [
        Probe("/api/v1/listening/waves", api_agents("200", helper="403")),
    ],
    "POST api/v1/listening/waves/{wave}/dismiss": [
        Probe("/api/v1/listening/waves/{wave}/dismiss", CLOSED["200"], "POST"),
    ],
    "GET api/v1/monitors": [Probe("/api/v1/monitors", api_leads("200"))],
    "POST api/v1/monitors": [Probe("/api/v1/monitors", api_leads("201"), "POST", MONITOR)],
    "POST api/v1/monitors/try": [
        Probe("/api/v1/monitors/try", api_leads("200"), "POST", {"rule": {"any": ["alba"]}}),
        Probe("/api/v1/monitors/try", api_leads("422"), "POST", {"rule": {"any": ["!!"]}}),
    ],
    "PUT api/v1/monitors/{monitor}": [
        Probe("/api/v1/monitors/{monitor}", api_leads("200"), "PUT", MONITOR),
    ],
    "DELETE api/v1/monitors/{monitor}": [
        Probe("/api/v1/monitors/{monitor}", api_leads("200"), "DELETE"),
    ],
    **{
        f"POST api/v1/monitors/{{monitor}}/{deed}": [
            Probe(f"/api/v1/monitors/{{monitor}}/{deed}", api_leads("200"), "POST")
        ]
        for deed in ("pause", "resume")
    },
    "GET api/v1/alerts": [Probe("/api/v1/alerts?open=true", api_agents("200", helper="200"))],
    **{
        f"POST api/v1/alerts/{{alert}}/{deed}": [
            Probe(f"/api/v1/alerts/{{alert}}/{deed}", ("401", "404", "404", "200", "200"), "POST")
        ]
        for deed in ("take", "dismiss", "give_back")
    },
    "GET api/v1/alert_rules": [Probe("/api/v1/alert_rules", api_leads("200"))],
    "POST api/v1/alert_rules": [
        Probe("/api/v1/alert_rules", api_leads("201"), "POST", RULE),
        Probe("/api/v1/alert_rules", api_leads("422"), "POST", {**RULE, "ways": []}),
    ],
    "PUT api/v1/alert_rules/{rule}": [
        Probe("/api/v1/alert_rules/{alert_rule}", api_leads("200"), "PUT", RULE),
    ],
    "DELETE api/v1/alert_rules/{rule}": [
        Probe("/api/v1/alert_rules/{alert_rule}", api_leads("200"), "DELETE"),
    ],
    **{
        f"POST api/v1/alert_rules/{{rule}}/{deed}": [
            Probe(f"/api/v1/alert_rules/{{alert_rule}}/{deed}", api_leads("200"), "POST")
        ]
        for deed in ("pause", "resume")
    },
    "GET api/v1/duty/{team}": [Probe("/api/v1/duty/{legal}", api_leads("200"))],
    "PUT api/v1/duty/{team}": [
        Probe("/api/v1/duty/{legal}", api_leads("200"), "PUT", {"shifts": []}),
    ],
    "GET api/v1/sources": [Probe("/api/v1/sources", api_agents("200", helper="403"))],
    "POST api/v1/sources/{channel}/check": [
        Probe("/api/v1/sources/{feed}/check", api_leads("200"), "POST"),
        Probe("/api/v1/sources/{writes_from}/check", api_leads("404"), "POST"),
    ],
    "POST api/v1/customers/{customer}/cases": [
        Probe(
            "/api/v1/customers/{lia}/cases",
            api_agents("201", helper="403"),
            "POST",
            {
                "identity": "#{lia_at}",
                "channel": "#{writes_from}",
                "subject": "Buongiorno",
                "text": "Le scriviamo noi.",
            },
        ),
        Probe(
            "/api/v1/customers/{customer}/cases",
            ("401", "404", "403", "422", "422"),
            "POST",
            {"identity": "#{lia_at}", "channel": "#{writes_from}", "subject": "a", "text": "b"},
        ),
    ],
    "POST api/v1/cases/{case}/messages/{message}/vouch": [
        Probe(
            "/api/v1/cases/C-{case}/messages/{heard}/vouch",
            ("401", "404", "404", "200", "200"),
            "POST",
        ),
    ],
    "POST api/v1/cases/{case}/doubt": [
        Probe(
            "/api/v1/cases/C-{case}/doubt",
            ("401", "404", "404", "404", "404"),
            "POST",
            {"conversation": 999_999_999},
        ),
    ],
    "POST api/v1/cases/{case}/welcome": [
        Probe(
            "/api/v1/cases/C-{case}/welcome",
            ("401", "404", "404", "404", "404"),
            "POST",
            {"identity": "#{lia_at}"},
        ),
    ],
}
