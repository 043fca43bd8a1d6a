"""Between two tests that commit: every table empty again, without making its files anew.

Django truncates all of them and writes its content types again, which takes a third of a second a
test. Rows are few here, so they are deleted.
"""

import threading
import time

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = {"django_content_type", "auth_permission"}


QUIET = 3  # looks in a row in which no request is being answered
BETWEEN = 0.02  # seconds
PATIENCE = 20  # seconds


def wait_for_requests() -> None:
    """Until the servers of this process answer nobody any more.

    A page that is closed tells so, and what it says may arrive when its test is over: where no
    database is allowed, and no log is open.
    """
    deadline = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < QUIET and time.monotonic() < deadline:
        busy = any("process_request_thread" in one.name for one in threading.enumerate())
        quiet = 0 if busy else quiet + 1
        time.sleep(BETWEEN)


def empty(case: TransactionTestCase) -> None:
    """In place of `_fixture_teardown`."""
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        may_look_away = cursor.fetchone() == (True,)
    if not may_look_away:
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True)
        return
    names = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    tables = [connection.ops.quote_name(name) for name in names]
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever still writes comes to his end first: a server's thread, a worker.
        cursor.execute(f"lock table {', '.join(tables)} in exclusive mode")
        cursor.execute("set local session_replication_role = replica")  # no keys, no triggers
        cursor.execute(";".join(f"delete from {table}" for table in tables))  # noqa: S608 # ours
