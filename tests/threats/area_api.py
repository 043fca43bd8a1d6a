"""Operations of the API that came later: the same people, the same answers as at the desk."""

from django.utils import timezone

from ascolto.administration.services.remembering import add_statement
from ascolto.people.models import Customer, Identity
from ascolto.promises.models import Promise
from tests import make
from tests.threats.probes import Probe, api_agents, api_closed, api_leads, api_staff
from tests.threats.world import World

CASE = "/api/v1/cases/C-{case}"
ROUTE = "api/v1/cases/{case}"
HIM = "/api/v1/customers/{customer}"
HIS = "api/v1/customers/{customer}"
CLOSED_TO_HELPERS = {
    "200": ("401", "404", "403", "200", "200"),
    "201": ("401", "404", "403", "201", "201"),
    "404": ("401", "404", "403", "404", "404"),
    "409": ("401", "404", "403", "409", "409"),
}
LATER = "2099-01-01T09:00:00Z"
OWNER_ALONE = ("401", "403", "403", "403", "403")


def furnish(world: World) -> None:
    """A promise of the secret case, something its customer said, and a file going in."""
    now = timezone.now()
    secret = Customer.objects.get(pk=world.ids["customer"])
    said = add_statement(
        secret, "Ho detto zibibbo.", where="telefono", by=world.people["member"], now=now
    )
    clock = Promise.objects.filter(customer=secret).order_by("pk").first()
    assert clock is not None
    world.ids |= {
        "api_statement": said.pk,
        "api_clock": clock.pk,
        "api_identity": Identity.objects.get(customer=secret).pk,
        "api_other": make.customer("Marta Verdi").pk,
    }


def _deed(deed: str, answer: str, method: str = "POST", /, **fields: object) -> list[Probe]:
    return [Probe(f"{CASE}/{deed}", api_closed(answer), method, fields)]


def _his(deed: str, answer: str, method: str = "POST", /, **fields: object) -> list[Probe]:
    return [Probe(f"{HIM}/{deed}", CLOSED_TO_HELPERS[answer], method, fields)]


