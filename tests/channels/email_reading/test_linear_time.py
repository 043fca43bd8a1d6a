"""Every pattern of the reader over a million hostile characters (T31)."""

import re
import time
from collections.abc import Callable
from functools import partial
from types import ModuleType

import pytest

from ascolto.channels.adapters.email import (
    addresses,
    attributions,
    bounce_reasons,
    bounce_text,
    complaints,
    dsn,
    encodings,
    filenames,
    headers,
    html_limits,
    html_text,
    identity_key,
    machine,
    mime,
    pec,
    replies,
    reply_marks,
    sanitize,
)

SECONDS = 0.2
MODULES: list[tuple[ModuleType, int]] = [
    # With the length that the code itself lets them see.
    (addresses, headers.LONGEST),
    (attributions, attributions.LONGEST),
    (bounce_reasons, bounce_reasons.LONGEST),
    (bounce_text, bounce_text.LARGEST),
    (complaints, 100_000),
    (dsn, bounce_text.LARGEST),
    (encodings, 1_000_000),
    (filenames, 10_000),
    (headers, headers.LONGEST),
    (html_limits, 1_000_000),
    (html_text, 1_000_000),
    (identity_key, 262_144),
    (machine, 200),
    (mime, mime.LARGEST_HEAD),
    (pec, pec.LARGEST_DATICERT),
    (replies, replies.LONGEST_MARK),
    (reply_marks, attributions.LONGEST_LINE),
    (sanitize, 1_000_000),
]
# Only ever matched at the start of a line.
ANCHORED = {"mime._FIELD", "identity_key._TRACE"}
HOSTILE = ["a", " ", "\n", "a@", "a-", '"', "550 ", "<a "]


def _patterns() -> list[tuple[str, re.Pattern[str] | re.Pattern[bytes], int]]:
    return [
        (f"{module.__name__.rpartition('.')[2]}.{name}", value, longest)
        for module, longest in MODULES
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    ]


@pytest.mark.parametrize(("name", "pattern", "longest"), _patterns())
def test_a_pattern_is_quick_on_what_it_may_see(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes], longest: int
) -> None:
    slow = [piece for piece in HOSTILE if _seconds(name, pattern, piece, longest) > SECONDS]

    assert slow == []


def _seconds(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes], piece: str, longest: int
) -> float:
    text = piece * (longest // len(piece))
    if isinstance(pattern.pattern, bytes):
        bytewise, data = re.compile(pattern.pattern, pattern.flags), text.encode()
        look: Callable[[], object] = partial(
            bytewise.match if name in ANCHORED else bytewise.search, data
        )
    else:
        look = partial(re.compile(pattern.pattern, pattern.flags).search, text)
    started = time.process_time()  # compiling is done: only the looking is measured
    look()
    return time.process_time() - started
