"""Mentions that are heard together, until they are written with a handful of statements."""

from dataclasses import dataclass, field
from datetime import datetime

from ascolto.channels.services.forgetting import forget_words
from ascolto.listening.models import Match, Mention, Monitor, Place
from ascolto.listening.services.boarding import give_lanes, put_on_boards, sort_later
from ascolto.listening.services.quoting import quote_anew
from ascolto.listening.services.said import Said
from ascolto.listening.services.tallying import count_in
from ascolto.timeline.services import Happened, record_many

CHANGED = [
    "text", "language", "kind", "needs_care", "angry", "reading", "standing", "reach", "reactions",
    "reposts", "edited_at", "gone_at", "settled_at", "lane", "abusive", "doubtful",
]  # fmt: skip


@dataclass(slots=True)
class Batch:
    """What is known of these posts, what is new, and what has changed."""

    now: datetime
    by_key: dict[str, Mention] = field(default_factory=dict)
    by_likeness: dict[str, Mention] = field(default_factory=dict)
    places: set[tuple[int, str]] = field(default_factory=set)  # channel and key: they are written
    new: list[Mention] = field(default_factory=list)
    new_places: list[Place] = field(default_factory=list)
    new_matches: list[Match] = field(default_factory=list)
    changed: dict[int, tuple[Mention, str]] = field(default_factory=dict)  # and how

    def know(self, mention: Mention) -> None:
        self.by_key[mention.key] = mention
        if mention.likeness and mention.gone_at is None:  # said anew, it is said anew
            self.by_likeness[mention.likeness] = mention

    def add(self, said: Said) -> None:
        """Something said that nobody has told us of before."""
        item, understood = said.item, said.understood
        mention = Mention(
            key=said.key,
            likeness=said.likeness,
            item=item,
            channel=item.channel,
            identity=item.identity,
            author_name=said.author_name,
            url=item.url,
            under=str(said.post.get("under") or "")[:200],
            to_us=bool(said.post.get("to_us")),
            parent_key=str(said.post.get("parent") or "")[:500],
            stars=said.number("stars"),
            standing=Mention.Standing.WAITING,
            team=item.channel.team,
            written_at=item.written_at,
            heard_at=item.heard_at,
            matched_at=self.now,
        )
        write_words(mention, said)
        if understood.kind == Mention.Kind.NOISE and not mention.to_us:
            mention.standing = Mention.Standing.NOISE
        self.new.append(mention)
        self.know(mention)
        self.place(mention, said, Place.How.ORIGINAL)
        self.match(mention, said)

    def found_again(self, mention: Mention, said: Said) -> None:
        """By another source, or written in another place as well; or simply told twice."""
        if mention.gone_at is not None:
            forget_words([said.item.pk])  # who brings it late brings no words back
        if self.place(mention, said, Place.How.COPY):
            self.change(mention, "COPY")

    def place(self, mention: Mention, said: Said, how: str) -> bool:
        """Whether the place is new."""
        key = said.own_key if how == Place.How.REPOST else said.key
        where = (said.item.channel_id, key)
        if where in self.places:
            return False
        self.places.add(where)
        self.by_key.setdefault(key, mention)
        self.new_places.append(
            Place(
                mention=mention,
                channel=said.item.channel,
                key=key,
                item=said.item,
                how=how,
                by_name=said.author_name,
                url=said.item.url,
                reach=said.number("reach"),
                seen_at=said.item.heard_at,
            )
        )
        return True

    def match(self, mention: Mention, said: Said) -> None:
        for hit in said.hits:
            self.new_matches.append(
                Match(mention=mention, monitor_id=hit.monitor, words=list(hit.words), at=said.at)
            )

    def wordless(self, mention: Mention) -> None:
        """Of what is gone not even the words that were found stay."""
        for match in self.new_matches:
            if match.mention is mention:
                match.words = []

    def change(self, mention: Mention, how: str) -> None:
        if mention.pk is not None:
            self.changed[mention.pk] = (mention, how)

    def keep(self) -> list[Mention]:
        """Write it all down, in the transaction of the caller."""
        self._give_teams()
        put_on_boards(self.new, beside=list(self.by_key.values()))
        Mention.objects.bulk_create(self.new)
        several = [mention for mention, _ in self.changed.values()]
        if several:
            give_lanes([mention for mention, how in self.changed.values() if how == "EDIT"])
            Mention.objects.bulk_update(several, CHANGED, batch_size=500)
        gone = [one.pk for one, how in self.changed.values() if how == "DELETE" and one.gone_at]
        if gone:
            quote_anew(gone)
        Place.objects.bulk_create(self.new_places, ignore_conflicts=True)
        count_in(self.new_matches)
        self._tell()
        sort_later([*self.new, *several])
        return self.new + several

    def _give_teams(self) -> None:
        """A mention is for the team of the first monitor that wanted it."""
        first = {}
        for match in reversed(self.new_matches):
            first[id(match.mention)] = match.monitor_id
        wanted = {first[id(mention)] for mention in self.new if id(mention) in first}
        teams = dict(Monitor.objects.filter(pk__in=wanted).values_list("pk", "team_id"))
        for mention in self.new:
            if id(mention) in first:
                mention.team_id = teams[first[id(mention)]]

    def _tell(self) -> None:
        happened = [self._happened("listening.mentioned", one, "NEW") for one in self.new]
        happened += [
            self._happened("listening.changed", one, how) for one, how in self.changed.values()
        ]
        if happened:
            record_many(happened)

    def _happened(self, kind: str, mention: Mention, how: str) -> Happened:
        return Happened(
            kind,
            self.now,
            mention.reference,
            mention.identity.customer_id if mention.identity else None,
            team_id=mention.team_id,
            facts={
                "how": how,
                "kind": mention.kind,
                "channel": mention.channel_id,
                "board": mention.board_id,
            },
        )


def write_words(mention: Mention, said: Said) -> None:
    """The words of a mention, what is read in them, and how many they reach."""
    understood = said.understood
    mention.text = said.text
    language = str(said.post.get("language") or "") or understood.language
    mention.language = language[:5]
    if mention.kind_by_id is None:  # what a person says counts more than what is read
        mention.kind = understood.kind
        mention.needs_care, mention.angry = understood.needs_care, understood.angry
    mention.reading = {**understood.whole, "edits": mention.reading.get("edits", [])}
    for name in ("reach", "reactions"):
        known = said.number(name)
        if known is not None:
            setattr(mention, name, known)
