"""What we say on Bluesky. Every record has a key made from ours: sent again, it is the same one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import regex

from ascolto.channels.adapters.bluesky.facets import facets_of
from ascolto.channels.adapters.bluesky.names import POST, REPOST, key_for, page_of, record_at
from ascolto.channels.adapters.bluesky.xrpc import Account, XrpcError
from ascolto.channels.ports import Manners, NotNow, Parcel, Refused, Sent
from ascolto.kit import fetch

LONGEST = 300  # graphemes
LONGEST_BYTES = 3000
MANNERS = Manners(longest=LONGEST, unit="GRAPHEME", public=True, private=False)
_GRAPHEME = regex.compile(r"\X")


class BlueskyCarrier:
    """Implements `ports.Carrier` and `ports.Speaker`."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def carry(self, parcel: Parcel) -> Sent:
        """`parcel.answers` is `Post.answerable`; without it the post stands alone."""
        text = parcel.text.strip()
        if not parcel.public:
            raise Refused("su Bluesky si risponde solo in pubblico")
        if len(_GRAPHEME.findall(text)) > LONGEST or len(text.encode()) > LONGEST_BYTES:
            raise Refused(f"il testo è più lungo di {LONGEST} caratteri")
        if parcel.written_at is None:
            raise Refused("il messaggio non ha una data")
        record: dict[str, Any] = {
            "$type": POST,
            "text": text,
            "createdAt": _stamp(parcel.written_at),
        }
        if "parent" in parcel.answers:
            record["reply"] = {name: parcel.answers[name] for name in ("root", "parent")}
        with _as_ours():
            facets = facets_of(text, self._did_of)
            if facets:
                record["facets"] = facets
            return self._put(POST, key_for(parcel.key, parcel.written_at), record)

    def repost(self, answers: Mapping[str, Any], *, key: str) -> Sent:
        subject = answers.get("parent")
        if not isinstance(subject, dict):
            raise Refused("non si sa quale messaggio rilanciare")
        rkey = key_for(key)
        with _as_ours():
            known = self._known(REPOST, rkey)
            if known is not None:
                return known
            now = datetime.now(UTC)  # noqa: TID251 - the adapter is an edge
            record = {"$type": REPOST, "subject": subject, "createdAt": _stamp(now)}
            return self._put(REPOST, rkey, record)

    def withdraw(self, carried_as: str) -> None:
        named = record_at(carried_as)
        with _as_ours():
            if named is None or named.did != self._account.session().did:
                raise Refused("non è un nostro messaggio")
            self._account.post(
                "com.atproto.repo.deleteRecord",
                {"repo": named.did, "collection": named.collection, "rkey": named.rkey},
            )

    def _put(self, collection: str, rkey: str, record: Mapping[str, Any]) -> Sent:
        did = self._account.session().did
        asked = {"repo": did, "collection": collection, "rkey": rkey, "record": record}
        return _sent(self._account.post("com.atproto.repo.putRecord", asked))

    def _known(self, collection: str, rkey: str) -> Sent | None:
        did = self._account.session().did
        try:
            found = self._account.get(
                "com.atproto.repo.getRecord", repo=did, collection=collection, rkey=rkey
            )
        except XrpcError as problem:
            if problem.error == "RecordNotFound":
                return None
            raise
        return _sent(found)

    def _did_of(self, handle: str) -> str:
        try:
            found = self._account.get("com.atproto.identity.resolveHandle", handle=handle)
        except XrpcError as problem:
            if problem.later:
                raise
            return ""
        return str(found.get("did", ""))


def _sent(found: Mapping[str, Any]) -> Sent:
    uri = str(found.get("uri", ""))
    return Sent("POSTED", str(found.get("cid", "")), carried_as=uri, url=page_of(uri))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def _as_ours() -> Iterator[None]:
    try:
        yield
    except XrpcError as problem:
        if problem.later or problem.at_the_door:
            raise NotNow(f"Bluesky: {problem}") from problem
        raise Refused(f"Bluesky: {problem}") from problem
    except fetch.FetchFailed as problem:
        failed = NotNow(f"Bluesky: {problem}")
        failed.maybe_delivered = True
        raise failed from problem
    except fetch.Refused as problem:
        raise NotNow(f"Bluesky: {problem}") from problem
