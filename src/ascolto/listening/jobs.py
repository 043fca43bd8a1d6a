import logging

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.kit.work import later
from ascolto.listening import services
from ascolto.timeline.queries import deed
from ascolto.timeline.references import referred
from ascolto.timeline.registry import follow

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2)
FIRST = 10  # before what only makes more work: somebody must know now

logger = logging.getLogger("ascolto.listening")


@app.task(name="listening.hear", queue="intake", retry=AGAIN)
def hear(*, subjects: list[str], **_later_arguments: object) -> None:
    """Make mentions of what was heard. If they fail together, each is tried again alone."""
    item_ids = [referred(subject, kind="item") for subject in subjects]
    if len(item_ids) == 1:
        services.hear_posts(item_ids, now=timezone.now())
        return
    try:
        with transaction.atomic():
            services.hear_posts(item_ids, now=timezone.now())
    except Exception:
        logger.exception("%d posts could not be heard together", len(item_ids))
        for subject in subjects:
            later("listening.hear", subjects=[subject])


@app.task(name="listening.alert", queue="intake", retry=AGAIN, priority=FIRST)
def alert(*, subjects: list[str], **_later_arguments: object) -> None:
    """Tell whoever is on duty of those that somebody must see now. Alone, if they fail together."""
    ids = [referred(subject, kind="mention") for subject in subjects]
    if len(ids) == 1:
        services.alert(ids, now=timezone.now())
        return
    try:
        services.alert(ids, now=timezone.now())
    except Exception:
        logger.exception("%d mentions could not be alerted together", len(ids))
        for subject in subjects:
            later("listening.alert", subjects=[subject])


@app.task(name="listening.sort_board", queue="work", retry=AGAIN)
def sort_board(*, board_id: int, **_later_arguments: object) -> None:
    """Give what is new under a post of ours its causes; warn its owner if it is time."""
    services.sort_board(board_id, now=timezone.now())


@app.task(name="listening.repost", queue="outbox", retry=AGAIN)
def repost(*, repost_id: int, **_later_arguments: object) -> None:
    """Pass a post on, if nobody thought again."""
    services.carry_repost(repost_id, now=timezone.now())


@app.task(name="listening.withdraw", queue="outbox", retry=AGAIN)
def withdraw(*, repost_id: int, **_later_arguments: object) -> None:
    """Take back what was passed on."""
    services.withdraw_repost(repost_id, now=timezone.now())


@app.task(name="listening.answers_left", queue="work", retry=AGAIN)
def answers_left(*, entry_ids: list[int], **_later_arguments: object) -> None:
    """Messages of ours have left: stamp what they answer."""
    outgoing = [int(deed(entry_id).facts["outgoing"]) for entry_id in entry_ids]
    services.answers_left(outgoing, now=timezone.now())


@app.task(name="listening.answers_failed", queue="work", retry=AGAIN)
def answers_failed(*, entry_ids: list[int], **_later_arguments: object) -> None:
    """Messages of ours will not arrive: what they were to answer waits again."""
    outgoing = [int(deed(entry_id).facts["outgoing"]) for entry_id in entry_ids]
    services.answers_failed(outgoing, now=timezone.now())


follow("channels.post_heard", job="listening.hear")
follow("listening.mentioned", job="listening.alert")
follow("listening.changed", job="listening.alert")
follow("channels.sent", job="listening.answers_left")
follow("channels.delivery_failed", job="listening.answers_failed")
