"""What the rest of Ascolto asks of a channel, and what a channel tells it. Plain values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any, Protocol

from ascolto.people.policy import Sender


class Unreadable(Exception):
    """The bytes cannot be read. They stay, in quarantine, for a person to look at."""


class NotNow(Exception):
    """The carrier said no for the moment: try again later."""

    maybe_delivered = False  # True when the line died after the last byte was handed over
    of_the_channel = True  # False when the carrier works, and only this message has to wait


class Refused(Exception):
    """The carrier said no for good: this message will not arrive this way."""


@dataclass(frozen=True, slots=True)
class HeardFile:
    name: str
    content_type: str
    data: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What came back about a message of ours. `kind` is one of `Evidence.Kind`."""

    kind: str
    message_id: str | None
    address: str = ""
    detail: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What is known of public words beside the words. Empty where a source does not say.

    `key` names the post wherever it is found: the address that its own network gives it
    (at://…, the status URL, a canonical https URL), so that it is the same by every source.
    """

    key: str
    language: str = ""
    reach: int | None = None  # followers of the author
    reactions: int | None = None
    to_us: bool = False  # names us, or stands under something of ours
    parent: str = ""  # key of what it answers
    root: str = ""  # key of where the talk began
    change: str = ""  # of a CHANGE: "EDIT", "DELETE" or "REPOST"
    changes: str = ""  # key of what is changed
    stars: int | None = None  # of a review, 1 to 5
    under: str = ""  # title of what it stands under, for people
    under_url: str = ""  # and its address
    answerable: Mapping[str, Any] = field(default_factory=dict)  # see Parcel.answers


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as read by its channel's adapter. `kind` is one of `Item.Kind`."""

    kind: str = "MESSAGE"
    sender: Sender | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()  # nearest first
    written_at: datetime | None = None
    subject: str = ""
    text: str = ""
    quoted: str = ""
    html: str = ""
    files: Sequence[HeardFile] = ()
    reports: Sequence[DeliveryReport] = ()
    auto: bool = False
    bulk: bool = False
    damaged: tuple[str, ...] = ()
    to: tuple[str, ...] = ()  # whom he wrote to, as written
    cc: tuple[str, ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)
    public: bool = False
    url: str = ""
    profile: str = ""  # the sender's page
    post: Post | None = None  # of POST and CHANGE, always


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message ready to leave, with everything its carrier needs and no database."""

    message_id: str
    from_address: str
    from_name: str
    to_address: str
    to_name: str
    subject: str
    text: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False
    files: Sequence[HeardFile] = ()
    written_at: datetime | None = None
    cc: tuple[str, ...] = ()  # addresses
    public: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)  # where it belongs, as `Post` said
    key: str = ""  # the same at every try: the carrier's idempotency key
    to_key: str = ""  # the address as it is looked up: of a handle, its network's own id
    maybe_twice: bool = False  # it may have been carried already: look, where one can


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier took it. `kind` is one of `Evidence.Kind`."""

    kind: str
    detail: str = ""
    carried_as: str = ""  # what the network calls it from now on: answers will name it
    url: str = ""


@dataclass(frozen=True, slots=True)
class Manners:
    """What a channel expects of what is written there."""

    longest: int | None = None  # in `unit`s; None: no limit that matters
    unit: str = "CHARACTER"  # or "GRAPHEME", "UTF16", "X" (its weighted count)
    public: bool = False  # can answer in public
    private: bool = True  # can answer in private
    aside: bool = False  # can answer in private what was said in public
    subject: bool = False  # has a subject line
    files: bool = False
    within_hours: int | None = None  # after his last words; later only with a template of theirs
    names_him: bool = False  # the answer has to name him, or he is not told


class Reader(Protocol):
    """Turns raw bytes into what was said."""

    def read(self, raw: bytes) -> Heard:
        """Read one message. Raises `Unreadable`; takes at most two seconds."""


class Carrier(Protocol):
    """Brings one message to its reader."""

    def carry(self, parcel: Parcel) -> Sent:
        """Hand the parcel over. Raises `NotNow` or `Refused`."""


class Speaker(Protocol):
    """What a social channel can do beside carrying: pass on, and take back. See `Carrier`."""

    def repost(self, answers: Mapping[str, Any], *, key: str) -> Sent:
        """Pass somebody's post on, as ours. Asked twice with one key, it is done once."""

    def withdraw(self, carried_as: str) -> None:
        """Take back what we said or passed on. Harmless if it is gone. Raises as `carry`."""


@dataclass(frozen=True, slots=True)
class Caught:
    """Raw bytes of one thing that a source said, named as its network names it."""

    raw: bytes
    external_id: str
    envelope: Mapping[str, Any] = field(default_factory=dict)


class NotMine(Exception):
    """Another host listens to this source now: stop, and write nothing more."""


class SourceTrouble(Exception):
    """The source does not answer as it should. It is tried again, later each time.

    `rest` is how long it asked to be left alone, in seconds.
    """

    rest: float = 0.0


class NotLetIn(SourceTrouble):
    """The source knows us, and says no: a person has to renew what opens it."""


class Ear(Protocol):
    """What a source asks of the rest of Ascolto while it listens. One holder across all hosts."""

    def cursor(self) -> dict[str, Any]:
        """Where to go on from, as `keep` stored it; empty the first time."""

    def keep(self, caught: Sequence[Caught], cursor: Mapping[str, Any]) -> None:
        """Keep what was caught and the cursor durably, both or neither. Raises `NotMine`."""

    def wants(self, text: str, *, language: str = "", author: str = "") -> bool:
        """Whether any monitor of this source would match. Fast; for streams of everybody."""

    def kept(self, external_ids: Collection[str]) -> frozenset[str]:
        """Which of these we kept: an edit or a deletion of anything else is nobody's news."""

    def well(self) -> None:
        """The source answers, also when it has nothing to say."""

    def missed(self, *, since: datetime, why: str) -> None:
        """From then on we did not hear. Ends with the next `caught_up`; asked twice, it is one."""

    def caught_up(self, *, found: int, whole: bool = True) -> None:
        """What was missed has been fetched; not `whole` if the source no longer has all of it.

        Whoever is registered with a `silence` says it whenever the present is reached, also when
        nothing was missed.
        """

    def now(self) -> datetime: ...


class Source(Protocol):
    """Listens to one channel."""

    def listen(self, ear: Ear, stop: Event) -> None:
        """Listen until `stop` is set, or raise `SourceTrouble`, `NotLetIn` or `NotMine`.

        Called again after trouble; goes on from `ear.cursor()`. Polling or streaming is its own
        matter; it must look at `stop` at least every second.
        """

    def check(self) -> str:
        """A live test for the settings page: who we are there. Raises `SourceTrouble`."""
