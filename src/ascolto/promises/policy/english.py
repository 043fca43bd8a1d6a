"""How English names a moment and promises it."""

import re
from datetime import timedelta

from ascolto.promises.policy.moments import LAST_DAY, Day, Hour, Span
from ascolto.promises.policy.noticing import Language

NUMBERS = {
    name: value
    for value, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
PARTS = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "evening"}

_N = "|".join([r"\d{1,3}", *sorted(NUMBERS, key=len, reverse=True)])
_PART = r"(?:\s+(?P<part>morning|afternoon|evening|night)\b)?"
_NAMES = "|".join(MONTHS)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?|o'clock)"
    r"(?:\s+in the (?P<part>morning|afternoon|evening)\b)?"
)
_WRITTEN = re.compile(r"(?<![\d:.,/])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:.,/]\d)")
_PLAIN = re.compile(
    r"(?<=\bby )(?P<hour>\d{1,2})(?=\s*(?:[.,;!]|$|today\b|tomorrow\b|on\s+\w+day\b))"
)
_NOON = re.compile(r"\b(?P<noon>noon|midday|midnight)\b")
_SPAN = re.compile(
    rf"\b(?:within|in)\s+(?:(?:the|next|about)\s+)*(?P<half>half\s+)?(?P<count>{_N})\s+"
    r"(?:(?P<working>business|working)\s+)?(?P<unit>hour|minute|day|week)s?\b"
)
_RELATIVE = re.compile(
    rf"\b(?P<day>today|tonight|tomorrow|this (?:morning|afternoon|evening)){_PART}"
)
_WEEKDAY = re.compile(
    r"(?<!last )\b(?P<next>next\s+)?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday"
    rf"|sunday)\b(?!,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{_NAMES})\b){_PART}"
)
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_NAMES})"
    rf"|(?P<name2>{_NAMES})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,?\s+(?P<year>\d{{4}}))?"
)
_END = re.compile(
    r"\b(?:(?:the\s+)?end of (?:the\s+|this\s+)?(?P<what>day|week|month)|close of business|eod)\b"
)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _clock(match: re.Match[str]) -> Hour | None:
    said = match.groupdict()
    half = (said.get("half") or "")[:1]
    hour, minute = int(match["hour"]), int(said.get("minute") or 0)
    if hour > (12 if half in {"a", "p"} else 24):  # a clock
        return None
    if half in {"a", "p"}:
        return Hour(
            hour % 12 + (12 if half == "p" else 0), minute, "morning" if half == "a" else ""
        )
    return Hour(hour, minute, said.get("part") or "")


def _noon(match: re.Match[str]) -> Hour:
    return Hour(24 if match["noon"] == "midnight" else 12)


def _span(match: re.Match[str]) -> Span:
    count = _number(match["count"]) * (0.5 if match["half"] else 1)
    unit = match["unit"]
    if unit in {"hour", "minute"}:
        return Span(timedelta(minutes=count * (60 if unit == "hour" else 1)))
    return Span(days=int(count) * (7 if unit == "week" else 1), working=bool(match["working"]))


def _relative(match: re.Match[str]) -> Day:
    said = match["day"]
    part = match["part"] or {"tonight": "evening"}.get(said) or said.removeprefix("this ")
    return Day(offset=1 if said == "tomorrow" else 0, part=PARTS.get(part, ""))


def _weekday(match: re.Match[str]) -> Day:
    part = PARTS.get(match["part"] or "", "")
    return Day(weekday=WEEKDAYS.index(match["day"][:3]), next_week=bool(match["next"]), part=part)


def _date(match: re.Match[str]) -> Day | None:
    day = int(match["day"] or match["day2"])
    month = MONTHS.index(match["name"] or match["name2"]) + 1
    year = int(match["year"]) if match["year"] else None
    return Day(day=day, month=month, year=year) if 1 <= day <= LAST_DAY else None  # a calendar


def _end(match: re.Match[str]) -> Day:
    what = match["what"] or "day"
    return Day(offset=0) if what == "day" else Day(end=what)


_OURS = (
    r"(?:i|we|you)(?:'ll| will|'m going to| am going to|'re going to"
    r"| are going to| shall)\s+(?:\w+\s+)?"
)
_VERBS = (
    (_OURS + r"(?:write|email|e-mail|drop you)", "write"),
    (_OURS + r"(?:call|ring|phone)", "call"),
    (_OURS + r"(?:get back|be in touch|contact|hear)", "contact"),
    (_OURS + r"(?:reply|answer|respond)", "answer"),
    (_OURS + r"(?:send|ship|post)", "send"),
    (_OURS + r"(?:update|let you know|keep you posted)", "update"),
    (
        _OURS
        + r"(?:have|receive|get|fix|restore|solve|resolve|repair|check|confirm|replace|refund)",
        "",
    ),
    (
        (
            r"(?:will|'ll) be (?:\w+ )?(?:fixed|restored|solved|resolved"
            r"|repaired|sent|delivered|replaced"
            r"|refunded|ready|back|there)"
        ),
        "",
    ),
    (r"(?:i|we) promise|technician (?:will|comes|arrives)", ""),
)
ENGLISH = Language(
    tokens=(
        (_SPAN, _span),
        (_DATE, _date),
        (_END, _end),
        (_CLOCK, _clock),
        (_WRITTEN, _clock),
        (_PLAIN, _clock),
        (_NOON, _noon),
        (_RELATIVE, _relative),
        (_WEEKDAY, _weekday),
    ),
    between=re.compile(r"[\s,]*(?:(?:at|by|on|before|no later than)\s+)*"),
    strong=re.compile(r"\b(?:by|before|no later than|at|on)\s*(?:the)?\s*$"),
    wrong=re.compile(r"\b(?:of|from|since|after|until|till|every|last|not before)\s+(?:the\s+)?$"),
    follows=re.compile(
        r"\s*(?:of (?:the )?(?:invoice|receipt|order)|from\b|after\b|ago\b|since\b|late\b)"
    ),
    verbs=tuple((re.compile(rf"\b(?:{words})\b"), deed) for words, deed in _VERBS),
    barriers=re.compile(r"\b(?:because|that|when|if|about|regarding|since|whether|while)\b"),
    blocks=re.compile(
        r"\b(?:must|have to|has to|need to|needs to|should|could|can you"
        r"|please|might|may be|usually"
        r"|normally|yesterday|was|were|had|expired?s?|due date|unless"
        r"|deadline|won't|will not|cannot"
        r"|can't|would|you pay|paid|if you)\b"
    ),
    strong_is_enough=False,
)
