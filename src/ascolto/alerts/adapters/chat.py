"""To the chat of a team: Slack, Mattermost (incoming webhooks), Telegram (a bot in a group).

Not verified live: what leaves is tested against receivers of our own.
"""

import json
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings

from ascolto.alerts.adapters.ways import Blocked, Closed, Words, words_of
from ascolto.alerts.models import Hook, Notice
from ascolto.kit.fetch import FetchFailed, Limits, Refused, fetch
from ascolto.kit.secrets import WrongKey, unseal
from ascolto.staff.queries import company

LIMITS = Limits(seconds=10, size=64 * 1024)
TELEGRAM = "https://api.telegram.org"
NOT_A_NAME = "\u200b"  # after an @: nobody is called by what a stranger wrote


def tell(notice: Notice, now: datetime) -> None:
    """Raises `Blocked` or `Closed`."""
    hook = notice.hook
    if hook is None or hook.retired_at is not None:
        raise Closed("la chat non è più collegata")
    say(hook, words_of(notice.alert, language=company().language), now=now)


def say(hook: Hook, words: Words, *, now: datetime) -> None:
    """Write it into the chat. Also the live test of the settings. Raises `Blocked` or `Closed`."""
    try:
        url, body = _request(hook, words)
        answer = fetch(
            url,
            method="POST",
            headers={"Content-Type": "application/json"},
            content=json.dumps(body).encode(),
            limits=LIMITS,
            private_ok_for=settings.WEBHOOK_PRIVATE_HOSTS,
        )
        status = answer.status
    except FetchFailed as problem:
        _note(hook, str(problem), now=now)
        raise Blocked(str(problem)) from problem
    except (Refused, WrongKey, ValueError, KeyError) as problem:
        _note(hook, str(problem), now=now)
        raise Closed(str(problem)) from problem
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        _note(hook, "", now=now)
        return
    _note(hook, f"HTTP {status}", now=now)
    busy = status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    raise Blocked(f"HTTP {status}") if busy else Closed(f"HTTP {status}")


def _request(hook: Hook, words: Words) -> tuple[str, dict[str, object]]:
    told = json.loads(unseal(bytes(hook.secret)))
    page = f"{settings.PUBLIC_URL}{words.path}"
    if hook.kind == Hook.Kind.TELEGRAM:
        text = f"{words.title}\n{words.line}\n{page}"
        return f"{TELEGRAM}/bot{told['token']}/sendMessage", {"chat_id": told["chat"], "text": text}
    text = f"{_plain(words.title)}\n> {_plain(words.line)}\n{page}"
    return told["url"], {"text": text}


def _plain(text: str) -> str:
    """As text alone: no link, no name that is called, nothing on a line of its own."""
    calm = text.replace("@", f"@{NOT_A_NAME}").replace("&", "&amp;")
    return " ".join(calm.replace("<", "&lt;").replace(">", "&gt;").split())


def host_of(hook: Hook) -> str:
    """Where it leads, for people: never the whole address, which is as good as a password."""
    try:
        told = json.loads(unseal(bytes(hook.secret)))
    except (WrongKey, ValueError):
        return ""
    if hook.kind == Hook.Kind.TELEGRAM:
        return "api.telegram.org"
    return urlsplit(str(told.get("url", ""))).hostname or ""


def _note(hook: Hook, error: str, *, now: datetime) -> None:
    fields: dict[str, object] = {"error": error[:300]} if error else {"error": "", "well_at": now}
    Hook.objects.filter(pk=hook.pk).update(**fields)
