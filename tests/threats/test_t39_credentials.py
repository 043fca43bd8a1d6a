"""T39: a mailbox whose password is refused tells so, and the password nobody: not the database, not
the log, not a page, also when the other side sends it back to us."""

import base64
import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from ascolto.cases.services import answer
from ascolto.channels.models import Health
from ascolto.channels.services import deliver
from ascolto.kit.secrets import seal
from ascolto.staff.models import Colleague
from tests import make
from tests.mailservers.scripted import ScriptedSmtp

pytestmark = pytest.mark.django_db
CANARY = "canarino-che-non-deve-cantare"
USER = "assistenza@alba.example"
PLAIN = base64.b64encode(f"\0{USER}\0{CANARY}".encode()).decode()
SECRETS = [CANARY, PLAIN, base64.b64encode(CANARY.encode()).decode()]
PAGES = ["/casella/", "/casella/tutti/", "/impostazioni/", "/quarantena/", "/healthz"]


def everything_written() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows: list[str] = []
        for table in tables:
            cursor.execute(f'select t::text from "{table}" t')  # noqa: S608 # from the catalogue
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_a_refused_password_is_written_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = f"535 5.7.8 bad credentials: {CANARY} {PLAIN}"
    with ScriptedSmtp({"AUTH": said}) as smtp:
        box = make.mailbox()
        way = {"host": "127.0.0.1", "port": smtp.port, "security": "plain"}
        box.settings = {"smtp": {**way, "user": USER, "allow_plain": True}}
        box.secret = seal(json.dumps({"smtp_password": CANARY}))
        box.save()
        marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR, teams=(make.team(),))
        case = make.case(channel=box)
        sent = answer(case, author=marta, text="Ci siamo.", now=make.NOON)
        assert sent.outgoing is not None

        deliver(sent.outgoing.pk, now=make.NOON + timedelta(seconds=61))

        assert any("AUTH" in line.upper() for line in smtp.heard)
    assert Health.objects.filter(failing_since__isnull=False).exists()
    client = Client()
    client.force_login(marta)
    pages = [client.get(page).content.decode() for page in [*PAGES, f"/casi/C-{case.pk}/"]]
    for secret in SECRETS:
        assert secret not in everything_written()
        assert secret not in caplog.text
        assert not [page for page in pages if secret in page]
