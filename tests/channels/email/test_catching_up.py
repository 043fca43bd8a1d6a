"""Which letters of a mailbox are new, and that each of them comes whole."""

from datetime import date, timedelta

from ascolto.channels.adapters.email.catching_up import Cursor, batches, start_of
from ascolto.channels.adapters.email.fake import FakeMailbox, FakeStore

TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)


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
