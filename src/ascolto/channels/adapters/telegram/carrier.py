"""Answers by the bot. Telegram has no key to send once with: after a line that died a message may
come twice, and the outbox says so (`maybe_twice`).
"""

from typing import Any

from ascolto.channels import ports
from ascolto.channels.adapters.telegram.api import HOST, Bot, NoAnswer, SaidNo, as_delivery
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners, Parcel, Sent
from ascolto.channels.pretended import Nowhere, voice_of
from ascolto.channels.told import told

MANNERS = Manners(longest=4096, unit="UTF16", public=True)  # "Bot API", sendMessage


def carrier_of(channel: Channel, *, host: str = HOST) -> "TelegramCarrier | Nowhere":
    """What speaks for the channel; for the demo company, a voice that nobody hears."""
    return voice_of(channel, lambda: TelegramCarrier(Bot(told(channel).secret("token"), host=host)))


class TelegramCarrier:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def carry(self, parcel: Parcel) -> Sent:
        chat = parcel.answers.get("chat") if parcel.public else None
        if parcel.public and chat is None:
            raise ports.Refused("non si sa in quale gruppo")
        # In a private chat with a bot, the chat has the number of the person.
        asked: dict[str, Any] = {
            "chat_id": chat if chat is not None else int(parcel.to_key.partition(":")[2]),
            "text": parcel.text.strip(),
            "link_preview_options": {"is_disabled": True},
        }
        if parcel.answers.get("message"):
            asked["reply_parameters"] = {
                "message_id": parcel.answers["message"],
                "allow_sending_without_reply": True,
            }
        try:
            sent = self._bot.ask("sendMessage", asked)
        except (SaidNo, NoAnswer) as problem:
            raise as_delivery(problem) from problem
        name = f"telegram:{sent['chat']['id']}:{sent['message_id']}"
        return Sent("POSTED" if parcel.public else "NETWORK_ACCEPTED", carried_as=name)

    def withdraw(self, carried_as: str) -> None:
        _network, chat, message = carried_as.split(":")
        try:
            self._bot.ask("deleteMessage", {"chat_id": int(chat), "message_id": int(message)})
        except SaidNo as problem:
            if "not found" not in str(problem):  # it is gone already
                raise as_delivery(problem) from problem
        except NoAnswer as problem:
            raise as_delivery(problem) from problem
