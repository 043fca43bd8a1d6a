"""What somebody typed into the search, taken apart: operators, a period, and the words. Pure."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

# Every name an operator answers to, Italian first: the pages are in either language.
OPERATORS = {
    "da": "person",
    "from": "person",
    "squadra": "team",
    "team": "team",
    "chi": "assignee",
    "assignee": "assignee",
    "etichetta": "tag",
    "tag": "tag",
    "stato": "state",
    "is": "state",
    "status": "state",
    "canale": "channel",
    "channel": "channel",
    "prima": "before",
    "before": "before",
    "dopo": "after",
    "after": "after",
}
STATES = {
    **dict.fromkeys(("aperto", "aperti", "open"), "open"),
    **dict.fromkeys(("risolto", "risolti", "resolved", "closed"), "resolved"),
    **dict.fromkeys(("rimandato", "rimandati", "snoozed"), "snoozed"),
}
CHANNELS = {
    **dict.fromkeys(("email", "e-mail", "mail", "posta"), "EMAIL"),
    **dict.fromkeys(("telefono", "phone", "chiamata"), "PHONE"),
    **dict.fromkeys(("modulo", "form"), "FORM"),
    **dict.fromkeys(("pagina", "portale", "portal"), "PORTAL"),
    **dict.fromkeys(("webhook",), "WEBHOOK"),
}
MYSELF = frozenset({"io", "me"})
NOBODY = frozenset({"nessuno", "libero", "nobody", "none"})

_TOKEN = re.compile(
    r"""(?P<not>-?)(?P<name>[^\W\d_]+):(?!//)(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))"""
    r"""|(?P<word>-?"[^"]*"|\S+)"""
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ITALIAN = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` is what is left for the full text, with its quotation marks and minus signs.

    `after` is the first day that counts, `before` the first that no longer does. `unknown` are
    operators nobody knows, `unread` those whose value makes no sense: both go with the words.
    """

    words: str = ""
    person: str = ""
    team: str = ""
    assignee: str = ""
    tag: str = ""
    state: str = ""
    channel: str = ""
    after: date | None = None
    before: date | None = None
    unknown: tuple[str, ...] = field(default=())
    unread: tuple[str, ...] = field(default=())

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words was asked for."""
        return replace(self, words="", unknown=(), unread=()) != Wanted()


def taken_apart(text: str, *, today: date) -> Wanted:
    """The operators of `text` and its words. Of an operator said twice, the last counts."""
    found: dict[str, str | date] = {}
    words: list[str] = []
    unknown: list[str] = []
    unread: list[str] = []
    for token in _TOKEN.finditer(text):
        name, said = (token["name"] or "").casefold(), token["quoted"] or token["plain"] or ""
        if token["word"] is not None:
            words.append(token["word"])
            continue
        operator = OPERATORS.get(name)
        value = None if operator is None or token["not"] else _value(operator, said, today)
        if operator is not None and value:
            found[operator] = value
            continue
        (unread if operator else unknown).append(token[0])
        words.append(f"{token['not']}{_bare(said)}" if operator else _bare(f"{name} {said}"))
    return replace(
        Wanted(**found),  # type: ignore[arg-type] # each operator's value is of its own kind
        words=" ".join(word for word in words if word.strip("- ")),
        unknown=tuple(unknown),
        unread=tuple(unread),
    )


def _bare(said: str) -> str:
    return said.replace('"', " ").strip()


def _value(operator: str, said: str, today: date) -> str | date | None:
    said = said.strip()
    if operator in {"before", "after"}:
        return _day(said, today)
    if operator == "state":
        return STATES.get(said.casefold())
    return said.removeprefix("@") or None


def _day(said: str, today: date) -> date | None:
    """A day as people write it: 2026-03-04, 4/3/2026, oggi, ieri."""
    near = {"oggi": 0, "today": 0, "ieri": 1, "yesterday": 1}.get(said.casefold())
    if near is not None:
        return today - timedelta(days=near)
    try:
        if found := _ISO.fullmatch(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _ITALIAN.fullmatch(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:  # the thirtieth of February
        return None
    return None
