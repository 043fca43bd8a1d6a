"""Whether a text asks for two different things: each sentence is read alone, then each part.

Nothing is rewritten: a part is a stretch of the text itself, so that it can be shown as it was
written. Whoever speaks long of one matter has one part, and that is the rule: two are found only
where both are clear, and each asks for something.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ascolto.reading.judging import CARE
from ascolto.reading.reading import Reading, Text

Reader = Callable[[Sequence[Text]], list[Reading]]
LONGEST = 4_000  # characters that are looked at, as for reading
MOST_SENTENCES = 24  # of a text that is looked at: a longer one is a story
HINT = 0.5  # share of the topic from which one sentence alone speaks of it
CLEAR = 0.75  # and a part: below that nobody is asked to look
ANNOUNCED = 0.6  # it may be less where he says himself that he comes to another thing
CERTAIN = 0.85  # a part of which nobody has to be asked, if he says so himself
LEAST_WORDS = 5  # of a part: less is a greeting
MOST_PARTS = 3
NO_MATTER = frozenset({"other", "staff_service"})

# How people say that they come to another thing.
_OTHER = (
    r"(?:e\s+)?(?:inoltre|in più|altra cosa|un['’]\s?altra (?:cosa|domanda|questione)|seconda cosa|"
    r"(?:e )?(?:poi|infine) (?:vorrei|volevo|un['’]altra)|già che ci sono|visto che ci sono|"
    r"approfitto|ne approfitto|colgo l['’]occasione|a parte questo|altra questione|"
    r"also|another thing|second thing|one more thing|while i['’]m at it|on another note)\b"
)
_ANNOUNCES = re.compile(rf"\W*(?:\d\s?[).:-]\s*)?{_OTHER}", re.IGNORECASE)
# Of these, the words that say nothing else: a subject goes without them.
_OPENER = re.compile(
    r"\W*(?:e\s+)?(?:inoltre|(?:un['’]\s?)?altra (?:cosa|domanda|questione)|seconda cosa|in più|"
    r"also|another thing|second thing|one more thing)\b\W*",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?:[.!?…]+[\"»)\]]*(?=\s)|[;\n]|,(?=\s+{_OTHER}))\s*",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"\b(?:n|nr|sig|sigg|sig\.ra|dott|spett|tel|art|pag|es|ecc|mr|mrs|no|st)\.$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, from `starts` to before `ends`, and what it is about."""

    starts: int
    ends: int
    topic: str
    share: float  # 0 to 1: how sure the reading is of the topic
    reading: Reading
    announced: bool = False  # he says himself that he comes to another thing


def certain(parts: Sequence[Part]) -> bool:
    """Whether nobody has to be asked: each part is surely about what it is about, and he says
    himself that the later ones are other things."""
    sure = all(part.share >= CERTAIN for part in parts)
    return len(parts) > 1 and sure and all(part.announced for part in parts[1:])


def asks(reading: Reading) -> bool:
    """Whether something has to be done about it. How we treated him on the way is no matter."""
    return reading.kind in CARE and reading.topic not in NO_MATTER


def _threatens(reading: Reading) -> bool:
    """What he will do if we do not mend the first thing is no second thing."""
    return reading.churn_threat or reading.escalation_threat


def matters(text: Text, read: Reader) -> list[Part]:
    """The matters of a text in their order: two or three, or none where it is all one.

    `read` is `reading.read_many`. One call for the sentences and one for the parts, and none for
    a text of one sentence.
    """
    spans = list(_sentences(text.text[:LONGEST]))
    if not 1 < len(spans) <= MOST_SENTENCES:
        return []
    runs = _runs(text, spans, read)
    if not 1 < len(runs) <= MOST_PARTS:
        return []
    parts = _read_parts(text, runs, read)
    known = {part.topic for part in parts}
    fit = len(known) == len(parts) == len(runs)
    fit &= not any(_threatens(part.reading) for part in parts[1:])
    return parts if fit and all(_is_matter(text, part) for part in parts) else []


def without_opener(words: str) -> str:
    """The words of a part without those that announce it: for naming what it is about."""
    rest = _OPENER.sub("", words, count=1) if _OPENER.match(words) else words
    return rest[:1].upper() + rest[1:] if rest else words


def words_of(text: str) -> int:
    """How many words it has that say something."""
    return len(_WORD.findall(text))


def _is_matter(text: Text, part: Part) -> bool:
    enough = words_of(text.text[part.starts : part.ends]) >= LEAST_WORDS
    clear = part.share >= (ANNOUNCED if part.announced else CLEAR)
    return clear and enough and asks(part.reading)


def _runs(text: Text, spans: Sequence[tuple[int, int]], read: Reader) -> list[tuple[int, int, str]]:
    """Neighbouring sentences on one topic. What is clear of nothing goes with what stands before
    it; what stands before anything clear, such as a greeting, goes with the first."""
    said = read([replace(text, text=text.text[start:end]) for start, end in spans])
    runs: list[tuple[int, int, str]] = []
    for (start, end), reading in zip(spans, said, strict=True):
        topic = _clear_topic(reading, text.text[start:end])
        if not runs:
            runs.append((start, end, topic))
            continue
        first, _end, current = runs[-1]
        if topic and current and topic != current:
            runs.append((start, end, topic))
        else:
            runs[-1] = (first, end, current or topic)
    return runs


def _clear_topic(reading: Reading, words: str) -> str:
    """What one sentence speaks of by itself, if it says enough; else nothing."""
    share = reading.probabilities.get("topic", 0.0)
    says = reading.topic != "other" and share >= HINT and words_of(words) >= LEAST_WORDS
    return reading.topic if says else ""


def _read_parts(text: Text, runs: Sequence[tuple[int, int, str]], read: Reader) -> list[Part]:
    """The runs as they read as a whole."""
    said = read([replace(text, text=text.text[start:end]) for start, end, _topic in runs])
    return [
        Part(
            start,
            end,
            reading.topic,
            reading.probabilities.get("topic", 0.0),
            reading,
            _ANNOUNCES.match(text.text, start) is not None,
        )
        for (start, end, topic), reading in zip(runs, said, strict=True)
        if reading.topic == topic
    ]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends, without the space around it."""
    start = 0
    for mark in _END.finditer(text):
        ends = mark.start() + len(mark.group(0).rstrip())
        if _ABBREVIATED.search(text[start:ends]):
            continue
        if text[start:ends].strip():
            yield start, ends
        start = mark.end()
    rest = text[start:].rstrip()
    if rest:
        yield start, start + len(rest)
