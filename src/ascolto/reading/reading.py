"""What `read` answers: the contract of the whole package."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """What is read: the words, the channel they came by ("email", "bluesky"), the post above."""

    text: str
    channel: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says. Probabilities from 0 to 1, by the name of the field they belong to."""

    lang: str  # ISO 639-1, or "" if it cannot be told
    kind: str  # "problem", "request", "praise", "suggestion" or "noise"
    topic: str
    needs_care: bool
    polarity: str  # "positive", "negative", "neutral" or "mixed"
    angry: bool
    churn_threat: bool
    escalation_threat: bool
    unrelated_to_post: bool
    model: str = ""  # the version of the model that read it
    probabilities: dict[str, float] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)  # field -> the words that decided
