from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ascolto.desk import letters


@app.task(
    name="desk.send_letter",
    queue="outbox",
    retry=RetryStrategy(max_attempts=6, exponential_wait=3),
)
def send_letter(*, sealed: str, **_later_arguments: object) -> None:
    """Bring a letter to a colleague to the mail server."""
    letters.send(sealed)
