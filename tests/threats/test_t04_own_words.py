"""T02, T04: what colleagues, programs and browsers call themselves is text on every page of access
and integrations, whatever it looks like."""

from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from ascolto.integrations import services
from ascolto.integrations.models import Delivery
from ascolto.staff.models import Colleague
from tests import make
from tests.threats.payloads import NAMES

pytestmark = pytest.mark.django_db


class Acting(HTMLParser):
    """Finds what would act: scripts of nobody's file, handlers, addresses that are code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "script" and not known.get("src") and known.get("type") != "application/json":
            self.found.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            code = (value or "").strip().lower().startswith("javascript:")
            # Of ours is `hx-on` none, so all that begins with "on" is somebody else's.
            if name.startswith("on") or (name in {"href", "src", "action"} and code):
                self.found.append(self.get_starttag_text() or tag)
        if tag in {"iframe", "object", "embed", "base"} or known.get("src") == "x":
            self.found.append(self.get_starttag_text() or tag)


@pytest.mark.parametrize("words", NAMES)
def test_hostile_names_are_words(words: str) -> None:
    make.company()
    anna = make.colleague("Anna Berti", role=Colleague.Role.OWNER)
    Colleague.objects.filter(pk=make.colleague().pk).update(name=words)
    client = Client(headers={"User-Agent": words}, REMOTE_ADDR="192.0.2.1")
    client.force_login(anna)
    wish = services.Wish(words, "https://negozio.example/'\"><img/src=x>")
    hook, _secret = services.create_webhook(wish, by=anna, now=make.NOON)
    Delivery.objects.create(
        webhook=hook,
        entry=1,
        kind=words[:60],
        body=words,
        error=words[:300],
        attempts=1,
        made_at=make.NOON,
        next_at=make.NOON,
    )
    services.create_token(words, anna, ["read"], now=make.NOON)
    data = {"name": words, "credential": {}}
    Authenticator.objects.create(user=anna, type=Authenticator.Type.WEBAUTHN, data=data)
    UserSession.objects.create(
        user=anna, ip="192.0.2.2", session_key=str(client.session.session_key), user_agent=words
    )
    pages = ["accesso/", "chiavi/", "webhook/", f"webhook/{hook.pk}/"]

    for page in pages:
        answer = client.get(f"/impostazioni/{page}")
        acting = Acting()
        acting.feed(answer.content.decode())

        assert answer.status_code == 200
        assert (page, acting.found) == (page, [])
