"""Mail without a net: a mailbox and a carrier in memory, for tests and for trying Ascolto out.

They keep the same promises as the real ones; the contract tests run on both.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Self

from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.adapters.email.imap import MailboxTrouble
from ascolto.channels.adapters.email.outgoing_headers import wire_address
from ascolto.channels.ports import NotNow, Parcel, Refused, Sent


@dataclass
class FakePostOffice:
    """Mailboxes by address. An address that is not here does not exist."""

    boxes: dict[str, "FakeStore"] = field(default_factory=dict)

    def add_user(self, address: str) -> "FakeStore":
        return self.boxes.setdefault(address.casefold(), FakeStore())


@dataclass
class FakeStore:
    """What lies in one mailbox on its server, whoever is connected."""

    uidvalidity: int = 1
    letters: dict[int, tuple[bytes, date]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    next_uid: int = 1
    changed: threading.Condition = field(default_factory=threading.Condition)

    def put(self, raw: bytes, *, on: date | None = None) -> int:
        with self.changed:
            uid = self.next_uid
            self.letters[uid] = (raw, on or datetime.now(UTC).date())  # noqa: TID251 - a server
            self.next_uid += 1
            self.changed.notify_all()
            return uid

    def renumber(self) -> None:
        """What a restored or moved mailbox looks like."""
        with self.changed:
            self.uidvalidity += 1
            self.letters = dict(enumerate(self.letters.values(), start=1))
            self.seen.clear()
            self.next_uid = len(self.letters) + 1


class FakeMailbox:
    """Implements `catching_up.Postbox` on a `FakeStore`."""

    can_idle = True

    def __init__(self, store: FakeStore) -> None:
        self._store = store
        self._open = True
        self.uidvalidity = store.uidvalidity

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._open = False

    def count(self) -> int:
        return len(self.uids_after(0))

    def uids_after(self, uid: int, *, since: date | None = None) -> list[int]:
        letters = self._letters().items()
        return sorted(
            one for one, (_, day) in letters if one > uid and (since is None or day >= since)
        )

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        letters = self._letters()
        return {uid: len(letters[uid][0]) for uid in uids if uid in letters}

    def fetch(self, uid: int) -> bytes | None:
        letter = self._letters().get(uid)
        return letter[0] if letter else None

    def piece(self, uid: int, start: int, most: int) -> bytes | None:
        raw = self.fetch(uid)
        return None if raw is None else raw[start : start + most]

    def mark_seen(self, uids: Sequence[int]) -> None:
        self._store.seen.update(uid for uid in uids if uid in self._letters())

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """In steps, so that `stop` is noticed."""
        known = self._store.next_uid
        with self._store.changed:
            for _ in range(max(1, round(seconds / 0.05))):
                if stop.is_set() or self._store.next_uid != known:
                    break
                self._store.changed.wait(0.05)
        return self._store.next_uid != known

    def _letters(self) -> dict[int, tuple[bytes, date]]:
        if not self._open or self._store.uidvalidity != self.uidvalidity:
            raise MailboxTrouble("la connessione è chiusa")
        return self._store.letters


class FakeCarrier:
    """Implements `ports.Carrier`: delivers into a `FakePostOffice`.

    `away` makes it say "not now"; `sent` remembers what it took.
    """

    def __init__(self, office: FakePostOffice) -> None:
        self._office = office
        self.away = False
        self.sent: list[Parcel] = []

    def carry(self, parcel: Parcel) -> Sent:
        try:
            raw = compose(parcel)
            to = wire_address(parcel.to_address)
        except ValueError as problem:
            raise Refused(str(problem)) from None
        if self.away:
            raise NotNow("connessione: il server non risponde")
        box = self._office.boxes.get(to.casefold())
        if box is None:
            raise Refused("RCPT TO: 550 no such mailbox")
        box.put(raw)
        self.sent.append(parcel)
        return Sent("SMTP_ACCEPTED", "kept in memory")
