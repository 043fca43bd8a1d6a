import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ascolto.channels.adapters.email.catching_up import Cursor, Found, Postbox
from ascolto.channels.adapters.email.fake import FakeMailbox, FakeStore
from ascolto.channels.adapters.email.imap import MailboxTrouble, NotGiven, NotLetIn
from ascolto.channels.adapters.email.listener import Habits, Listener
from tests.mailservers.world import until

TODAY = date(2026, 3, 2)
QUICK = Habits(
    largest=100_000, look_every=0.3, first_pause=0.05, longest_pause=0.1,
    pauses_at_the_door=(0.05, 30.0),
)  # fmt: skip


@dataclass
class MemoryLedger:
    """Keeps each letter once, as the database does."""

    letters: dict[str, Found] = field(default_factory=dict)
    offered: int = 0
    known: Cursor | None = None
    mine: bool = True
    away: bool = False
    errors: list[str] = field(default_factory=list)
    well_said: int = 0
    released: bool = False

    def claim(self) -> bool:
        return self.mine

    def release(self) -> None:
        self.released = True

    def cursor(self) -> Cursor | None:
        return self.known

    def keep(self, found: Sequence[Found], cursor: Cursor) -> None:
        if self.away:
            raise RuntimeError("the database is away")
        for one in found:
            self.letters.setdefault(one.external_id, one)
        self.offered += len(found)
        self.known = cursor

    def well(self) -> None:
        self.well_said += 1

    def unwell(self, error: str) -> None:
        self.errors.append(error)

    def today(self) -> date:
        return TODAY

    def forget_connection(self) -> None: ...


def mail(number: int, size: int = 100) -> bytes:
    return b"Subject: %d\r\nMessage-ID: <%d@casa.example>\r\n\r\n%s" % (number, number, b"x" * size)


@contextmanager
def listening(
    ledger: MemoryLedger, open_box: Callable[[], Postbox], habits: Habits = QUICK
) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=Listener(ledger, open_box, habits, stop).run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)
        assert not thread.is_alive()


def test_what_lay_there_and_what_comes_later_is_kept_once_each() -> None:
    store, ledger = FakeStore(), MemoryLedger()
    for n in range(3):
        store.put(mail(n))

    with listening(ledger, lambda: FakeMailbox(store)):
        until(lambda: len(ledger.letters) == 3)
        store.put(mail(3))
        until(lambda: len(ledger.letters) == 4)

    assert ledger.offered == 4
    assert ledger.known == Cursor(store.uidvalidity, 4)
    assert ledger.released
    assert not store.seen


def test_a_mailbox_that_is_to_be_marked_is_marked_after_keeping() -> None:
    store, ledger = FakeStore(), MemoryLedger(away=True)
    store.put(mail(1))

    with listening(ledger, lambda: FakeMailbox(store), replace(QUICK, mark_seen=True)):
        until(lambda: len(ledger.errors) >= 2)
        assert not store.seen
        ledger.away = False
        until(lambda: store.seen == {1})

    assert len(ledger.letters) == 1


def test_news_is_found_also_where_waiting_never_hears_of_it() -> None:
    class Deaf(FakeMailbox):
        def wait(self, seconds: float, stop: threading.Event) -> bool:
            stop.wait(seconds)
            return False

    store, ledger = FakeStore(), MemoryLedger()

    with listening(ledger, lambda: Deaf(store)):
        until(lambda: ledger.well_said > 0)
        store.put(mail(1))
        until(lambda: len(ledger.letters) == 1)


def test_a_renumbered_mailbox_is_read_again_without_doubles() -> None:
    store, ledger = FakeStore(), MemoryLedger()
    for n in range(3):
        store.put(mail(n))

    with listening(ledger, lambda: FakeMailbox(store)):
        until(lambda: len(ledger.letters) == 3)
        store.renumber()
        store.put(mail(9))
        until(lambda: len(ledger.letters) == 4)

    assert ledger.offered == 7
    assert ledger.known == Cursor(2, 4)


def test_a_failing_mailbox_is_said_to_fail_and_tried_again() -> None:
    store, ledger = FakeStore(), MemoryLedger()
    store.put(mail(1))
    trouble = ["spento", "ancora spento"]

    def open_box() -> Postbox:
        if trouble:
            raise MailboxTrouble(trouble.pop(0))
        return FakeMailbox(store)

    with listening(ledger, open_box):
        until(lambda: len(ledger.letters) == 1)

    assert ledger.errors == ["spento", "ancora spento"]


def test_a_wrong_password_is_told_at_once_and_not_hammered() -> None:
    ledger, knocks = MemoryLedger(), threading.Semaphore(0)

    def open_box() -> Postbox:
        knocks.release()
        raise NotLetIn("il server non accetta la password")

    with listening(ledger, open_box):
        until(lambda: len(ledger.errors) == 2)
        threading.Event().wait(0.5)

    assert [knocks.acquire(blocking=False) for _ in range(3)] == [True, True, False]


