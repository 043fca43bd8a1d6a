"""What every test may ask for. The database itself is in `tests/database.py`."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import TransactionTestCase
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from ascolto.config.wiring import wire
from tests import template
from tests.e2e.browser import chromium
from tests.emptying import empty, wait_for_requests


@pytest.fixture(scope="session", autouse=True)
def _wired() -> None:
    wire()


@pytest.fixture
def real_queue(transactional_db: None) -> Iterator[None]:
    """Procrastinate's tables are not flushed by Django: begin and end with empty ones."""
    _empty_queue()
    yield
    _empty_queue()


def _empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


@pytest.fixture(scope="module")
def chromium_of_the_file() -> Iterator[Browser]:
    """Started once for a file. Its tests belong to one worker: mark them with an `xdist_group`."""
    with chromium() as one:
        yield one


@pytest.fixture
def browser(chromium_of_the_file: Browser, transactional_db: None) -> Iterator[Browser]:
    """Nothing of one test is open in it in the next, or while the tables are emptied: nor is what
    a page says when it is closed still on its way to the server."""
    yield chromium_of_the_file
    for context in chromium_of_the_file.contexts:
        context.close()
    wait_for_requests()


@pytest.fixture
def corpora() -> Path:
    """The folder of real messages. Where it is promised, its absence is a failure."""
    named = os.environ.get("ASCOLTO_CORPORA")
    if not named:
        pytest.skip("ASCOLTO_CORPORA is not set: the real messages are not part of this clone")
    folder = Path(named).resolve()
    assert folder.is_dir(), f"ASCOLTO_CORPORA names {folder}, which is not there"
    return folder


# They take from half a minute to minutes each. Begun first and in this order, in whatever order
# the others come, so that no worker is left alone with one of them at the end.
LONGEST = (
    "tests/e2e/day/test_the_day.py",
    "tests/e2e/test_every_page_is_accessible.py",
    "tests/faults/test_kills.py",
    "tests/stories/test_story_3_a_post_becomes_a_help_desk.py",
    "tests/threats/test_hostile_pages.py",
    "tests/portal/test_in_a_browser.py",
    "tests/e2e/test_the_front_door.py",
    "tests/e2e/test_a_stream_that_breaks.py",
    "tests/channels/email_reading/test_real_mails.py",
    "tests/e2e/day/test_the_telephone.py",
    "tests/api/test_any_request.py",
    "tests/demo/test_alba.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first. And Playwright keeps an event loop in the test's thread, in which Django
    would refuse to query."""
    items.sort(key=_turn)
    if any(item.get_closest_marker("browser") for item in items):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _turn(item: pytest.Item) -> int:
    own = (place for place, file in enumerate(LONGEST) if item.nodeid.startswith(file))
    return next(own, len(LONGEST))


@pytest.fixture(scope="session")
def _beside_the_template() -> Iterator[ExitStack]:
    with ExitStack() as until_it_stands:
        until_it_stands.enter_context(template.one_of(os.environ["DATABASE_URL"]))
        yield until_it_stands


@pytest.fixture(scope="session")
def django_db_setup(
    _beside_the_template: ExitStack, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Before the database of the run is dropped, end what servers on other threads left open."""
    with django_db_blocker.unblock():
        _beside_the_template.close()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_deleting() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def _kept_by_browsers() -> Iterator[None]:
    """A page has two dozen static files. As in production a browser asks for each of them once."""
    plainly = StaticFilesHandler.serve

    def serve(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = plainly(handler, request)
        answer["Cache-Control"] = "max-age=600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve)
        yield


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down() -> None:
    """Limits on tries are kept in the cache, and one test must not use up another's."""
    cache.clear()
