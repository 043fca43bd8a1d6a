"""The line a mail program writes above what it quotes: "Il giorno … ha scritto:".

It takes a date or an address, and in most languages a verb; it may be wrapped over several lines.
Every pattern is tried on a bounded stretch of text, so that the work is linear in the mail.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ascolto.channels.adapters.email import reply_words as words

LONGEST_LINE = 300
LONGEST = 500
MOST_LINES = 6
NEAR = 45
"""A date further than this from the start belongs to a sentence, not to an attribution."""

QUOTE = re.compile(r"\s{0,4}(?:>|\|(?:\s|$))")

_LAST = frozenset(":：>*_-")
_LONGEST_VERB = 45
_VERBS = "|".join(re.escape(one) for one in words.VERBS)
_BEFORE_DATE = "am|op|le|den|el|il|a|på|em|в|on|at|kl|mé|dnia|dne|om"

_ADDRESS = re.compile(
    r"[<(\[\"'\s:]?(?:mailto:)?[^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{2,}"
)
_DATE = re.compile(
    r"\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}|"
    r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|"
    r"\d{1,2}\.?\s(?:de\s|d’|di\s)?[^\W\d]{3,12}\.?,?\s(?:de\s|del\s)?\d{4}|"
    r"[^\W\d]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:at\s)?\d{4}|"
    r"\b\d{1,2}[:.h]\d{2}\b"
)
_DAY_FIRST = re.compile(
    rf"\W{{0,3}}(?:(?:{'|'.join(words.WEEKDAYS)})[^\W\d]{{0,9}}\.?,?\s{{1,2}})?\W{{0,2}}"
    r"(?:\d{1,4}|[^\W\d]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d)",
    re.IGNORECASE,
)
_OPENER = re.compile(
    rf"\W{{0,6}}(?:(?:{'|'.join(re.escape(one) for one in words.OPENERS)})[\s,.]|[在于於]\s?\d)",
    re.IGNORECASE,
)
_VERB_ENDS = re.compile(
    rf"(?:(?<!\w)(?:{_VERBS})|(?:写道|寫道|書きました|のメール|作成|작성))"
    r"\s?(?:[:：]|-{2,})?[\s>*_]*$",
    re.IGNORECASE,
)
_VERB_AFTER_ADDRESS = re.compile(rf"[>\")\]]?,?\s(?:{_VERBS})\s(?:{_BEFORE_DATE})?", re.IGNORECASE)
# As in "Giulia wrote on 12/03/2024 10:30:" and in "Am 12.03.2024 um 10:30 schrieb Giulia:".
_VERB_THEN_DATE = re.compile(
    rf"^.{{2,60}}(?<!\w)(?:{_VERBS})\s(?:{_BEFORE_DATE})\s"
    rf"(?:[^\W\d]{{2,12}}\.?,?\s)?(?:{_DATE.pattern})",
    re.IGNORECASE,
)
_DATE_VERB_NAME = re.compile(
    r"^.{1,50}\d.{0,20}\s(?:schrieb|schreef|skrev|kirjoitti)\s"
    r"(?!ich|ik|jag|jeg|minä)[^:]{1,60}[:：][\s*_]*$",
    re.IGNORECASE,
)
_QUOTING = re.compile(
    r"\W{0,3}(?:quoting|quoted from|citando|citazione di|zitat von|zitiere|cit[ée] par|cytat od)\s"
    r".{3,120}[:：]\s*",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|ich|io|je|yo|eu|ik|jag|jeg|ja|я)\s*$", re.IGNORECASE)
_ADDRESS_ENDS = re.compile(r"[>)\]]\s*[:：]?[\s*_]*$")
# An address wrapped just before its ">" makes that look like a quote mark.
_ADDRESS_TAIL = re.compile(rf">\s*(?:(?:{_VERBS})\s*[:：]?|[:：])\s*", re.IGNORECASE)


def attribution(lines: Sequence[str], at: int) -> int | None:
    """The line after an attribution that starts at `at`, or None."""
    first = lines[at].strip()
    joined, blank_lines = "", 0
    for number in range(at, min(at + MOST_LINES + 1, len(lines))):
        line = lines[number].strip()
        blank_lines += not line
        if number > at and not _goes_on(first, line):
            return None
        if blank_lines > 1:
            return None
        if not line:
            continue
        joined = f"{joined} {line}".strip()
        if len(joined) > LONGEST:
            return None
        if _is_attribution(html.unescape(joined), quoted=_quote_follows(lines, number + 1)):
            return number + 1
    return None


def looks_like_attribution(line: str) -> bool:
    """In any language: a line that names a date or an address and introduces what follows."""
    said = line.strip().rstrip("*_ ")
    if len(said) > LONGEST_LINE or not said.endswith((":", "：")):
        return False
    return _ADDRESS.search(said) is not None or _DATE.search(said) is not None


def _goes_on(first: str, line: str) -> bool:
    """The first line starts like an attribution, or stops inside an address."""
    if QUOTE.match(line) and not _ADDRESS_TAIL.fullmatch(line):
        return False
    return _dated_start(first) or "<" in first


def _quote_follows(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at : at + MOST_LINES] if line.strip()), "")
    return QUOTE.match(following) is not None


@dataclass(frozen=True, slots=True)
class _Said:
    """A possible attribution on one line, and what was found in it."""

    text: str
    date_at: int | None
    address_at: int | None
    quoted: bool
    """Quoted lines follow it."""

    @property
    def closed(self) -> bool:
        return self.text.rstrip(" *_>").endswith((":", "：", "--"))


def _is_attribution(text: str, *, quoted: bool) -> bool:
    # The cheap question first: nearly every line of nearly every mail ends here.
    if text[-1] not in _LAST and not quoted:
        return False
    dated = _DATE.search(text)
    addressed = _ADDRESS.search(text) if "@" in text else None
    said = _Said(
        text,
        dated.start() if dated else None,
        addressed.start() if addressed else None,
        quoted,
    )
    if dated is None and addressed is None:
        return False
    verb = _VERB_ENDS.search(text, max(0, len(text) - _LONGEST_VERB))
    if verb is not None:
        return _with_verb_last(said, verb.start())
    if not said.closed:
        return _old_gmail(said)
    return _with_verb_within(said) or _without_verb(said)


def _with_verb_last(said: _Said, end: int) -> bool:
    """ "Il giorno 12 marzo Giulia <…> ha scritto:" """
    body = said.text[:end]
    if _FIRST_PERSON.search(body) or not body.strip():
        return False
    if not said.closed and not said.quoted:
        return False
    near_date = said.date_at is not None and said.date_at <= NEAR
    if said.address_at is not None:
        # Far behind other words it is some later attribution's.
        return near_date or said.address_at <= 2 * NEAR
    return near_date and (_dated_start(body) or said.quoted)


def _with_verb_within(said: _Said) -> bool:
    """ "Giulia <…> schrieb am 12. März:" """
    if said.date_at is None:
        return False
    if said.address_at is not None and _VERB_AFTER_ADDRESS.search(said.text):
        return True
    if _VERB_THEN_DATE.match(said.text):
        return True
    return _dated_start(said.text) and _DATE_VERB_NAME.match(said.text) is not None


def _without_verb(said: _Said) -> bool:
    """ "2024年3月12日 10:30 Giulia <…>:" """
    if said.address_at is None:
        return False
    if _QUOTING.fullmatch(said.text):
        return True
    if said.date_at is None or not _ADDRESS_ENDS.search(said.text):
        return False
    return said.date_at < NEAR or _DAY_FIRST.match(said.text) is not None


def _old_gmail(said: _Said) -> bool:
    """A date and an address alone, straight above the quote."""
    if not said.quoted or said.address_at is None:
        return False
    return bool(_DAY_FIRST.match(said.text) and _ADDRESS_ENDS.search(said.text))


def _dated_start(text: str) -> bool:
    return bool(_OPENER.match(text) or _DAY_FIRST.match(text))
