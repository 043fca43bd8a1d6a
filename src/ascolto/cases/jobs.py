from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.cases import services
from ascolto.cases.services import snoozing
from ascolto.cases.services.bulk import run_bulk
from ascolto.timeline.queries import deed
from ascolto.timeline.registry import follow

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2)


@app.task(name="cases.answer_left", queue="work", retry=AGAIN)
def answer_left(*, entry_ids: list[int], **_later_arguments: object) -> None:
    """Messages of ours have left: stop the clocks they answer."""
    for entry_id in entry_ids:
        services.answer_left(int(deed(entry_id).facts["outgoing"]))


@app.task(name="cases.answer_failed", queue="work", retry=AGAIN)
def answer_failed(*, entry_ids: list[int], **_later_arguments: object) -> None:
    """Messages of ours will not arrive: their customers are waiting again."""
    for entry_id in entry_ids:
        services.answer_failed(int(deed(entry_id).facts["outgoing"]))


@app.task(name="cases.wake_warned", queue="work", retry=AGAIN)
def wake_warned(*, subjects: list[str], **_later_arguments: object) -> None:
    """Clocks run out soon, or did: cases that were put away come back."""
    snoozing.wake_warned(subjects, now=timezone.now())


@app.task(name="cases.bulk", queue="work", retry=AGAIN)
def bulk(*, bulk_id: int, **_later_arguments: object) -> None:
    """One deed on many cases, or its undoing."""
    run_bulk(bulk_id, now=timezone.now())


follow("channels.sent", job="cases.answer_left")
follow("channels.delivery_failed", job="cases.answer_failed")
follow("channels.bounced", job="cases.answer_failed")
follow("promises.warned", job="cases.wake_warned")
follow("promises.overrun", job="cases.wake_warned")
