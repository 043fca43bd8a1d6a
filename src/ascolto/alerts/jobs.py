from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.alerts import services
from ascolto.alerts.services.watching import promises_warned
from ascolto.timeline.registry import follow


@app.task(name="alerts.tell", queue="work", retry=RetryStrategy(max_attempts=4, exponential_wait=3))
def tell(*, notice_ids: list[int], **_later_arguments: object) -> None:
    """Bring alerts to people. A way that is blocked is tried again by itself."""
    services.tell(notice_ids, clock=timezone.now)


@app.task(name="alerts.promises_warned", queue="work", retry=RetryStrategy(max_attempts=4))
def of_promises(*, subjects: list[str], **_later_arguments: object) -> None:
    """Whoever has a rule for it hears of a promise before it runs out."""
    promises_warned(subjects, now=timezone.now())


follow("promises.warned", job="alerts.promises_warned")
