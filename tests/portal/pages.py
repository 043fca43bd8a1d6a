"""A customer's page of one case, and how a test writes on it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Conversation
from ascolto.cases.services import answer, answer_left, issue_link
from ascolto.channels.services import deliver
from ascolto.kit.tokens import new_token, token_hash
from ascolto.people.models import Identity
from ascolto.portal import services
from ascolto.portal.door import VISIT
from ascolto.portal.models import SignInLink
from ascolto.staff.models import Colleague
from tests import make

ONCE = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True)
class Page:
    """The page and the link to it, held by Giulia."""

    case: Case
    token: str

    @property
    def path(self) -> str:
        return f"/p/{self.token}/"

    def write(
        self,
        client: Client,
        text: str = "Una cosa ancora.",
        *,
        once: str = ONCE,
        files: tuple[SimpleUploadedFile, ...] = (),
    ) -> HttpResponse:
        data = {"testo": text, "una": once, "file": list(files)}
        return client.post(f"{self.path}scrivi/", data)  # type: ignore[return-value] # the stubs' own response


def page_of(case: Case) -> Page:
    """A link as it stands in a mail of ours, made now."""
    identity = Conversation.objects.filter(case=case).earliest("pk").identity
    return Page(case, issue_link(case, identity, now=timezone.now()))


def fresh_page() -> Page:
    """Giulia wrote a moment ago."""
    return page_of(make.case(now=timezone.now()))


def we_answer(case: Case, text: str, *, by: Colleague | None = None, leaves: bool = True) -> None:
    """Elena answers; with `leaves` her answer is on its way."""
    now = timezone.now()
    author = by or make.colleague()
    message = answer(case, author=author, text=text, now=now)
    if leaves and message.outgoing_id is not None:
        deliver(message.outgoing_id, now=now + timedelta(seconds=author.undo_seconds + 1))
        answer_left(message.outgoing_id)


def a_sign_in_link(identity: Identity) -> str:
    """The token of a link as it came by mail a moment ago."""
    now, token = timezone.now(), new_token()
    SignInLink.objects.create(
        identity=identity,
        token_hash=token_hash(token),
        made_at=now,
        ends_at=now + timedelta(days=1),
    )
    return token


def signed_in(identity: Identity) -> Client:
    """The browser of one who has used his link."""
    client = Client()
    key, _ = services.sign_in(a_sign_in_link(identity), now=timezone.now())
    client.cookies[VISIT] = key
    return client
