"""Who may open keys, webhooks and sessions: one's own, and the owner what leaves the house."""

from django.utils import timezone

from ascolto.integrations import services
from ascolto.integrations.models import Delivery
from ascolto.staff.models import Colleague
from tests import make
from tests.threats.probes import SIGN_IN, Probe, staff
from tests.threats.world import World

OWNERS_ALONE = (SIGN_IN, *["403"] * 4)
HOOK = "/impostazioni/webhook/{listener}/"
_HOOK = "impostazioni/webhook/<int:webhook_id>/"


def furnish(world: World) -> None:
    now = timezone.now()
    owner = make.colleague("Anna Berti", role=Colleague.Role.OWNER)
    wish = services.Wish("Negozio", "https://negozio.example/ascolto")
    webhook, _secret = services.create_webhook(wish, by=owner, now=now)
    services.send_test(webhook, by=owner, now=now)
    sara = world.people["member"]
    token, _plain = services.create_token("Cruscotto", sara, ["read"], now=now)
    world.ids |= {
        "listener": webhook.pk,
        "telling": Delivery.objects.get(webhook=webhook).pk,
        "api_key": token.pk,
    }


DESK: dict[str, list[Probe]] = {
    # A key of somebody else does not exist for him.
    "impostazioni/chiavi/<int:token_id>/revoca/": [
        Probe(
            "/impostazioni/chiavi/{api_key}/revoca/", (SIGN_IN, "404", "404", "302", "404"), "POST"
        ),
    ],
    _HOOK: [
        Probe(HOOK, OWNERS_ALONE),
        Probe("/impostazioni/webhook/99999999/", OWNERS_ALONE),
    ],
    **{
        f"{_HOOK}{deed}/": [Probe(f"{HOOK}{deed}/", OWNERS_ALONE, "POST")]
        for deed in ("fatti", "pausa", "riprendi", "prova", "chiudi")
    },
    "impostazioni/webhook/consegne/<int:delivery_id>/rimanda/": [
        Probe("/impostazioni/webhook/consegne/{telling}/rimanda/", OWNERS_ALONE, "POST"),
    ],
}
# Pages that are read and written at one address.
OTHERS: dict[str, list[Probe]] = {
    "impostazioni/chiavi/": [
        Probe("/impostazioni/chiavi/", staff("200")),
        Probe(
            "/impostazioni/chiavi/",
            staff("200"),
            "POST",
            {"name": "Prova", "scopes": "read", "lasting": "90"},
        ),
        Probe("/impostazioni/chiavi/", staff("422"), "POST", {"name": "", "scopes": "altro"}),
    ],
    "impostazioni/webhook/": [
        Probe("/impostazioni/webhook/", OWNERS_ALONE),
        Probe(
            "/impostazioni/webhook/",
            OWNERS_ALONE,
            "POST",
            {"title": "Ladro", "url": "https://ladro.example/"},
        ),
    ],
}
