from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.cases import services
from ascolto.timeline.queries import deed
from ascolto.timeline.registry import follow

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2)


@app.task(name="cases.answer_left", queue="work", retry=AGAIN)
def answer_left(*, entry_id: int, **_later_arguments: object) -> None:
    """A message of ours has left: stop the clocks it answers."""
    services.answer_left(int(deed(entry_id).facts["outgoing"]))


@app.task(name="cases.answer_failed", queue="work", retry=AGAIN)
def answer_failed(*, entry_id: int, **_later_arguments: object) -> None:
    """A message of ours will not arrive: the customer is waiting again."""
    services.answer_failed(int(deed(entry_id).facts["outgoing"]))


follow("channels.sent", job="cases.answer_left")
follow("channels.delivery_failed", job="cases.answer_failed")
follow("channels.bounced", job="cases.answer_failed")
