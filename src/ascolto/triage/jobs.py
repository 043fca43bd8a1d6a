import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.kit.work import later
from ascolto.timeline.references import referred
from ascolto.timeline.registry import follow
from ascolto.triage import boards, mentions, services

logger = logging.getLogger("ascolto.triage")


@app.task(
    name="triage.place_items",
    queue="intake",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def place_items(*, subjects: list[str], **_later_arguments: object) -> None:
    """Bring what was heard to its case. If they fail together, each is tried again alone."""
    item_ids = [referred(subject, kind="item") for subject in subjects]
    if len(item_ids) == 1:
        services.place_many(item_ids, now=timezone.now())
        return
    try:
        with transaction.atomic():
            services.place_many(item_ids, now=timezone.now())
    except Exception:
        logger.exception("%d items could not be placed together", len(item_ids))
        for subject in subjects:
            later("triage.place_items", subjects=[subject])


@app.task(
    name="triage.consider_mentions",
    queue="intake",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def consider_mentions(*, subjects: list[str], **_later_arguments: object) -> None:
    """Bring what was said in public to its case, if it has one. Alone, if they fail together."""
    ids = [referred(subject, kind="mention") for subject in subjects]
    if len(ids) == 1:
        services.consider_mentions(ids, now=timezone.now())
        return
    try:
        services.consider_mentions(ids, now=timezone.now())
    except Exception:
        logger.exception("%d mentions could not be considered together", len(ids))
        for subject in subjects:
            later("triage.consider_mentions", subjects=[subject])


@app.task(
    name="triage.propose_likenesses",
    queue="slow",
    retry=RetryStrategy(max_attempts=4, exponential_wait=4),
)
def propose_likenesses(*, case_ids: list[int], **_later_arguments: object) -> None:
    """Look whom those who opened these cases may be."""
    services.propose_likenesses(case_ids, now=timezone.now())


@app.task(
    name="triage.read_apart",
    queue="intake",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def read_apart(*, subjects: list[str], **_later_arguments: object) -> None:
    """Records were read as one and are two again: so are the cases they shared."""
    ids = [referred(subject, kind="customer") for subject in subjects]
    services.read_apart(ids, now=timezone.now())


@app.task(
    name="triage.seen_to",
    queue="work",
    retry=RetryStrategy(max_attempts=4, exponential_wait=2),
)
def seen_to(*, subjects: list[str], **_later_arguments: object) -> None:
    """Whoever has a case needs no alert of it any more."""
    ids = [referred(subject, kind="case") for subject in subjects]
    mentions.seen_to(ids, now=timezone.now())


@app.task(
    name="triage.answer_all",
    queue="work",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def answer_all(*, answer_id: int, **_later_arguments: object) -> None:
    """Say to each of them what was written for all, unless its author thought again."""
    boards.carry_answer(answer_id, now=timezone.now())


@app.task(
    name="triage.gather_cause",
    queue="work",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def gather_cause(
    *, cause_id: int = 0, subjects: Sequence[str] = (), **_later_arguments: object
) -> None:
    """Bring everybody of a cause to the one case that leads it."""
    ids = [referred(subject, kind="cause") for subject in subjects]
    for pk in dict.fromkeys(ids or [cause_id]):
        boards.gather(pk, now=timezone.now())


@app.task(
    name="triage.choose_teams",
    queue="work",
    retry=RetryStrategy(max_attempts=8, exponential_wait=2),
)
def choose_teams(*, subjects: list[str], **_later_arguments: object) -> None:
    """Give new causes to those who can do what they are about."""
    ids = [referred(subject, kind="cause") for subject in subjects]
    boards.choose_teams(ids, now=timezone.now())


follow("channels.item_heard", job="triage.place_items")
follow("listening.mentioned", job="triage.consider_mentions")
follow("listening.cause_found", job="triage.choose_teams")
follow("listening.cause_grew", job="triage.gather_cause")
follow("people.unmerged", job="triage.read_apart")
follow("cases.assigned", job="triage.seen_to")
follow("cases.resolved", job="triage.seen_to")
