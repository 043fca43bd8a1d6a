"""Mails shuffled and doubled, processes killed with -9: nothing lost or twice (F1, F4, F8)."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from tests import make
from tests.faults.theatre import Theatre
from tests.mailservers.fixtures import mail_world
from tests.mailservers.world import MailWorld, UserBox, until

__all__ = ["mail_world"]
pytestmark = pytest.mark.mailserver
CUSTOMERS = "clienti@casa.example"  # everybody's mailbox: clienti+1, clienti+2 …

PLACED = "select count(*)::int from cases_message where item_id is not null"
UNREAD = "select count(*)::int from channels_arrival where read_at is null"
STUCK = """
select count(*)::int from procrastinate_jobs job
left join procrastinate_workers worker on worker.id = job.worker_id
where job.status in ('doing', 'failed') and worker.id is null
"""
WORKERS = "select count(*)::int from procrastinate_workers"
UNSENT = "select count(*)::int from channels_outgoing where sent_at is null"
MAYBE_TWICE = "select message_id from channels_outgoing where maybe_twice"
PLACES = """
select i.message_id, count(*)::int from channels_item i
left join cases_message m on m.item_id = i.id group by i.message_id having count(*) <> 1
"""
ENTRIES = """
select facts->>'item', count(*)::int from timeline_entry
where kind = 'cases.heard' group by 1 having count(*) <> 1
"""


@pytest.fixture
def theatre(mail_world: MailWorld) -> Iterator[Theatre]:
    address = f"prova{random.randrange(10**6)}@azienda.example"  # noqa: S311 # only to be new
    box = mail_world.add_user(address)
    with tempfile.TemporaryDirectory(prefix="af-") as folder:
        Path(folder).chmod(0o755)  # as root, the database runs under another account
        stage = Theatre(Path(folder) / "var", box, mail_world, random.Random(7))  # noqa: S311
        try:
            yield stage
        finally:
            stage.close()


def mails(number: int, dice: random.Random) -> list[bytes]:
    """Plain ones, replies to earlier ones and HTML; shuffled, a tenth of them twice."""
    made = []
    for at in range(number):
        person = at % max(3, number // 4)
        earlier = dice.randrange(at) if at and dice.random() < 0.3 else None
        follows = earlier is not None and earlier % max(3, number // 4) == person
        made.append(
            make.mail(
                f"Messaggio {at}, la linea non va. {'molto ' * dice.randrange(200)}",
                subject=f"Richiesta {person}",
                sender=f"Cliente {person} <clienti+{person}@casa.example>",
                message_id=f"<{at}.prova@casa.example>",
                in_reply_to=f"<{earlier}.prova@casa.example>" if follows else "",
            )
        )
    made += dice.sample(made, number // 10)
    dice.shuffle(made)
    return made


def play(theatre: Theatre, *, number: int, kills: int, seconds: float) -> None:
    """Deliver while killing, then look at the ledger."""
    letters = mails(number, theatre.dice)
    blows = sorted(theatre.dice.sample(range(len(letters)), kills))
    of_the_database = blows[len(blows) // 2]
    theatre.world.add_user(CUSTOMERS)
    theatre.open()
    assert theatre.wait_until(WORKERS, 1, seconds=120) == 1
    for at, raw in enumerate(letters):
        theatre.box.put(raw)
        if at == of_the_database:
            theatre.kill_the_database()
        elif at in blows:
            theatre.kill_a_part()

    placed = theatre.wait_until(PLACED, number, seconds=seconds)

    assert placed == number
    # What came twice may be the last to be read: it adds no message to wait for.
    assert theatre.wait_until(UNREAD, 0, seconds=60) == 0
    assert theatre.ask(PLACES) == []
    assert theatre.ask(ENTRIES) == []
    assert theatre.wait_until(STUCK, 0, seconds=60) == 0
    check_receipts(theatre, people=max(3, number // 4))
    assert {"database", "worker"} <= set(theatre.killed)
    assert len(theatre.killed) >= kills - 1


def check_receipts(theatre: Theatre, *, people: int) -> None:
    """Every writer got his one receipt. Twice only the same mail, and only where we said so."""
    assert theatre.wait_until(UNSENT, 0, seconds=300) == 0
    inbox = theatre.world.mailbox(CUSTOMERS)
    until(lambda: len(set(message_ids(inbox))) >= people, seconds=60)
    arrived = Counter(message_ids(inbox))

    assert len(arrived) == people
    twice = {message_id for message_id, count in arrived.items() if count > 1}
    assert twice <= {str(message_id) for (message_id,) in theatre.ask(MAYBE_TWICE)}


def message_ids(inbox: UserBox) -> list[str]:
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in inbox.messages()]


def test_a_short_round_of_kills_loses_and_doubles_nothing(theatre: Theatre) -> None:
    play(theatre, number=120, kills=4, seconds=120)


@pytest.mark.faults
def test_two_thousand_mails_and_twenty_kills(theatre: Theatre) -> None:
    play(theatre, number=2_000, kills=21, seconds=900)
