"""Who may open keys, webhooks and sessions: one's own, and the owner what leaves the house."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from ascolto.integrations import services
from ascolto.integrations.models import Delivery
from ascolto.staff.models import Colleague
from tests import make
from tests.threats.probes import SIGN_IN, Probe, anybody, leads, staff
from tests.threats.world import World

OWNERS_ALONE = (SIGN_IN, *["403"] * 4)
SIGNED_OUT = ("200", *["302"] * 4)
# Each is about who asks, takes no id, and first asks again who he is.
AGAIN = staff("302")
FACTORS = "accesso/fattori/"
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
    visit = UserSession.objects.create(
        user=sara, ip="192.0.2.9", session_key=world.sessions["member"], user_agent="Firefox/1"
    )
    key = Authenticator.objects.create(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Chiavetta", "credential": {}}
    )
    world.ids |= {
        "visit": visit.pk,
        "passkey": key.pk,
        "listener": webhook.pk,
        "telling": Delivery.objects.get(webhook=webhook).pk,
        "api_key": token.pk,
    }


DESK: dict[str, list[Probe]] = {
    # Nothing is asked of these roles, so the page of the second step sends them on.
    "impostazioni/accesso/secondo-passo/": [
        Probe("/impostazioni/accesso/secondo-passo/", staff("302")),
    ],
    "impostazioni/sicurezza/": [Probe("/impostazioni/sicurezza/", leads("200"))],
    "impostazioni/sicurezza/salva/": [
        Probe(
            "/impostazioni/sicurezza/salva/", leads("302"), "POST", {"roles": "AGENT", "grace": "7"}
        ),
        Probe(
            "/impostazioni/sicurezza/salva/", leads("422"), "POST", {"roles": "OWNER", "grace": "7"}
        ),
    ],
    "impostazioni/accesso/": [Probe("/impostazioni/accesso/", staff("200"))],
    "impostazioni/accesso/altre/termina/": [
        Probe("/impostazioni/accesso/altre/termina/", staff("302"), "POST"),
    ],
    "impostazioni/accesso/<int:session_id>/termina/": [
        Probe(
            "/impostazioni/accesso/{visit}/termina/", (SIGN_IN, "404", "404", "302", "404"), "POST"
        ),
    ],
    "impostazioni/accesso/colleghi/<int:colleague_id>/togli/": [
        Probe("/impostazioni/accesso/colleghi/{member}/togli/", OWNERS_ALONE, "POST"),
    ],
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
    "recupero/<str:token>/": [Probe("/recupero/non-e-di-nessuno/", anybody("404"))],
    FACTORS: [Probe("/accesso/fattori/", ("302",) * 5)],
    f"{FACTORS}chiavi/": [Probe("/accesso/fattori/chiavi/", ("302",) * 5)],
    # Between the steps there is only who has shown the password.
    f"{FACTORS}codice/": [
        Probe("/accesso/fattori/codice/", (SIGN_IN, *["302"] * 4)),
        Probe("/accesso/fattori/codice/", (SIGN_IN, *["302"] * 4), "POST", {"code": "000000"}),
    ],
    f"{FACTORS}codice/ancora/": [Probe("/accesso/fattori/codice/ancora/", AGAIN)],
    f"{FACTORS}app/": [
        Probe("/accesso/fattori/app/", AGAIN),
        Probe("/accesso/fattori/app/", AGAIN, "POST", {"code": "000000"}),
    ],
    f"{FACTORS}app/togli/": [Probe("/accesso/fattori/app/togli/", staff("404"), "POST")],
    f"{FACTORS}riserva/": [Probe("/accesso/fattori/riserva/", staff("404"))],
    f"{FACTORS}riserva/rifai/": [Probe("/accesso/fattori/riserva/rifai/", AGAIN, "POST")],
    f"{FACTORS}riserva/scarica/": [Probe("/accesso/fattori/riserva/scarica/", staff("404"))],
    f"{FACTORS}chiavi/aggiungi/": [Probe("/accesso/fattori/chiavi/aggiungi/", AGAIN)],
    f"{FACTORS}chiavi/entra/": [
        Probe("/accesso/fattori/chiavi/entra/", (SIGN_IN, *["302"] * 4)),
        Probe(
            "/accesso/fattori/chiavi/entra/",
            (SIGN_IN, *["302"] * 4),
            "POST",
            {"credential": "x"},
        ),
    ],
    f"{FACTORS}chiavi/ancora/": [Probe("/accesso/fattori/chiavi/ancora/", AGAIN)],
    f"{FACTORS}chiavi/<int:pk>/nome/": [
        Probe("/accesso/fattori/chiavi/{passkey}/nome/", AGAIN, "POST", {"name": "Mia"}),
    ],
    f"{FACTORS}chiavi/<int:pk>/togli/": [
        Probe("/accesso/fattori/chiavi/{passkey}/togli/", AGAIN, "POST"),
    ],
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
