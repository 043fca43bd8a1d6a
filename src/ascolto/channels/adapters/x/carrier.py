"""Answers on X: in public under a post, in private by direct message; reposts, and taking back.

X refuses a post that repeats our last words ("duplicate content"): after a line that died, a second
try of the same answer is refused rather than posted twice, and counts as posted.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ascolto.channels import ports
from ascolto.channels.adapters.x.api import HOST, X
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners, Parcel, Sent
from ascolto.channels.pretended import Nowhere, voice_of
from ascolto.channels.told import told

MANNERS = Manners(longest=280, unit="X", public=True, aside=True, names_him=False)


def carrier_of(channel: Channel, *, host: str = HOST) -> "XCarrier | Nowhere":
    """What speaks for the channel; for the demo company, a voice that nobody hears."""

    def opened() -> XCarrier:
        kept = told(channel)
        return XCarrier(X(kept.secret("user_token"), host=host), kept.text("account"))

    return voice_of(channel, opened)


class XCarrier:
    def __init__(self, x: X, account: str) -> None:
        self._x, self._account = x, account

    def carry(self, parcel: Parcel) -> Sent:
        if not parcel.public:
            return self._in_private(parcel)
        under = parcel.answers.get("post")
        if not under:
            raise ports.Refused("non si sa sotto quale post")
        said = {"text": parcel.text.strip(), "reply": {"in_reply_to_tweet_id": str(under)}}
        try:
            made = self._x.ask("POST", "/2/tweets", said)
        except ports.Refused as problem:
            if parcel.maybe_twice and "duplicate" in str(problem).lower():
                return Sent("POSTED", detail="già pubblicato al tentativo precedente")
            raise
        number = str(made["data"]["id"])
        return Sent("POSTED", carried_as=f"x:{number}", url=f"https://x.com/i/status/{number}")

    def repost(self, answers: Mapping[str, Any], *, key: str) -> Sent:  # noqa: ARG002 # it needs none
        """X keeps one repost a post: asked twice it is done once."""
        number = str(answers["post"])
        self._x.ask("POST", f"/2/users/{quote(self._account)}/retweets", {"tweet_id": number})
        return Sent("POSTED", carried_as=f"x:repost:{number}")

    def withdraw(self, carried_as: str) -> None:
        number = quote(carried_as.rpartition(":")[2], safe="")
        if carried_as.startswith("x:repost:"):
            self._x.ask("DELETE", f"/2/users/{quote(self._account)}/retweets/{number}")
        else:
            self._x.ask("DELETE", f"/2/tweets/{number}")

    def _in_private(self, parcel: Parcel) -> Sent:
        whom = quote(parcel.to_key.partition(":")[2], safe="")
        made = self._x.ask(
            "POST", f"/2/dm_conversations/with/{whom}/messages", {"text": parcel.text.strip()}
        )
        return Sent("NETWORK_ACCEPTED", carried_as=f"x:dm:{made['data']['dm_event_id']}")
