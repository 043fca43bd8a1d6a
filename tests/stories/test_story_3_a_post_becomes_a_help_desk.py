"""Five hundred comments under one advertisement within a minute: none is lost, each is where it
belongs, the one responsible is told once, and nobody waits for the machine."""

import statistics
import time
from collections.abc import Callable

import httpx
import pytest
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.alerts.models import Alert, Notice
from ascolto.alerts.services import first_rules
from ascolto.cases.models import Case, MessageReading
from ascolto.channels.models import Arrival, Channel
from ascolto.listening.models import Board, Cause, Mention, Monitor
from ascolto.triage.boards import board_page
from ascolto.triage.policy.competence import CLEAR
from tests import make
from tests.channels.networks.shapes import meta_channel
from tests.e2e.house import House, open_house
from tests.listening.scoring import pairs
from tests.stories.crowd import (
    ANOTHER,
    COMMENTS,
    POST,
    TEAMS,
    Said,
    brought,
    furnish,
    said,
    team_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_queue")]
A_MINUTE = 60.0
PATIENCE = 150.0  # seconds: the machine is shared
INTERACTIVE = 5.0  # seconds that nobody's comment should wait for the machine
LIMIT = 6 * INTERACTIVE  # as above: on a machine of its own it is a tenth of this


def test_five_hundred_comments_under_one_post() -> None:
    crowd = said()
    channel = meta_channel()
    furnish()
    dario = make.colleague("Dario Leone", teams=(channel.team,))
    channel.team.escalates_to = dario
    channel.team.save()
    first_rules(now=make.LONG_AGO)
    _monitor(channel)

    with open_house(("web", "worker")) as house:
        _wake(house)
        took = _bring(house, crowd)
        _until(lambda: _heard().count() >= COMMENTS)
        _until(lambda: _is_sorted() and Alert.objects.filter(kind="WAVE").exists())
        _until(lambda: Mention.objects.filter(gone_at__isnull=False).count() == _deleted(crowd))
        _until(lambda: not _is_busy())

    assert took < A_MINUTE
    assert_none_is_lost_or_doubled(crowd)
    assert_sorted_by_cause(crowd)
    assert_told_once(dario.pk)
    assert_cases_of_those_we_know(crowd)
    assert_nobody_waited()


def assert_none_is_lost_or_doubled(crowd: list[Said]) -> None:
    assert sorted(_heard().values_list("key", flat=True)) == sorted(x.key for x in crowd)
    board = Board.objects.get(key=f"facebook:{POST}")
    page = board_page(board.pk, now=timezone.now())
    assert page is not None
    assert page.comments == COMMENTS == sum(lane.many for lane in page.lanes)
    assert Arrival.objects.filter(read_at=None).count() == 0


def assert_sorted_by_cause(crowd: list[Said]) -> None:
    by_key = dict(Mention.objects.values_list("key", "cause"))
    truth = {one.key: one.cause for one in crowd if one.cause and not one.is_deleted}
    precision, recall = pairs({key: by_key[key] for key in truth}, truth)
    causes = Cause.objects.filter(lane="HELP", joined_at=None).count()
    print(f"\n{causes} causes, pairs: P {precision:.2f}, R {recall:.2f}")  # noqa: T201 # a figure
    # Which comments are sorted together is chance here: 0.46 and 0.54 were seen. The bar itself,
    # 0.65 over five orders, is held by tests/listening/test_causes.py.
    assert precision > 0.7
    assert recall > 0.35


def assert_told_once(owner: int) -> None:
    assert Alert.objects.filter(kind="WAVE").count() == 1
    warning = Alert.objects.get(kind="BOARD")
    told = Notice.objects.filter(alert=warning)
    assert set(told.values_list("colleague", flat=True)) == {owner}
    assert told.filter(way=Notice.Way.SCREEN).count() == 1


def assert_cases_of_those_we_know(crowd: list[Said]) -> None:
    """Of each customer who calls for help one case, with those who can."""
    known = {one.key for one in crowd if one.is_known and not one.is_deleted}
    asking = Mention.objects.filter(key__in=known, lane="HELP")
    assert Case.objects.count() == asking.count() > 0
    assert set(asking.values_list("standing", flat=True)) == {"CASE"}
    for reading in MessageReading.objects.select_related("message__case__team"):
        if reading.topic in TEAMS and reading.shares["topic"] >= CLEAR:
            assert reading.message.case.team == team_of(reading.topic)


def assert_nobody_waited() -> None:
    """From the network's door to its mention, and from there to who is alerted."""
    heard = _heard().values_list("heard_at", "matched_at")
    _told("heard to mention", [(to - at).total_seconds() for at, to in heard])
    alerts = Alert.objects.filter(matched_at__isnull=False).exclude(kind__in=["WAVE", "BOARD"])
    several = alerts.values_list("matched_at", "raised_at")
    _told("mention to alert", [(to - at).total_seconds() for at, to in several if at])


def _told(name: str, seconds: list[float]) -> None:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    half = statistics.median(seconds)
    print(f"{name}: p50 {half:.2f} s, p95 {p95:.2f} s of {INTERACTIVE} s")  # noqa: T201 # a figure
    assert p95 < LIMIT


def _bring(house: House, crowd: list[Said]) -> float:
    began = time.monotonic()
    with httpx.Client(base_url=house.url, timeout=30) as client:
        for post in brought(crowd):
            answer = client.post("/in/pagina/", content=post.body, headers=post.headers)
            assert answer.status_code == 200
    return time.monotonic() - began


def _wake(house: House) -> None:
    """The worker is there, and has loaded what it reads with, before the clock runs."""
    post = next(brought([Said(COMMENTS, "Primo!", "")], post=ANOTHER))
    httpx.post(f"{house.url}/in/pagina/", content=post.body, headers=post.headers, timeout=30)
    _until(lambda: Mention.objects.exists() and not _is_busy())


def _heard() -> QuerySet[Mention]:
    return Mention.objects.filter(board__key=f"facebook:{POST}")


def _monitor(channel: Channel) -> None:
    Monitor.objects.create(
        name="Noi",
        rule={"any": ["linea", "fattura", "trasloco", "disdetta", "modem"]},
        team=channel.team,
        made_at=make.LONG_AGO,
        changed_at=make.LONG_AGO,
    )


def _deleted(crowd: list[Said]) -> int:
    return sum(one.is_deleted for one in crowd)


def _is_sorted() -> bool:
    return Alert.objects.filter(kind="BOARD").exists() and not _is_busy()


def _is_busy() -> bool:
    names = ("channels.read", "listening.", "triage.", "alerts.")
    waiting = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    return any(job.startswith(names) for job in waiting.values_list("task_name", flat=True))


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, f"{Mention.objects.count()} mentions only"
        time.sleep(0.2)
