"""Life in the fictional company: somebody writes, and who is answered answers back."""

import logging
import random
import threading
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from ascolto.cases.models import Case, Message
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Arrival, Channel, Outgoing
from ascolto.channels.services import accept
from ascolto.config.demo.cast import PEOPLE, Person
from ascolto.config.demo.letters import Letter, quoting, raw_mail
from ascolto.config.demo.trickle_lines import FRESH, FRESH_ENGLISH, REPLIES, REPLIES_ENGLISH
from ascolto.staff.models import Company

FIRST_AFTER = 12.0  # seconds
BETWEEN = (20.0, 40.0)
READS_FOR = timedelta(seconds=25)  # how long somebody takes to read us and to write back
FORGETS_AFTER = timedelta(hours=2)
ENOUGH = 120  # matters that wait: a demo left alone over a weekend is not to be drowned

logger = logging.getLogger("ascolto.demo")


class Trickle(threading.Thread):
    """Brings one letter every half minute to the front door, while the company is the fiction."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="demo-trickle", daemon=True)
        self._stop_asked = stop
        self._chance = random.Random()  # noqa: S311 # small talk, not a secret

    def run(self) -> None:
        rest = FIRST_AFTER
        while not self._stop_asked.wait(rest):
            rest = self._chance.uniform(*BETWEEN)
            close_old_connections()
            try:
                trickle(now=timezone.now(), chance=self._chance)
            except DatabaseError:
                logger.warning("the demo's trickle could not write; it tries again", exc_info=True)
        close_old_connections()


@transaction.atomic
def trickle(*, now: datetime, chance: random.Random) -> int | None:
    """Let one letter arrive; the id of its arrival, or None where there is nothing to say.

    Whoever was answered and has not written back yet comes first. The company is locked for
    the while, so that nothing can arrive in a house that is being emptied.
    """
    house = Company.objects.select_for_update(of=("self",)).filter(pk=1, is_demo=True).first()
    if house is None:
        return None
    letter = _reply(chance, now=now) or _fresh(chance, now=now)
    if letter is None:
        return None
    channel, raw = letter
    key = external_id(raw)
    return accept(channel.pk, raw, external_id=key, envelope={}, now=now).arrival_id


def _reply(chance: random.Random, *, now: datetime) -> tuple[Channel, bytes] | None:
    """A customer answers what a visitor has just written to him."""
    answered = (
        Outgoing.objects.select_related("channel", "identity__customer", "author")
        .filter(
            automatic=False,
            sent_at__lte=now - READS_FOR,
            sent_at__gt=now - FORGETS_AFTER,
            channel__kind=Channel.Kind.EMAIL,
        )
        .order_by("sent_at")
    )
    for outgoing in answered[:50]:
        key = f"alba-risponde-{outgoing.pk}"
        written_back = Arrival.objects.filter(
            channel=outgoing.channel, external_id__startswith=f"{key}@"
        )
        heard_since = Message.objects.filter(
            case__messages__outgoing=outgoing, item__isnull=False, at__gt=outgoing.queued_at
        )
        if not written_back.exists() and not heard_since.exists():
            return outgoing.channel, raw_mail(_written_back(outgoing, chance, key, now))
    return None


def _written_back(outgoing: Outgoing, chance: random.Random, key: str, now: datetime) -> Letter:
    customer = outgoing.identity.customer
    pool = REPLIES_ENGLISH if customer.language == "en" else REPLIES
    return Letter(
        name=customer.name,
        address=outgoing.identity.value,
        to=outgoing.channel.address,
        subject=outgoing.subject,
        text=quoting(
            chance.choice(pool),
            said=outgoing.text,
            who=outgoing.author.name if outgoing.author else "Alba Telefonia",
            address=outgoing.channel.address,
            at=outgoing.sent_at or now,
        ),
        at=now,
        key=key,
        answers=outgoing.message_id,
    )


def _fresh(chance: random.Random, *, now: datetime) -> tuple[Channel, bytes] | None:
    """Somebody has a new matter, as long as not too many wait already."""
    if Case.objects.filter(resolved_at=None, waiting_since__isnull=False).count() >= ENOUGH:
        return None
    mailbox = Channel.objects.filter(kind=Channel.Kind.EMAIL, settings__demo=True).order_by("pk")
    channel = mailbox.first()
    if channel is None:
        return None
    person = chance.choice(PEOPLE)
    subject, words = chance.choice(FRESH_ENGLISH if person.language == "en" else FRESH)
    return channel, raw_mail(_new_letter(person, channel, subject, words, now))


def _new_letter(
    person: Person, channel: Channel, subject: str, words: str, now: datetime
) -> Letter:
    return Letter(
        name=person.name,
        address=person.address,
        to=channel.address,
        subject=subject,
        text=f"{words}\n\n{person.signs}",
        at=now,
        key=f"alba-{now.timestamp():.0f}",
    )