CASES: dict[str, list[Probe]] = {
    f"POST {ROUTE}/snooze": _deed("snooze", "200", until=LATER),
    f"POST {ROUTE}/wake": _deed("wake", "200"),
    f"POST {ROUTE}/labels": _deed("labels", "200", add_tags=["fibra"]),
    f"POST {ROUTE}/fields": _deed("fields", "200", fields={}),
    f"POST {ROUTE}/follow": _deed("follow", "200"),
    f"POST {ROUTE}/unfollow": _deed("unfollow", "200"),
    f"GET {ROUTE}/followers": [Probe(f"{CASE}/followers", api_closed("200"))],
    f"GET {ROUTE}/links": [Probe(f"{CASE}/links", api_closed("200"))],
    f"POST {ROUTE}/links": [
        *_deed("links", "200", case="C-{open_case}"),
        # From a case one may see to one that one may not.
        Probe(
            "/api/v1/cases/C-{open_case}/links",
            ("401", "404", "404", "200", "200"),
            "POST",
            {"case": "C-{case}"},
        ),
    ],
    f"DELETE {ROUTE}/links/{{other}}": _deed("links/C-{open_case}", "200", "DELETE"),
    f"POST {ROUTE}/call": _deed("call", "201", text="Richiama domani."),
    f"POST {ROUTE}/forward": [
        *_deed("forward", "201", message="#{heard}", to="tecnico@example.org"),
        Probe(
            "/api/v1/cases/C-{open_case}/forward",
            api_agents("422", helper="404"),
            "POST",
            {"message": "#{heard}", "to": "tecnico@example.org"},
        ),
    ],
    f"POST {ROUTE}/messages/{{message}}/undo": [
        Probe(f"{CASE}/messages/{{said}}/undo", (*api_closed("200")[:4], "404"), "POST"),
    ],
    f"GET {ROUTE}/drafts": [Probe(f"{CASE}/drafts", api_closed("200"))],
    f"PUT {ROUTE}/drafts": _deed("drafts", "200", "PUT", text="Buongiorno"),
    f"GET {ROUTE}/promises": [Probe(f"{CASE}/promises", api_closed("200"))],
    f"POST {ROUTE}/promises": _deed("promises", "201", words="La richiamo", due_at=LATER),
    f"POST {ROUTE}/promises/{{promise}}/keep": _deed("promises/999999/keep", "404"),
    f"POST {ROUTE}/promises/{{promise}}/waive": _deed("promises/999999/waive", "404", reason="No"),
    f"POST {ROUTE}/promises/{{promise}}/pause": _deed("promises/999999/pause", "404", reason="No"),
    f"POST {ROUTE}/promises/{{promise}}/resume": _deed("promises/999999/resume", "404"),
}
CUSTOMERS: dict[str, list[Probe]] = {
    f"GET {HIS}/statements": [Probe(f"{HIM}/statements", api_closed("200"))],
    f"POST {HIS}/statements": _his("statements", "201", text="Ho due linee."),
    f"DELETE {HIS}/statements/{{statement}}": [
        *_his("statements/{api_statement}", "200", "DELETE"),
        Probe(
            "/api/v1/customers/{api_other}/statements/{api_statement}",
            api_agents("404", helper="403"),
            "DELETE",
        ),
    ],
    f"GET {HIS}/notes": [Probe(f"{HIM}/notes", api_closed("200"))],
    f"POST {HIS}/notes": _his("notes", "201", text="Preferisce la mattina."),
    f"POST {HIS}/identities": _his("identities", "201", value="neri2@example.org"),
    f"POST {HIS}/identities/{{identity}}/verify": [
        *_his("identities/{api_identity}/verify", "200", reason="Documento."),
        Probe(
            "/api/v1/customers/{api_other}/identities/{api_identity}/verify",
            api_agents("404", helper="403"),
            "POST",
            {"reason": "Documento."},
        ),
    ],
    f"DELETE {HIS}/identities/{{identity}}": _his("identities/{api_identity}", "409", "DELETE"),
    f"POST {HIS}/merge": [
        Probe(
            "/api/v1/customers/{api_other}/merge",
            ("401", "404", "403", "201", "201"),
            "POST",
            {"into": "#{customer}", "reason": "La stessa."},
        ),
    ],
    f"DELETE {HIS}/merge": _his("merge", "404", "DELETE"),
}
OTHERS: dict[str, list[Probe]] = {
    **CASES,
    **CUSTOMERS,
    "GET api/v1/likenesses": [
        Probe("/api/v1/likenesses", api_agents("200", helper="403")),
        Probe("/api/v1/likenesses?page=0", api_staff("422")),
    ],
    "POST api/v1/likenesses/compare": [
        Probe("/api/v1/likenesses/compare", api_leads("202"), "POST"),
    ],
    **{
        f"POST api/v1/likenesses/{{likeness}}/{deed}": [
            Probe(
                f"/api/v1/likenesses/{{likeness}}/{deed}",
                ("401", "404", "403", "200", "200"),
                "POST",
            ),
            Probe(f"/api/v1/likenesses/99999/{deed}", api_agents("404", helper="403"), "POST"),
        ]
        for deed in ("confirm", "refuse", "undo")
    },
    **{
        f"GET api/v1/{name}": [Probe(f"/api/v1/{name}", api_staff("200"))]
        for name in ("tags", "fields", "macros", "views")
    },
    "GET api/v1/webhooks": [Probe("/api/v1/webhooks", OWNER_ALONE)],
    "GET api/v1/imports": [Probe("/api/v1/imports", api_leads("200"))],
    "POST api/v1/imports": [
        Probe(
            "/api/v1/imports",
            api_leads("202"),
            "POST",
            {"kind": "CUSTOMERS", "base64": "bm9tZSxlbWFpbAo="},
        ),
    ],
    "GET api/v1/imports/{run}": [Probe("/api/v1/imports/{run}", api_leads("200"))],
    "GET api/v1/imports/{run}/refusals": [
        Probe("/api/v1/imports/{run}/refusals", api_leads("200"))
    ],
    "GET api/v1/imports/{run}/refused.csv": [
        Probe("/api/v1/imports/{run}/refused.csv", api_leads("200")),
    ],
    "POST api/v1/imports/{run}/stop": [
        Probe("/api/v1/imports/{run}/stop", api_leads("200"), "POST"),
    ],
    "POST api/v1/exports": [
        Probe("/api/v1/exports", api_agents("200", helper="403"), "POST", {"kind": "CUSTOMERS"}),
    ],
}
