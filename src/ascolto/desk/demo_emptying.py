"""The fiction moves out, and leaves a house that has never been lived in."""

from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from ascolto.channels.models import Arrival, Channel
from ascolto.staff.models import Company

# Everything these packages store goes; what Django itself keeps (kinds of content, migrations)
# and what belongs to the installation (its secret) stays.
OURS = (
    "staff", "people", "knowledge", "timeline", "pressure", "integrations", "administration",
    "channels", "promises", "alerts", "cases", "listening", "learning", "triage", "exchange",
    "insight", "desk", "portal", "api", "kit",
)  # fmt: skip
EMPTIED = (*OURS, "account", "mfa", "usersessions", "sessions")
PASSWORD_FILE = "demo-password"  # noqa: S105 # the name of a file
_JOBS = "delete from procrastinate_jobs where status = 'todo' and task_name not like 'kit.%'"


class NotTheDemo(Exception):
    """A real company lives here. It is never emptied."""


class RealMail(Exception):
    """A real mailbox is connected and has letters in it: they are nobody's fiction."""


@transaction.atomic
def empty(*, now: datetime) -> None:
    """Remove the demo company and all that happened in it. Afterwards nobody has an account.

    In one transaction. The history may only be added to, row by row; here the whole table of a
    fiction is put away. Refuses with `NotTheDemo` or `RealMail`.
    """
    company = Company.objects.select_for_update().filter(pk=1, is_demo=True).first()
    if company is None:
        raise NotTheDemo
    # Told apart here: in SQL a setting that is missing is neither true nor false.
    mailboxes = Channel.objects.filter(kind=Channel.Kind.EMAIL)
    real = [mailbox for mailbox in mailboxes if not mailbox.settings.get("demo")]
    if Arrival.objects.filter(channel__in=real).exists():
        raise RealMail
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '20s'")
        cursor.execute(_JOBS)
        cursor.execute(_truncate(_tables()))
    transaction.on_commit(_forget_password)


def _forget_password() -> None:
    (Path(settings.HOME) / PASSWORD_FILE).unlink(missing_ok=True)


def _tables() -> list[str]:
    """Every table of ours, those of many-to-many fields too."""
    models = [
        model
        for label in EMPTIED
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    # `_meta` is the documented API of a model, in spite of its name.
    return sorted({one._meta.db_table for one in models if one._meta.managed})  # noqa: SLF001


def _truncate(tables: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(sql.Identifier(table) for table in tables)
    return sql.SQL("truncate {} restart identity").format(names)
