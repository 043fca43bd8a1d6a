"""A question to one address, and what each kind of person must hear."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase

from tests.threats.world import ACTORS, World

SIGN_IN = "sign in"  # a redirect to the sign-in, or for a part of a page the order to go there
Answers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """`address` and `fields` may name ids of the world: "/casi/C-{case}/"."""

    address: str
    answers: Answers  # one for each of ACTORS, in their order
    method: str = "GET"
    fields: Mapping[str, Any] = field(default_factory=dict)

    def ask(self, world: World, actor: str, headers: Mapping[str, str]) -> HttpResponseBase:
        client = world.browser(actor, raise_request_exception=False)
        address = self.address.format(**world.ids)
        said = {name: _filled(value, world) for name, value in self.fields.items()}
        answer: HttpResponseBase
        if address.startswith("/api/"):
            answer = client.generic(
                self.method,
                address,
                json.dumps(said) if said else "",
                content_type="application/json",
                headers=world.bearer(actor),
            )
        else:
            ask = client.post if self.method == "POST" else client.get
            answer = ask(address, said, headers=headers)
        return answer

    def answer_for(self, actor: str) -> str:
        return self.answers[ACTORS.index(actor)]

    def changes_nothing(self, actor: str) -> bool:
        """Looking never does, and neither does what is refused."""
        answer = self.answer_for(actor)
        return self.method == "GET" or answer == SIGN_IN or answer >= "400"


def heard(response: HttpResponseBase) -> str:
    """The answer as the table writes it."""
    place = response.headers.get("Location", "") + response.headers.get("HX-Redirect", "")
    return SIGN_IN if "/accesso/login/" in place else str(response.status_code)


def body(response: HttpResponseBase) -> bytes:
    return bytes(getattr(response, "content", b""))


def closed(member: str, *, lead: str = "") -> Answers:
    """Of the reserved team: for everybody else it does not exist."""
    return (SIGN_IN, "404", "404", member, lead or member)


def staff(answer: str) -> Answers:
    return (SIGN_IN, *[answer] * 4)


def agents(answer: str) -> Answers:
    return (SIGN_IN, answer, "403", answer, answer)


def leads(answer: str) -> Answers:
    return (SIGN_IN, "403", "403", "403", answer)


def anybody(answer: str) -> Answers:
    return (answer,) * len(ACTORS)


def api_closed(member: str) -> Answers:
    return ("401", "404", "404", member, member)


def api_agents(answer: str, *, helper: str) -> Answers:
    return ("401", answer, helper, answer, answer)


def api_staff(answer: str) -> Answers:
    return ("401", *[answer] * 4)


def api_leads(answer: str) -> Answers:
    return ("401", "403", "403", "403", answer)


def _filled(value: Any, world: World) -> Any:
    if isinstance(value, bytes):
        return SimpleUploadedFile("foto.txt", value, content_type="text/plain")
    if isinstance(value, list):
        return [_filled(one, world) for one in value]
    if isinstance(value, dict):
        return {name: _filled(inner, world) for name, inner in value.items()}
    if not isinstance(value, str):
        return value
    filled = value.format(**world.ids)
    # An id in JSON is a number: "#{case}".
    return int(filled[1:]) if value.startswith("#") else filled
