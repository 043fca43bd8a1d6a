"""Answers by Meta: under a comment in public, to its author in private, by message, by WhatsApp."""

from collections.abc import Mapping
from typing import Any

from ascolto.channels import ports
from ascolto.channels.adapters.meta.graph import HOST, Graph, node
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners, Parcel, Sent
from ascolto.channels.pretended import Nowhere, voice_of
from ascolto.channels.told import told

VERSION = "v23.0"
# Facebook: comments of 8,000 characters. Instagram: comments of 2,200 (Meta, "IG Comment").
# Messenger and Instagram Direct: messages of 2,000 and 1,000, within 24 hours ("Send API").
# WhatsApp Cloud API: 4,096, within 24 hours ("Messages").
FACEBOOK = Manners(longest=8000, public=True, private=True, aside=True)
INSTAGRAM = Manners(longest=1000, public=True, private=True, aside=True)
MESSENGER = Manners(longest=2000, within_hours=24)
WHATSAPP = Manners(longest=4096, within_hours=24)


def carrier_of(channel: Channel, *, host: str = HOST) -> "MetaCarrier | Nowhere":
    """What speaks for the channel; for the demo company, a voice that nobody hears."""

    def opened() -> MetaCarrier:
        kept = told(channel)
        graph = Graph(kept.text("version", VERSION), kept.secret("access_token"), host=host)
        return MetaCarrier(graph, channel.kind, kept.text("account"))

    return voice_of(channel, opened)


class MetaCarrier:
    """`carry` and `withdraw` raise `NotNow` or `Refused`."""

    def __init__(self, graph: Graph, kind: str, account: str) -> None:
        self._graph, self._kind, self._account = graph, kind, account

    def carry(self, parcel: Parcel) -> Sent:
        if self._kind == Channel.Kind.WHATSAPP:
            return self._whatsapp(parcel)
        comment = parcel.answers.get("comment")
        if parcel.public:
            if not comment:
                raise ports.Refused("non si sa sotto quale commento")
            return self._in_public(str(comment), parcel)
        whom = {"comment_id": comment} if comment else {"id": _number(parcel.to_key)}
        return self._in_private(whom, parcel)

    def withdraw(self, carried_as: str) -> None:
        try:
            self._graph.delete(node(carried_as))
        except ports.Refused as problem:
            if "does not exist" not in str(problem):  # it is gone already
                raise

    def _in_public(self, comment: str, parcel: Parcel) -> Sent:
        """Meta has no key to post once with: if we may have posted already, we look first."""
        edge = "replies" if self._kind == Channel.Kind.INSTAGRAM else "comments"
        if parcel.maybe_twice:
            there = self._already(comment, edge, parcel.text.strip())
            if there:
                return Sent("POSTED", carried_as=there)
        said = {"message": parcel.text.strip()}
        made = self._graph.post(f"{node(comment)}/{edge}", said)
        return Sent("POSTED", carried_as=_id(made))

    def _already(self, comment: str, edge: str, text: str) -> str:
        words = "text" if self._kind == Channel.Kind.INSTAGRAM else "message"
        found = self._graph.get(f"{node(comment)}/{edge}", fields=f"id,from,{words}", limit="100")
        for one in found.get("data", ()):
            ours = str(one.get("from", {}).get("id", "")) == self._account
            if ours and str(one.get(words, "")).strip() == text:
                return str(one["id"])
        return ""

    def _in_private(self, whom: Mapping[str, Any], parcel: Parcel) -> Sent:
        said = {"recipient": whom, "messaging_type": "RESPONSE", "message": {"text": parcel.text}}
        made = self._graph.post(f"{node(self._account)}/messages", said)
        return Sent("NETWORK_ACCEPTED", carried_as=_id(made, "message_id"))

    def _whatsapp(self, parcel: Parcel) -> Sent:
        said: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": parcel.to_key.lstrip("+"),
            "type": "text",
            "text": {"body": parcel.text.strip(), "preview_url": False},
        }
        quoted = parcel.answers.get("message")
        if quoted:
            said["context"] = {"message_id": quoted}
        made = self._graph.post(f"{node(self._account)}/messages", said)
        messages = made.get("messages") or [{}]
        return Sent("NETWORK_ACCEPTED", carried_as=_id(messages[0]))


def _id(made: Mapping[str, Any], name: str = "id") -> str:
    """Without a name of its own we could never tell what became of it, or take it back."""
    number = made.get(name)
    if not number:
        problem = ports.NotNow("Meta non ha detto come si chiama quello che abbiamo scritto")
        problem.maybe_delivered = True
        raise problem
    return str(number)


def _number(handle: str) -> str:
    """The network's id of "messenger:123"."""
    return handle.partition(":")[2] or handle
