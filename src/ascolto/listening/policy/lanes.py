"""What a comment has to do with the post of ours that it stands under. Pure."""

import re
from dataclasses import dataclass

OFFER, HELP, PRAISE, ABUSE, NOISE = "OFFER", "HELP", "PRAISE", "ABUSE", "NOISE"
# Of these a customer speaks, and nobody who only thinks of becoming one.
OF_CUSTOMERS = frozenset({"billing", "delivery_repair", "account_app", "staff_service"})
EMPTY = frozenset({"other", "staff_service"})  # topics that an insult alone has as well
SURE = 0.6  # share from which a topic, or a kind, counts as read
FEWEST_WORDS = 3  # of something told beside an insult
FEWEST_ASKED = 2  # of a question beside an insult: "quando rimborsate?"
LONGEST_ECHO = 6  # words
_WORD = re.compile(r"\w{3,}")
_ECHO = re.compile(
    r"\b(?:anch(?:e|')? ?(?:a me|a noi|io|noi|qui|da me|da noi)|idem|stess[ao] (?:cosa|problema"
    r"|situazione)|uguale(?: per)?(?: me)?|quoto|come (?:me|te)|same here|me too|same)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it was read. `rest_…`: what is left of it without its insults, read again."""

    kind: str  # as `reading` says, in upper case
    topic: str = "other"
    topic_share: float = 0.0
    needs_care: bool = False
    unrelated: bool = False  # to the post it stands under
    abusive: bool = False
    rest: str = ""
    rest_topic: str = "other"


def lane_of(comment: Comment) -> str:
    """The lane of a comment. Whoever asks for help asks for it, however he says it."""
    if comment.abusive and not _asks_beside(comment):
        return ABUSE
    if comment.kind == "PROBLEM" or comment.abusive:
        return HELP
    if comment.kind == "REQUEST" and (comment.unrelated or _is_of_a_customer(comment)):
        return HELP
    if comment.kind == "SUGGESTION" and comment.unrelated and comment.needs_care:
        return HELP
    return {"PRAISE": PRAISE, "NOISE": NOISE}.get(comment.kind, OFFER)


def is_echo(text: str) -> bool:
    """Whether it only says "me too": then it means what it answers."""
    return len(text.split()) <= LONGEST_ECHO and _ECHO.search(text) is not None


def _asks_beside(comment: Comment) -> bool:
    """An insult with a question beside it, or with a matter of its own, is a call for help."""
    words = len(_WORD.findall(comment.rest))
    if "?" in comment.rest:
        return words >= FEWEST_ASKED
    return words >= FEWEST_WORDS and comment.rest_topic not in EMPTY


def _is_of_a_customer(comment: Comment) -> bool:
    return comment.topic in OF_CUSTOMERS and comment.topic_share >= SURE
