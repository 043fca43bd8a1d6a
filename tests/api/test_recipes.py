"""Every recipe of the guide is done as it is written there."""

import base64
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from ascolto.cases.models import Message, Moving
from ascolto.exchange.models import Run
from ascolto.integrations.services import create_token
from ascolto.kit.work import running_inline
from ascolto.staff.models import Colleague
from tests import make
from tests.listening.public import bring, hear, monitor

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).parents[2] / "docs" / "guide"
RECIPE = re.compile(r"```sh\n(curl .*?)\n```(?:\n```json\n(.*?)\n```)?", re.DOTALL)
AT_HOME = "https://care.example.org"
FILE = base64.b64encode(b"nome,email\nMarta Riva,marta.riva@example.org\n").decode()


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_recipe_does_what_it_says(language: str) -> None:
    text = (GUIDE / language / "api.md").read_text()
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)
    _, plain = create_token("guida", marta, ["read", "write"], now=make.NOON)
    case = make.case()
    again = make.case(make.mail("Ancora giù.", subject="Ancora", message_id="<due@example.org>"))
    monitor()
    (mention,) = hear(bring(answerable={"uri": "at://giulia/1"}))
    recipes = RECIPE.findall(text)

    assert len(recipes) > 10
    for command, answer in recipes:
        newest = Message.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True)[0]
        run = Run.objects.filter(way="IN").order_by("-pk").first()
        moving = Moving.objects.order_by("-pk").first()
        named = {
            "$TOKEN": plain,
            "mentions/9": f"mentions/{mention.pk}",
            "C-12": case.number,
            "C-13": again.number,
            "moves/5": f"moves/{moving.pk if moving else 0}",
            "customers/7": f"customers/{case.customer_id}",
            '"seen": 310': f'"seen": {newest}',
            "imports/41": f"imports/{run.pk if run else 0}",
            '"$(base64 -w0 clienti.csv)"': FILE,
        }
        asked = _with_our_own(command, named)
        with transaction.atomic(), running_inline():
            response = _done(asked)
        assert response.status_code < 300, (asked, response.getvalue())
        if answer:
            assert set(json.loads(answer)) == set(json.loads(response.getvalue()))

    run = Run.objects.get(way="IN")
    assert (run.made, run.failed) == (1, "")


def _with_our_own(command: str, named: dict[str, str]) -> str:
    """The command about what stands here; what was put in is not looked through again."""
    written = re.compile("|".join(map(re.escape, named)))
    return written.sub(lambda found: named[found[0]], command)


def _done(command: str) -> HttpResponseBase:
    """What `curl` would have asked, asked."""
    words = iter(shlex.split(command.replace("\\\n", " "))[1:])
    asked: dict[str, Any] = {"method": "GET", "headers": {}, "data": ""}
    for word in words:
        if word == "-X":
            asked["method"] = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            asked["headers"][name] = value
        elif word == "-d":
            asked["data"] = next(words)
        elif word == "-o":
            next(words)
        else:
            asked["address"] = word
    address = asked["address"]
    assert address.startswith(f"{AT_HOME}/api/v1/"), command
    return Client().generic(
        asked["method"],
        address.removeprefix(AT_HOME),
        asked["data"],
        content_type=asked["headers"].pop("Content-Type", "application/json"),
        headers=asked["headers"],
    )
