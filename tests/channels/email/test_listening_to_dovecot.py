"""From a real mailbox to an arrival in the database, whatever breaks on the way."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import DataError, connection
from pytest_django import Settings

from ascolto.channels.adapters.email.catching_up import Cursor, Found
from ascolto.channels.adapters.email.ledger import ChannelLedger
from ascolto.channels.adapters.email.listener import NotMine
from ascolto.channels.adapters.email.listeners import MailListeners
from ascolto.channels.models import Arrival, Channel, Health
from ascolto.kit.secrets import seal
from tests import make
from tests.mailservers.proxy import Proxy
from tests.mailservers.world import PASSWORD, MailWorld, until

pytestmark = [pytest.mark.usefixtures("real_queue")]


def now() -> datetime:
    return datetime.now(UTC)


def letter(number: int, size: int = 50) -> bytes:
    return make.mail("x" * size, message_id=f"<{number}@casa.example>", subject=f"Numero {number}")


def channel(address: str, port: int, *, password: str = PASSWORD) -> Channel:
    made = make.mailbox(address.partition("@")[0])
    imap = {"host": "127.0.0.1", "port": port, "security": "plain", "user": address}
    made.settings = {"imap": imap}
    made.secret = seal(json.dumps({"imap_password": password}))
    made.save()
    return made


@contextmanager
def listening() -> Iterator[None]:
    stop = threading.Event()
    listeners = MailListeners(stop, clock=now, reload_seconds=0.3)
    listeners.start()
    try:
        yield
    finally:
        stop.set()
        listeners.join(60)
        assert not listeners.is_alive()


def arrived(of: Channel, count: int) -> Callable[[], bool]:
    return lambda: Arrival.objects.filter(channel=of).count() == count


@pytest.mark.mailserver
def test_two_mailboxes_are_listened_to_and_each_letter_is_kept_once(mail_world: MailWorld) -> None:
    first, second = (mail_world.add_user(f"{name}@azienda.example") for name in ("una", "due"))
    port = mail_world.dovecot.imap_port
    one, two = channel(first.address, port), channel(second.address, port)
    first.put(letter(1))

    with listening():
        until(arrived(one, 1))
        second.put(letter(2))
        mail_world.send("giulia@casa.example", first.address, letter(3))
        until(arrived(one, 2))
        until(arrived(two, 1))

    one.refresh_from_db()
    assert one.cursor["last_uid"] == 2
    raws = [bytes(one.raw.content) for one in Arrival.objects.filter(channel=one).order_by("pk")]
    assert raws[0].replace(b"\r\n", b"\n") == letter(1)
    assert Health.objects.get(channel=one, way="IN").well_at is not None


@pytest.mark.mailserver
def test_a_moved_mailbox_and_a_bad_wire_lose_and_double_nothing(mail_world: MailWorld) -> None:
    box = mail_world.add_user("guasti@azienda.example")
    for n in range(12):
        box.put(letter(n, size=4000))

    with Proxy(mail_world.dovecot.imap_port) as proxy:
        proxy.weather.cut_after = 32_000
        it = channel(box.address, proxy.port)
        with listening():
            until(arrived(it, 12))  # though no connection lives long enough for all of them
            assert proxy.connections >= 2
            proxy.weather.cut_after = None
            mail_world.dovecot.forget_uids(box.address)
            box.put(letter(99))
            until(arrived(it, 13))

    texts = {bytes(one.raw.content) for one in Arrival.objects.filter(channel=it)}
    assert {text.replace(b"\r\n", b"\n") for text in texts} == {
        letter(99), *(letter(n, size=4000) for n in range(12))
    }  # fmt: skip


@pytest.mark.mailserver
def test_a_wrong_password_is_an_alarm_and_a_mended_one_works_at_once(
    mail_world: MailWorld,
) -> None:
    box = mail_world.add_user("chiave@azienda.example")
    box.put(letter(1))
    it = channel(box.address, mail_world.dovecot.imap_port, password="canarino")  # noqa: S106 - a wrong one

    with listening():
        until(lambda: Health.objects.filter(channel=it, failing_since__isnull=False).exists())
        sick = Health.objects.get(channel=it, way="IN")
        channel(box.address, mail_world.dovecot.imap_port)
        until(arrived(it, 1))

    assert "canarino" not in sick.error
    assert Health.objects.get(channel=it, way="IN").failing_since is None


@pytest.mark.mailserver
def test_a_restarted_server_is_listened_to_again(mail_world: MailWorld) -> None:
    box = mail_world.add_user("riavvio@azienda.example")
    it = channel(box.address, mail_world.dovecot.imap_port)

    with listening():
        box.put(letter(1))
        until(arrived(it, 1))
        mail_world.dovecot.kill()
        mail_world.dovecot.start()
        box.put(letter(2))
        until(arrived(it, 2))


@pytest.mark.mailserver
def test_a_giant_is_in_quarantine_where_somebody_sees_it(
    mail_world: MailWorld, settings: Settings
) -> None:
    settings.LARGEST_MESSAGE = 300_000
    box = mail_world.add_user("gigante@azienda.example")
    box.put(letter(1, size=900_000))
    box.put(letter(2))
    it = channel(box.address, mail_world.dovecot.imap_port)

    with listening():
        until(arrived(it, 2))

    giant, small = Arrival.objects.filter(channel=it).order_by("pk")
    assert giant.quarantine_reason == "messaggio troppo grande: 1 MB"
    assert giant.quarantined_at is not None
    assert b"Subject: Numero 1" in bytes(giant.raw.content)
    assert small.quarantined_at is None


def test_letters_and_cursor_are_kept_both_or_neither() -> None:
    it = make.mailbox()
    ledger = ChannelLedger(it.pk, clock=now)
    assert ledger.claim()
    found = Found(4, letter(1), "uno", {"uid": 4})

    with pytest.raises(DataError):
        ledger.keep([found, Found(5, letter(2), "due", {"x": "\0"})], Cursor(1, 5))
    assert ledger.cursor() is None
    assert not Arrival.objects.exists()

    ledger.keep([found], Cursor(1, 4))
    assert ledger.cursor() == Cursor(1, 4)
    assert Arrival.objects.get().external_id == "uno"


def test_who_has_lost_the_mailbox_to_another_host_writes_nothing_more() -> None:
    it = make.mailbox()
    slow, quick = ChannelLedger(it.pk, clock=now), ChannelLedger(it.pk, clock=now)
    assert slow.claim()
    assert not quick.claim()
    _expire_leases()
    assert quick.claim()

    with pytest.raises(NotMine):
        slow.keep([Found(1, letter(1), "uno", {})], Cursor(1, 1))

    assert not slow.claim()
    assert not Arrival.objects.exists()


def test_settings_that_make_no_sense_are_an_alarm_and_harm_no_other_mailbox() -> None:
    it = make.mailbox()
    it.settings = {"imap": {"host": "imap.azienda.example", "prot": 993}}
    it.save()

    with listening():
        until(lambda: Health.objects.filter(channel=it).exists())

    assert "imap.prot" in Health.objects.get(channel=it).error


def _expire_leases() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update kit_lease set until_at = clock_timestamp() - interval '1 second'")
