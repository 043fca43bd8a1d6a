import base64
import csv
import io
import json

import pytest
from django.db import transaction

from ascolto.exchange.models import Run
from ascolto.kit.work import running_inline
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import Caller, caller, refusal, said

pytestmark = pytest.mark.django_db


def _file(content: str) -> str:
    return base64.b64encode(content.encode()).decode()


def _sent(program: Caller, content: str, **more: object) -> int:
    with transaction.atomic(), running_inline():
        made = program.post(
            "/imports", {"kind": "CUSTOMERS", "base64": _file(content), "name": "c.csv", **more}
        )
    assert made.status_code == 202, made
    return int(said(made)["id"])


def test_a_file_comes_in_and_what_was_refused_can_be_mended() -> None:
    program = caller()

    run = _sent(program, "nome,email,colore\nGiulia,g@example.org,\nMarta,nessuno,\n")

    report = said(program.get(f"/imports/{run}"))
    assert (report["made"], report["refused"], report["ignored_columns"]) == (1, 1, ["colore"])
    assert said(program.get(f"/imports/{run}/refusals"))[0]["line"] == 3
    mend = program.get(f"/imports/{run}/refused.csv")
    rows = list(csv.reader(io.StringIO(mend.getvalue().decode())))
    assert rows[1][2:] == ["Marta", "nessuno", ""]
    assert said(program.get("/imports"))["items"][0]["id"] == run


def test_the_same_key_brings_a_file_in_once() -> None:
    program = caller()
    body = {"kind": "CUSTOMERS", "base64": _file("nome,email\nGiulia,g@example.org\n")}

    first = program.post("/imports", body, key="martedì")
    again = program.post("/imports", body, key="martedì")

    assert said(first)["id"] == said(again)["id"]
    assert Run.objects.count() == 1


def test_what_is_no_base64_or_no_team_is_refused() -> None:
    program = caller()

    bad = program.post("/imports", {"kind": "CASES", "base64": "à"})
    teamless = program.post("/imports", {"kind": "CASES", "base64": "", "team": 99999})

    assert refusal(bad) == (422, "not_base64")
    assert refusal(teamless) == (422, "no_such_team")


def test_an_agent_takes_in_nothing_and_takes_out_what_he_sees() -> None:
    legal = make.team("Legale", is_reserved=True)
    make.case(make.mail("Diffida."), channel=make.mailbox("legale", of=legal))
    make.customer("Marta Riva")
    agent = caller(role=Colleague.Role.AGENT, teams=(make.team(),))

    refused = agent.post("/imports", {"kind": "CUSTOMERS", "base64": ""})
    taken = agent.post("/exports", {"kind": "CUSTOMERS", "format": "JSON"})

    assert refusal(refused) == (403, "not_allowed")
    lines = taken.getvalue().decode().splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["Marta Riva"]
    assert Run.objects.get(way="OUT").by == agent.colleague


def test_what_a_page_of_imports_leaves_is_on_the_next() -> None:
    program = caller()
    runs = [_sent(program, f"nome,email\nN{n},n{n}@example.org\n") for n in range(3)]

    first = said(program.get("/imports", limit=2))
    rest = said(program.get("/imports", limit=2, before=first["next"]))

    assert [one["id"] for one in first["items"] + rest["items"]] == runs[::-1]
    assert (first["total"], rest["next"]) == (3, None)
    assert Customer.objects.count() == 3


def test_an_import_can_be_stopped() -> None:
    program = caller()
    made = said(program.post("/imports", {"kind": "CUSTOMERS", "base64": _file("email\n")}))

    stopped = said(program.post(f"/imports/{made['id']}/stop"))

    assert stopped["stopped_at"] is not None
