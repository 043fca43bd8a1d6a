"""The new words of a mail, cut from what it quotes and from its signature.

Losing words a person wrote is worse than keeping some he did not: where a mark is not certain,
the text stays. What is cut is given back too, so that it can always be shown.
"""

import re
from dataclasses import dataclass

from ascolto.channels.adapters.email import reply_words as words
from ascolto.channels.adapters.email.attributions import QUOTE, looks_like_attribution
from ascolto.channels.adapters.email.html_text import QUOTE_STARTS
from ascolto.channels.adapters.email.reply_marks import Kind, Opening, first_opening

MOST_ROUNDS = 20
LONGEST_SIGNATURE = 12
LONGEST_MARK = 200
MOST_WORDS_SENT_FROM = 12
_WRAPPED_FROM = 60

RULE = re.compile(r"\s*(?:[-_=*#~+–—─]\s?){2,}\s*")
_HIDDEN = re.compile("[\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u1427]")
_SIGNATURE = re.compile(r"(?:--|—|–|__)\s*")
_NAME_ONLY = re.compile(r"[-–—]{1,2}\s?[^\W\d_][\w.'’]*(?: [^\W\d_][\w.'’]*){0,2}")
_FOOTER_RULE = re.compile(r"\s*[_=-]{20,}\s*")
_MOBILE = re.compile(
    rf"\W{{0,4}}(?:{'|'.join(re.escape(one) for one in words.SENT_FROM)}).{{0,120}}", re.IGNORECASE
)
_DEVICE = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in words.DEVICES)})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reply:
    new: str
    quoted: str
    """Everything else, in order; empty when nothing was cut."""


_Lines = list[tuple[int, str]]
"""Lines with their numbers in the mail."""


def cut(text: str) -> Reply:
    """`text` may hold the marks of `html_text`. Total; linear in the text."""
    plain = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\xa0", " "))
    lines = plain.split("\n")
    kept = _trimmed(_without_signature(_new_lines(_rejoined(lines))))
    taken = {at for at, _ in kept}
    new = "\n".join(lines[at].rstrip() for at, _ in kept)
    rest = [line for at, line in enumerate(lines) if at not in taken and line != QUOTE_STARTS]
    return Reply(new, "\n".join(rest).strip("\n"))


def _rejoined(lines: list[str]) -> _Lines:
    """Quoted lines that a mail program wrapped lost their mark: give it back."""
    found: _Lines = []
    quoted_before = ""
    for at, line in enumerate(lines):
        after = lines[at + 1 : at + 3]
        wrapped = (
            len(quoted_before) >= _WRAPPED_FROM
            and line.strip() != ""
            and not QUOTE.match(line)
            and any(QUOTE.match(one) for one in after)
            and after[0].strip() != ""
        )
        shown = f"> {line}" if wrapped else line
        # A second wrapped line directly follows the first.
        if QUOTE.match(line):
            quoted_before = line
        elif not wrapped:
            quoted_before = ""
        found.append((at, shown))
    return found


def _new_lines(lines: _Lines) -> _Lines:
    for _ in range(MOST_ROUNDS):
        opening = first_opening([line for _, line in lines])
        if opening is None:
            break
        head, rest = lines[: opening.start], lines[opening.end :]
        if _has_words(head):
            return _between_quotes(head) + _answers_below(rest, opening)
        # Nothing stands above: an answer below the quote, or a mail passed on as it was.
        lines = _after_quote(rest)
    return _between_quotes(lines)


def _has_words(lines: _Lines) -> bool:
    return any(_is_words(line) for _, line in lines)


def _is_words(line: str) -> bool:
    return line.strip() != "" and line != QUOTE_STARTS and not QUOTE.match(line) and not _rule(line)


def _rule(line: str) -> bool:
    return len(line) < LONGEST_MARK and RULE.fullmatch(line) is not None


def _after_quote(lines: _Lines) -> _Lines:
    for number, (_, line) in enumerate(lines):
        if line.strip() and not QUOTE.match(line):
            return lines[number:]
    return []


def _answers_below(rest: _Lines, opening: Opening) -> _Lines:
    """Answers written among or below quoted lines; empty where the rest is only quoted."""
    if opening.kind is Kind.ORIGINAL:
        return []
    if opening.kind is Kind.MARK:
        inner = first_opening([line for _, line in rest])
        if inner is not None and not _has_words(rest[: inner.start]):
            rest = rest[inner.end :]
    first = next((line for _, line in rest if line.strip()), "")
    if not QUOTE.match(first):
        return []
    end = len(rest)
    following = first_opening([line for _, line in rest])
    if following is not None:
        end = following.start
    for number, (_, line) in enumerate(rest[:end]):
        if _rule(line) or _SIGNATURE.fullmatch(line):
            end = number
            break
    below = _without_trailing_quote(rest[:end])
    return below if _has_words(below) else []


def _between_quotes(lines: _Lines) -> _Lines:
    """Without the quote the mail starts with and the one it ends with."""
    shorter = _without_trailing_quote(lines)
    if not _has_words(shorter):
        return []
    first = next(number for number, (_, line) in enumerate(shorter) if line.strip())
    return _after_quote(shorter[first:]) if QUOTE.match(shorter[first][1]) else shorter


def _without_trailing_quote(lines: _Lines) -> _Lines:
    end = len(lines)
    quoted = False
    while end and not _is_words(lines[end - 1][1]):
        quoted = quoted or QUOTE.match(lines[end - 1][1]) is not None
        end -= 1
    if quoted and end > 1 and looks_like_attribution(lines[end - 1][1]):
        end -= 1
    return lines[:end]


def _without_signature(lines: _Lines) -> _Lines:
    written = 0
    left = sum(1 for _, line in lines if line.strip())
    for number, (_, line) in enumerate(lines):
        if not line.strip():
            continue
        left -= 1
        if written and _starts_signature(lines, number, left):
            return lines[:number]
        written += _is_words(line)
    return lines


def _starts_signature(lines: _Lines, number: int, left: int) -> bool:
    """`left`: how many lines with words follow."""
    line = lines[number][1]
    if len(line) > LONGEST_MARK:
        return False
    if _SIGNATURE.fullmatch(line):
        return line == "-- " or left <= LONGEST_SIGNATURE
    if _FOOTER_RULE.fullmatch(line):
        below = [one for _, one in lines[number + 1 :]]
        return 0 < left <= LONGEST_SIGNATURE and any("@" in one or "://" in one for one in below)
    if _is_mobile(line, alone=left == 0):
        return True
    stands_apart = lines[number - 1][1].strip() == ""
    return left == 0 and stands_apart and _NAME_ONLY.fullmatch(line.strip()) is not None


def _is_mobile(line: str, *, alone: bool) -> bool:
    """ "Inviato da iPhone". Longer sentences that begin so are somebody's words."""
    said = line.strip(" *_[]()<>")
    if _MOBILE.match(said) is None or "," in said or len(said.split()) > MOST_WORDS_SENT_FROM:
        return False
    return alone or _DEVICE.search(said) is not None


def _trimmed(lines: _Lines) -> _Lines:
    start, end = 0, len(lines)
    while end and not _is_words(lines[end - 1][1]) and not QUOTE.match(lines[end - 1][1]):
        end -= 1
    while start < end and lines[start][1] in {"", QUOTE_STARTS}:
        start += 1
    return [(at, line) for at, line in lines[start:end] if line != QUOTE_STARTS]
