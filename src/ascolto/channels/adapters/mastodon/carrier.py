"""What we say on Mastodon. The key of a message makes the server do it once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from ascolto.channels.adapters.mastodon.api import Api, ApiError
from ascolto.channels.ports import Manners, NotNow, Parcel, Refused, Sent
from ascolto.kit import fetch

LONGEST = 500  # characters; a server may allow more, and none of them less
MANNERS = Manners(longest=LONGEST, public=True, private=True, aside=True, names_him=True)
PRIVATE = {"direct", "private"}


class MastodonCarrier:
    """Implements `ports.Carrier` and `ports.Speaker`."""

    def __init__(self, api: Api, *, visibility: str = "public") -> None:
        self._api = api
        self._visibility = visibility

    def carry(self, parcel: Parcel) -> Sent:
        """`parcel.answers` is `Post.answerable`. A private answer goes to whom it names alone."""
        text = _naming(parcel.text.strip(), str(parcel.answers.get("acct", "")))
        if len(text) > LONGEST:
            raise Refused(f"il testo è più lungo di {LONGEST} caratteri")
        if not parcel.public and not parcel.answers.get("acct"):
            raise Refused("non si sa a chi rispondere in privato")
        body: dict[str, Any] = {"status": text, "visibility": self._seen_by(parcel)}
        if parcel.answers.get("id"):
            body["in_reply_to_id"] = str(parcel.answers["id"])
        with _as_ours():
            return self._sent(self._api.do("POST", "v1/statuses", body, key=parcel.key))

    def repost(self, answers: Mapping[str, Any], *, key: str) -> Sent:
        """A second boost of the same post is the first one, whatever the key."""
        if answers.get("visibility") in PRIVATE:
            raise Refused("non è in pubblico: non si può rilanciare")
        with _as_ours():
            status_id = _id(answers.get("id"))
            made = self._api.do("POST", f"v1/statuses/{status_id}/reblog", key=key)
            url = str(made.get("url") or "")
            return Sent("POSTED", "", carried_as=f"boost:{status_id}", url=url)

    def withdraw(self, carried_as: str) -> None:
        """`carried_as` of what we posted, or boosted."""
        with _as_ours():
            if carried_as.startswith("boost:"):
                status_id = _id(carried_as.removeprefix("boost:"))
                self._gone(lambda: self._api.do("POST", f"v1/statuses/{status_id}/unreblog"))
            else:
                status_id = _id(carried_as.rpartition("#")[2])
                self._gone(lambda: self._api.do("DELETE", f"v1/statuses/{status_id}"))

    def _seen_by(self, parcel: Parcel) -> str:
        """Never wider than what it answers."""
        if not parcel.public:
            return "direct"
        answered = str(parcel.answers.get("visibility") or "public")
        return answered if answered in {*PRIVATE, "unlisted"} else self._visibility

    def _sent(self, made: Mapping[str, Any]) -> Sent:
        """Called by its server and id, as an answer to it will be heard to refer to it."""
        url, status_id = str(made.get("url") or ""), str(made.get("id") or "")
        return Sent("POSTED", carried_as=f"{self._api.server}#{status_id}", url=url)

    def _gone(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except ApiError as problem:
            if problem.status != HTTPStatus.NOT_FOUND:
                raise


def _naming(text: str, acct: str) -> str:
    """Who is not named in it is not told of it."""
    if not acct or f"@{acct}".casefold() in text.casefold():
        return text
    return f"@{acct} {text}"


def _id(value: object) -> str:
    """An id as it goes into a path."""
    text = str(value or "")
    if not text.isalnum():
        raise Refused("non si sa di quale messaggio si tratta")
    return text


@contextmanager
def _as_ours() -> Iterator[None]:
    try:
        yield
    except ApiError as problem:
        if problem.later or problem.at_the_door:
            raise NotNow(f"Mastodon risponde {problem}") from problem
        raise Refused(f"Mastodon risponde {problem}") from problem
    except fetch.FetchFailed as problem:
        failed = NotNow(f"Mastodon: {problem}")
        failed.maybe_delivered = True
        raise failed from problem
    except fetch.Refused as problem:
        raise NotNow(f"Mastodon: {problem}") from problem
