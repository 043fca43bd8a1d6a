"""Texts as JSON lines, and what they say as JSON lines: for piping and measuring."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ascolto.reading.judging import judge
from ascolto.reading.reading import Reading, Text


class _Line(msgspec.Struct):
    text: str
    channel: str | None = None
    post: str | None = None


_decode = msgspec.json.Decoder(_Line).decode


def read_lines(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One answer a line, in the same order; {"error": …} for a line that is none of ours."""
    for line in lines:
        if not line.strip():
            continue
        try:
            one = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            yield {"error": str(problem)}
        else:
            yield told(judge(Text(one.text, one.channel or "", one.post or "")))


def told(reading: Reading) -> dict[str, Any]:
    """A reading with the names of the command's contract."""
    return {
        "lang": reading.lang,
        "kind": reading.kind,
        "topic": reading.topic,
        "needs_care": reading.needs_care,
        "polarity": reading.polarity,
        "angry": reading.angry,
        "churn_threat": reading.churn_threat,
        "escalation_threat": reading.escalation_threat,
        "unrelated_to_post": reading.unrelated_to_post,
        "model": reading.model,
        "probabilities": reading.probabilities,
        "why": reading.why,
    }
