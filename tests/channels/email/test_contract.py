"""The promises of a mailbox and a carrier, kept by the fake and by Dovecot and Postfix alike."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from ascolto.channels.adapters.email.catching_up import Postbox
from ascolto.channels.adapters.email.fake import FakeCarrier, FakeMailbox, FakePostOffice
from ascolto.channels.adapters.email.imap import ImapMailbox
from ascolto.channels.adapters.email.settings import Server
from ascolto.channels.adapters.email.smtp import SmtpCarrier
from ascolto.channels.ports import Carrier, Refused
from tests.channels.email.test_compose import PARCEL
from tests.mailservers.world import PASSWORD, MailWorld, until

RAW = b"From: giulia@casa.example\r\nSubject: %d\r\nMessage-ID: <%d@casa.example>\r\n\r\nciao\r\n"


@dataclass
class Place:
    """One mailbox somewhere, and a carrier that can reach it."""

    address: str
    put: Callable[[bytes], object]
    open: Callable[[], Postbox]
    carrier: Carrier
    seen: Callable[[], int]


_count = iter(range(1000))


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.mailserver)])
def place(request: pytest.FixtureRequest) -> Place:
    address = f"contratto{next(_count)}@azienda.example"
    if request.param == "fake":
        return _fake(address)
    return _real(address, request.getfixturevalue("mail_world"))


def _fake(address: str) -> Place:
    office = FakePostOffice()
    store = office.add_user(address)
    return Place(
        address,
        store.put,
        lambda: FakeMailbox(store),
        FakeCarrier(office),
        lambda: len(store.seen),
    )


def _real(address: str, world: MailWorld) -> Place:
    box = world.add_user(address)
    trusted = str(world.certificates.authority)
    imap = Server("127.0.0.1", world.dovecot.imaps_port, "tls", address, PASSWORD, trusted)
    smtp = Server(
        "127.0.0.1", world.postfix.submission_port, "starttls", address, PASSWORD, trusted
    )
    return Place(
        address,
        box.put,
        lambda: ImapMailbox(imap, writable=True),
        SmtpCarrier(smtp),
        lambda: sum("\\Seen" in line for line in box.flags()),
    )


def test_an_empty_mailbox_has_nothing_and_a_validity(place: Place) -> None:
    with place.open() as box:
        assert (box.count(), box.uids_after(0), box.sizes([])) == (0, [], {})
        assert box.uidvalidity > 0


def test_messages_come_in_order_and_whole(place: Place) -> None:
    letters = [RAW % (n, n) for n in range(5)]
    for letter in letters:
        place.put(letter)

    with place.open() as box:
        uids = box.uids_after(0)
        assert uids == sorted(uids)
        assert [box.fetch(uid) for uid in uids] == letters
        assert box.sizes(uids) == {
            uid: len(letter) for uid, letter in zip(uids, letters, strict=True)
        }


def test_only_what_is_newer_than_a_uid_is_named(place: Place) -> None:
    for n in range(3):
        place.put(RAW % (n, n))

    with place.open() as box:
        first, second, third = box.uids_after(0)
        assert box.uids_after(first) == [second, third]
        assert box.uids_after(third) == []
        assert box.uids_after(third + 100) == []


def test_what_is_not_there_is_none_and_not_an_error(place: Place) -> None:
    with place.open() as box:
        assert box.fetch(99) is None
        assert box.piece(99, 0, 10) is None
        assert box.sizes([99]) == {}


def test_the_beginning_of_a_giant_can_be_had_alone(place: Place) -> None:
    place.put(RAW % (1, 1) + b"x" * 100_000)

    with place.open() as box:
        uid = box.uids_after(0)[0]
        assert box.piece(uid, 0, 40) == (RAW % (1, 1))[:40]


def test_pieces_make_up_the_whole_and_end_with_a_short_one(place: Place) -> None:
    raw = RAW % (1, 1) + b"x" * 2000
    place.put(raw)

    with place.open() as box:
        uid = box.uids_after(0)[0]
        pieces = [box.piece(uid, start, 1000) for start in (0, 1000, 2000, len(raw))]

    assert pieces == [raw[:1000], raw[1000:2000], raw[2000:], b""]


def test_reading_marks_nothing_until_we_say_so(place: Place) -> None:
    place.put(RAW % (1, 1))
    with place.open() as box:
        uids = box.uids_after(0)
        box.fetch(uids[0])
        box.piece(uids[0], 0, 5)
    assert place.seen() == 0

    with place.open() as box:
        box.mark_seen(uids)

    assert place.seen() == 1


def test_only_what_arrived_since_a_day_is_named(place: Place) -> None:
    place.put(RAW % (1, 1))
    today = datetime.now(UTC).date()

    with place.open() as box:
        assert box.uids_after(0, since=today - timedelta(days=1)) == box.uids_after(0)
        assert box.uids_after(0, since=today + timedelta(days=2)) == []


def test_news_ends_the_waiting(place: Place) -> None:
    with place.open() as box:
        assert box.can_idle
        soon = threading.Timer(0.3, place.put, [RAW % (1, 1)])
        soon.start()
        start = time.monotonic()

        assert box.wait(120, threading.Event())

        soon.join()
        assert time.monotonic() - start < 60
        assert len(box.uids_after(0)) == 1


def test_waiting_ends_when_it_is_time_or_when_told(place: Place) -> None:
    stop = threading.Event()

    with place.open() as box:
        # A server may say a word of its own of a mailbox it has just made.
        until(lambda: not box.wait(0.6, stop))
        stop.set()
        start = time.monotonic()
        assert not box.wait(120, stop)
        assert time.monotonic() - start < 60
        assert box.count() == 0  # and the connection can still be used


def test_a_parcel_comes_to_the_mailbox_it_is_for(place: Place) -> None:
    parcel = replace(PARCEL, from_address=place.address, to_address=place.address)

    sent = place.carrier.carry(parcel)

    assert sent.kind == "SMTP_ACCEPTED"
    with place.open() as box:
        until(lambda: bool(box.uids_after(0)))
        raw = box.fetch(box.uids_after(0)[0])
    assert raw is not None
    assert parcel.message_id.encode() in raw


def test_an_address_that_cannot_be_is_refused(place: Place) -> None:
    with pytest.raises(Refused):
        place.carrier.carry(replace(PARCEL, from_address=place.address, to_address="nessuno"))
