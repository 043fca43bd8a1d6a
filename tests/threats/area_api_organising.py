"""Merges, bulk deeds, calls and the words of the house, through the API."""

from django.utils import timezone

from ascolto.cases.models import Bulk, CallRequest, Case, Field, Message, SavedView, Tag
from ascolto.cases.services import bulk, moves, viewing
from ascolto.integrations import services as integrations
from ascolto.knowledge.models import Macro
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague
from tests import make
from tests.threats.probes import Probe, api_agents, api_closed, api_leads, api_staff
from tests.threats.world import World

CASE = "/api/v1/cases/C-{case}"
ROUTE = "api/v1/cases/{case}"
OWNER_ALONE = ("401", "403", "403", "403", "403")
MINE_ALONE = ("401", "404", "404", "200", "404")  # what one colleague asked for is his
GONE = ("401", "404", "404", "404", "404")
SINCE = "2099-01-01T09:00:00Z"


def furnish(world: World) -> None:
    """One of each thing these operations are about, of the secret case where it is about one."""
    now, member = timezone.now(), world.people["member"]
    secret = Case.objects.get(pk=world.ids["case"])
    Colleague.objects.update(most_cases=0)  # so that whoever asks for the next case gets none
    again = make.mail("Altra diffida.", subject="Altra", message_id="<altra@example.org>")
    other = make.case(
        again.replace(b"giulia@", b"neri@"), channel=make.mailbox("legale"), now=make.NOON
    )
    moving = moves.merge(other, into=secret, by=member, now=now)
    wish = CallRequest.objects.create(
        case=secret,
        identity=Identity.objects.filter(customer=secret.customer)[0],
        number="+390110000000",
        at=now,
    )
    asked = bulk.start_bulk("TAG", [secret.pk], arguments={"tag": "x"}, by=member, now=now)
    view = viewing.save_view("Mia", filters={"coda": ["tutti"]}, by=member, now=now)
    owner = Colleague.objects.create(
        email="irma@alba.example", name="Irma Galli", role="OWNER", joined_at=now
    )
    wish_told = integrations.Wish("ERP", "https://erp.example.org/")
    hook, _secret = integrations.create_webhook(wish_told, by=owner, now=now)
    test = integrations.send_test(hook, by=owner, now=now)
    world.ids |= {
        "api_move": moving.pk,
        "api_call": wish.pk,
        "api_bulk": Bulk.objects.get(pk=asked.pk).pk,
        "api_view": SavedView.objects.get(pk=view.pk).pk,
        "api_hook": hook.pk,
        "api_delivery": test.pk,
        "api_said": Message.objects.filter(case=secret).order_by("pk").first().pk,  # type: ignore[union-attr] # it has some
        "api_tag": Tag.objects.create(name="vdsl", made_at=now).pk,
        "api_tag_too": Tag.objects.create(name="adsl", made_at=now).pk,
        "api_field": Field.objects.create(key="pianta", title="Pianta").pk,
        "api_macro": Macro.objects.create(
            title="Sua", text="A presto.", owner=member, changed_at=now
        ).pk,
    }


def _one(path: str, answers: tuple[str, ...], method: str, /, **fields: object) -> list[Probe]:
    return [Probe(f"/api/v1/{path}", answers, method, fields)]