def test_a_mailbox_another_host_listens_to_is_not_opened() -> None:
    refused: list[bool] = []

    class Refusing(MemoryLedger):
        def claim(self) -> bool:
            refused.extend([] if self.mine else [True])
            return self.mine

    ledger, opened = Refusing(mine=False), threading.Event()
    store = FakeStore()

    def open_box() -> Postbox:
        opened.set()
        return FakeMailbox(store)

    with listening(ledger, open_box):
        until(lambda: len(refused) >= 2)
        assert not opened.is_set()
        ledger.mine = True
        assert opened.wait(60)
        ledger.mine = False
        before = len(refused)
        until(lambda: len(refused) > before)
        store.put(mail(1))
        until(lambda: len(refused) > before + 1)

    assert ledger.letters == {}
    assert ledger.errors == []


def test_a_giant_comes_as_its_beginning_and_says_so() -> None:
    store, ledger = FakeStore(), MemoryLedger()
    store.put(mail(1))
    store.put(mail(2, size=400_000))
    store.put(mail(3))

    with listening(ledger, lambda: FakeMailbox(store)):
        until(lambda: len(ledger.letters) == 3)

    small, giant, last = ledger.letters.values()
    assert giant.raw == mail(2, size=400_000)[: 256 * 1024]
    assert giant.envelope["cut"] == {"size": len(mail(2, size=400_000)), "kept": 256 * 1024}
    assert giant.problem == "messaggio troppo grande: 1 MB"
    assert (small.problem, last.problem) == ("", "")


def test_a_message_the_server_will_not_give_is_shown_and_holds_up_no_other() -> None:
    class Broken(FakeMailbox):
        def fetch(self, uid: int) -> bytes | None:
            if uid == 2:
                raise NotGiven(uid)
            return super().fetch(uid)

    store, ledger = FakeStore(), MemoryLedger()
    for n in range(1, 4):
        store.put(mail(n))

    with listening(ledger, lambda: Broken(store)):
        until(lambda: len(ledger.letters) == 3)

    assert len(ledger.errors) == 3
    assert [one.problem for one in ledger.letters.values()] == [
        "", "il server di posta non consegna il messaggio 2", ""
    ]  # fmt: skip


def test_a_long_message_comes_in_pieces_while_our_right_to_it_is_renewed() -> None:
    class Slow(FakeMailbox):
        def piece(self, uid: int, start: int, most: int) -> bytes | None:
            threading.Event().wait(0.2)
            return super().piece(uid, start, most)

    claims = []

    class Counting(MemoryLedger):
        def claim(self) -> bool:
            claims.append(len(self.letters))
            return self.mine

    store, ledger = FakeStore(), Counting()
    long = mail(1, size=7 * 1024 * 1024)
    store.put(long)

    with listening(ledger, lambda: Slow(store), replace(QUICK, largest=10**8)):
        until(lambda: len(ledger.letters) == 1)

    (only,) = ledger.letters.values()
    assert only.raw == long
    assert claims.count(0) > 2


def test_a_channel_may_begin_with_what_is_new_and_stays_with_it_when_renumbered() -> None:
    store, ledger = FakeStore(), MemoryLedger()
    store.put(mail(1), on=date(2020, 1, 1))

    with listening(ledger, lambda: FakeMailbox(store), replace(QUICK, new_only=True)):
        until(lambda: ledger.well_said > 0)
        store.put(mail(2), on=TODAY)
        until(lambda: len(ledger.letters) == 1)
        store.renumber()
        until(lambda: ledger.known == Cursor(2, 2, TODAY - timedelta(days=1)))

    (only,) = ledger.letters.values()
    assert only.raw == mail(2)


def test_a_message_that_vanishes_while_we_read_stops_nothing() -> None:
    class Vanishing(FakeMailbox):
        def fetch(self, uid: int) -> bytes | None:
            return None if uid == 1 else super().fetch(uid)

    store, ledger = FakeStore(), MemoryLedger()
    store.put(mail(1))
    store.put(mail(2))

    with listening(ledger, lambda: Vanishing(store)):
        until(lambda: len(ledger.letters) == 1)

    assert ledger.known == Cursor(1, 2)


def test_a_full_mailbox_comes_in_batches_and_survives_a_break_between_them() -> None:
    class Breaking(FakeMailbox):
        broken = False

        def fetch(self, uid: int) -> bytes | None:
            if uid == 150 and not Breaking.broken:
                Breaking.broken = True
                raise MailboxTrouble("interrotto")
            return super().fetch(uid)

    store, ledger = FakeStore(), MemoryLedger()
    for n in range(250):
        store.put(mail(n))

    with listening(ledger, lambda: Breaking(store)):
        until(lambda: len(ledger.letters) == 250)

    assert ledger.errors == ["interrotto"]
    assert ledger.offered == 250  # the half of a batch that had come was kept, too
