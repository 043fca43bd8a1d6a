"""Which letters of a mailbox are new, and that each of them comes whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ascolto.channels.adapters.email.catching_up import PIECE, Cursor, batches, start_of
from ascolto.channels.adapters.email.fake import FakeMailbox, FakeStore

TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)


@dataclass
class Odd(FakeMailbox):
    """A server that gives shorter pieces than it was asked for, and cannot count."""

    store: FakeStore
    shortest: int = PIECE
    announces: int = 0
    asked: int = 0

    def __post_init__(self) -> None:
        super().__init__(self.store)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        return {uid: size + self.announces for uid, size in super().sizes(uids).items()}

    def piece(self, uid: int, start: int, most: int) -> bytes | None:
        self.asked += 1
        piece = super().piece(uid, start, most)
        return piece and piece[: self.shortest]


def long_letter(size: int = 5 * 1024 * 1024 + 7) -> tuple[FakeStore, bytes]:
    store, raw = FakeStore(), (b"Subject: x\r\n\r\n" + b"x" * size)[:size]
    store.put(raw)
    return store, raw


def found(box: FakeMailbox, start: Cursor) -> list[bytes]:
    return [one.raw for batch in batches(box, start, largest=10**8) for one in batch.found]


def test_where_it_is_still_yesterday_for_the_server_new_mail_is_new() -> None:
    store = FakeStore()
    box = FakeMailbox(store)
    start = start_of(box, None, new_only=True, today=TODAY)
    store.put(b"after midnight", on=YESTERDAY)

    assert found(box, start) == [b"after midnight"]


def test_an_old_letter_moved_into_a_mailbox_is_new_by_its_number() -> None:
    store = FakeStore()
    store.put(b"was there", on=date(2020, 1, 1))
    box = FakeMailbox(store)
    start = start_of(box, None, new_only=True, today=TODAY)
    store.put(b"moved here", on=date(2020, 1, 2))

    assert found(box, start) == [b"moved here"]


def test_a_renumbered_mailbox_is_read_from_the_day_the_channel_began() -> None:
    store = FakeStore()
    store.put(b"was there", on=date(2020, 1, 1))
    start = start_of(FakeMailbox(store), None, new_only=True, today=TODAY)
    store.put(b"came later", on=TODAY)
    store.renumber()
    box = FakeMailbox(store)

    again = start_of(box, start, new_only=True, today=TODAY + timedelta(days=30))

    assert found(box, again) == [b"came later"]


def test_a_short_piece_is_not_taken_for_the_end_of_a_message() -> None:
    store, raw = long_letter()

    assert found(Odd(store, shortest=PIECE // 2 + 1), Cursor(1, 0)) == [raw]


def test_a_message_that_came_whole_is_not_asked_for_again() -> None:
    store, raw = long_letter(2 * PIECE)
    box = Odd(store)

    assert found(box, Cursor(1, 0)) == [raw]
    assert box.asked == 2


def test_of_a_server_that_announces_too_little_nothing_is_cut_off() -> None:
    store, raw = long_letter()

    assert found(Odd(store, announces=-1000), Cursor(1, 0)) == [raw]


def test_a_server_that_announces_too_much_is_asked_once_more_and_believed() -> None:
    store, raw = long_letter()
    box = Odd(store, announces=+1000)

    assert found(box, Cursor(1, 0)) == [raw]
    assert box.asked == 3 + 2