CASES: dict[str, list[Probe]] = {
    f"POST {ROUTE}/help": [Probe(f"{CASE}/help", api_closed("422"), "POST", {"colleague": 999999})],
    f"POST {ROUTE}/resolve/undo": [
        Probe(f"{CASE}/resolve/undo", api_closed("200"), "POST", {"at": SINCE}),
    ],
    f"POST {ROUTE}/merge": [
        Probe(f"{CASE}/merge", api_closed("422"), "POST", {"into": "C-{case}"}),
        # From a case one may see into one that one may not.
        Probe(
            "/api/v1/cases/C-{open_case}/merge",
            ("401", "404", "404", "409", "409"),
            "POST",
            {"into": "C-{case}"},
        ),
    ],
    f"POST {ROUTE}/split": [
        Probe(f"{CASE}/split", api_closed("201"), "POST", {"messages": ["#{api_said}"]}),
        Probe(
            "/api/v1/cases/C-{open_case}/split",
            api_agents("422", helper="404"),
            "POST",
            {"messages": ["#{api_said}"]},
        ),
    ],
    f"GET {ROUTE}/moves": [Probe(f"{CASE}/moves", api_closed("200"))],
    "POST api/v1/moves/{move}/undo": _one("moves/{api_move}/undo", api_closed("200"), "POST"),
    "POST api/v1/bulk": _one(
        "bulk",
        ("401", "422", "422", "202", "202"),
        "POST",
        deed="TAG",
        cases=["C-{case}"],
        tag="vdsl",
    ),
    "GET api/v1/bulk/{bulk}": _one("bulk/{api_bulk}", MINE_ALONE, "GET"),
    "POST api/v1/bulk/{bulk}/undo": _one(
        "bulk/{api_bulk}/undo", ("401", "404", "404", "202", "404"), "POST"
    ),
    "GET api/v1/call_requests": _one("call_requests", api_staff("200"), "GET"),
    "POST api/v1/call_requests/{asked}/made": _one(
        "call_requests/{api_call}/made", api_closed("200"), "POST", outcome="Detto."
    ),
    "POST api/v1/call_requests/{asked}/dropped": _one(
        "call_requests/{api_call}/dropped", api_closed("200"), "POST", reason="Ha scritto."
    ),
    "GET api/v1/efforts": _one("efforts", api_staff("200"), "GET"),
    "GET api/v1/ratings": _one("ratings", api_staff("200"), "GET"),
    "GET api/v1/mentions": _one("mentions", api_staff("200"), "GET"),
    "POST api/v1/mentions/seen": _one("mentions/seen", api_staff("200"), "POST"),
}
WORDS: dict[str, list[Probe]] = {
    "PATCH api/v1/tags/{tag}": _one("tags/{api_tag}", api_leads("200"), "PATCH", name="vdsl2"),
    "POST api/v1/tags/{tag}/merge": _one(
        "tags/{api_tag}/merge", api_leads("200"), "POST", into="#{api_tag_too}"
    ),
    "DELETE api/v1/tags/{tag}": _one("tags/{api_tag}", api_leads("200"), "DELETE"),
    "POST api/v1/tags/{tag}/restore": _one("tags/{api_tag}/restore", api_leads("200"), "POST"),
    "POST api/v1/macros/{macro}/restore": _one("macros/{api_macro}/restore", GONE, "POST"),
    "POST api/v1/fields": _one("fields", api_leads("201"), "POST", title="Modem"),
    "PUT api/v1/fields/{field}": _one(
        "fields/{api_field}", api_leads("200"), "PUT", title="Pianta A"
    ),
    "DELETE api/v1/fields/{field}": _one("fields/{api_field}", api_leads("200"), "DELETE"),
    "POST api/v1/macros": [
        *_one("macros", api_leads("201"), "POST", title="Di tutti", text="Ecco."),
        *_one("macros", api_staff("201"), "POST", title="Mia", text="Ecco.", mine=True),
    ],
    "PUT api/v1/macros/{macro}": _one(
        "macros/{api_macro}", MINE_ALONE, "PUT", title="Sua", text="Ciao.", mine=True
    ),
    "DELETE api/v1/macros/{macro}": _one("macros/{api_macro}", MINE_ALONE, "DELETE"),
    "POST api/v1/views": _one("views", api_staff("201"), "POST", name="Fibra"),
    "PATCH api/v1/views/{view}": _one("views/{api_view}", MINE_ALONE, "PATCH", name="Altra"),
    "DELETE api/v1/views/{view}": _one("views/{api_view}", MINE_ALONE, "DELETE"),
}
HOOK = "webhooks/{api_hook}"
OTHERS: dict[str, list[Probe]] = {
    **CASES,
    **WORDS,
    "POST api/v1/webhooks": _one(
        "webhooks", OWNER_ALONE, "POST", title="ERP", url="https://erp.example.org/"
    ),
    "PATCH api/v1/webhooks/{webhook}": _one(HOOK, OWNER_ALONE, "PATCH", kinds=[]),
    "DELETE api/v1/webhooks/{webhook}": _one(HOOK, OWNER_ALONE, "DELETE"),
    "GET api/v1/webhooks/{webhook}/deliveries": _one(f"{HOOK}/deliveries", OWNER_ALONE, "GET"),
    **{
        f"POST api/v1/webhooks/{{webhook}}/{deed}": _one(f"{HOOK}/{deed}", OWNER_ALONE, "POST")
        for deed in ("pause", "resume", "test")
    },
    "POST api/v1/deliveries/{delivery}/again": _one(
        "deliveries/{api_delivery}/again", OWNER_ALONE, "POST"
    ),
    "DELETE api/v1/customers/{customer}/notes/{note}": _one(
        "customers/{customer}/notes/999999", ("401", "404", "403", "404", "404"), "DELETE"
    ),
}
