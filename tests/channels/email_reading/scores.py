"""How well mails are read, measured on the folder of real messages.

`python -m tests.channels.email_reading.scores FOLDER` prints the figures.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ascolto.channels.adapters.email.html_text import marked_text
from ascolto.channels.adapters.email.message import read_message
from ascolto.channels.adapters.email.replies import cut

_WORD = re.compile(r"\w+")


def rows(corpora: Path, name: str) -> list[dict[str, Any]]:
    lines = (corpora / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@dataclass
class Replies:
    cases: int = 0
    exact: int = 0
    expected_words: int = 0
    lost_words: int = 0
    wrong: list[str] = field(default_factory=list)
    losing: list[str] = field(default_factory=list)


def reply_scores(corpora: Path) -> Replies:
    score = Replies()
    for row in rows(corpora, "reply_expected.jsonl"):
        name = f"{row['set']}/{row['file']}"
        said = _reply_of(row["input"], (corpora / row["set"] / row["file"]).read_bytes())
        score.cases += 1
        if _as_expected(row, said):
            score.exact += 1
        else:
            score.wrong.append(name)
        if "expected" in row:
            wanted = Counter(_WORD.findall(row["expected"]))
            lost = (wanted - Counter(_WORD.findall(said))).total()
            score.expected_words += wanted.total()
            score.lost_words += lost
            if lost:
                score.losing.append(name)
    return score


def _reply_of(kind: str, raw: bytes) -> str:
    if kind == "eml":
        return read_message(raw).reply_text
    text = raw.decode("utf-8", "replace")
    return cut(marked_text(text) if kind == "html" else text).new


def _as_expected(row: dict[str, Any], said: str) -> bool:
    match row["truth"]:
        case "full":
            return _even(said) == _even(row["expected"])
        case "full_ignore_ws":
            return said.split() == str(row["expected"]).split()
        case _:
            return all(one in said for one in row["must_contain"]) and not any(
                one in said for one in row["must_not_contain"]
            )


def _even(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{2,}", "\n\n", lines).strip()


def main() -> None:
    corpora = Path(sys.argv[1])
    replies = reply_scores(corpora)
    lines = [
        f"replies  exact {replies.exact}/{replies.cases}"
        f"  words lost {replies.lost_words}/{replies.expected_words}",
        *(f"  not exact: {name}" for name in replies.wrong),
        *(f"  losing words: {name}" for name in replies.losing),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
