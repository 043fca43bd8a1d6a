"""For those who watch over a server: does it live, is it ready, how is it doing."""

import hmac
import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from ascolto.api.metrics import written

ANSWERS_WITHIN = 1.0  # seconds
WORKER_SILENT = 60  # seconds without a heartbeat: it is dead
LOOPBACK = {"127.0.0.1", "::1"}

WORKER = """
select exists (
  select 1 from procrastinate_workers
  where last_heartbeat > now() - make_interval(secs => %s)
)
"""

logger = logging.getLogger("ascolto.health")
_lookers = ThreadPoolExecutor(2, thread_name_prefix="ready")
_migrated = False


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives and answers. It asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers within a second and is at this version; else 503.

    Whether a worker was seen lately is said beside it: without one, messages are still accepted.
    """
    try:
        found = _lookers.submit(look).result(timeout=ANSWERS_WITHIN)
    except (NotInTime, DatabaseError, InterfaceError) as problem:
        logger.warning("not ready: %r", problem)
        found = {"database": False, "migrated": False, "worker": False}
    ready = found["database"] and found["migrated"]
    return JsonResponse({"ready": ready, **found}, status=200 if ready else 503)


def look() -> dict[str, bool]:
    """What the database says, on a thread of its own."""
    close_old_connections()
    try:
        with connection.cursor() as cursor:
            cursor.execute(WORKER, [WORKER_SILENT])
            worker = bool((cursor.fetchone() or (False,))[0])
        return {"database": True, "migrated": is_migrated(), "worker": worker}
    finally:
        close_old_connections()


def is_migrated() -> bool:
    """Whether every migration of this version was applied. Once it is so, it stays so."""
    global _migrated  # noqa: PLW0603 # one database a process
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus. With ASCOLTO_METRICS_TOKEN by bearer token, else from here alone."""
    if not _may_look(request):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse(written(), content_type=CONTENT_TYPE_LATEST)


def _may_look(request: HttpRequest) -> bool:
    token: str | None = settings.METRICS_TOKEN
    if token:
        offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(offered.encode(), token.encode())
    # Behind a proxy on the same machine everybody comes from here: the proxy says so itself.
    forwarded = {"Forwarded", "X-Forwarded-For", "X-Real-Ip"} & set(request.headers)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded
