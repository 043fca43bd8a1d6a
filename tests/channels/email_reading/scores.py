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
from ascolto.channels.adapters.email.values import PecReceipt

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


@dataclass
class Bounces:
    cases: int = 0
    seen: int = 0
    recipients: int = 0
    hard: int = 0
    reasons: int = 0
    wrong: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)


# What the truth calls the classes of failure, by what they mean.
_REASONS = {
    "user_unknown": {"userunknown"},
    "host_unknown": {"hostunknown"},
    "moved": {"hasmoved"},
    "not_accepting": {"notaccept"},
    "mailbox_full": {"mailboxfull"},
    "filtered": {"filtered", "rejected"},
    "sender_rejected": {"rejected", "blocked", "notcompliantrfc"},
    "suspended": {"suspend"},
    "authentication": {"authfailure"},
    "no_reverse_dns": {"requireptr"},
    "spam": {"spamdetected"},
    "virus": {"virusdetected"},
    "blocked": {"blocked", "badreputation", "rejected", "securityerror"},
    "rate_limited": {"toomanyconn", "speeding", "blocked", "exceedlimit", "badreputation"},
    "too_big": {"mesgtoobig", "exceedlimit"},
    "relaying": {"norelaying"},
    "policy": {"policyviolation", "securityerror", "rejected", "contenterror", "notcompliantrfc"},
    "moderation": {"rejected"},
    "expired": {"expired", "networkerror"},
    "network": {"networkerror", "expired", "systemerror"},
    "system": {"systemerror", "mailererror", "systemfull", "undefined"},
    "unknown": {"undefined", "onhold", "syntaxerror", "contenterror"},
}


def bounce_scores(corpora: Path) -> Bounces:
    """Compared by recipient set and by the number of dead addresses, a mail at a time."""
    score = Bounces()
    for row in rows(corpora, "bounce_expected.jsonl"):
        mail = read_message((corpora / row["set"] / row["file"]).read_bytes())
        outcomes = row["outcomes"]
        if not outcomes or all(one["reason"] == "vacation" for one in outcomes):
            score.false_alarms += [row["file"]] if mail.bounce else []
            continue
        score.cases += 1
        if mail.bounce is None:
            score.wrong.append(row["file"])
            continue
        score.seen += 1
        found = {one.address.lower() for one in mail.bounce.recipients}
        score.recipients += found == {one.lower() for one in row["recipients_by_sisimai"]}
        dead = sorted(one.hard for one in mail.bounce.recipients)
        score.hard += dead == sorted(one["hard"] for one in outcomes)
        meant = _REASONS.get(mail.bounce.reason or "", {"delivered"})
        score.reasons += outcomes[0]["reason"] in meant
    return score


def false_alarms(corpora: Path) -> tuple[int, list[str]]:
    """(how many ordinary mails, those taken for a bounce or an automatic answer)."""
    every = sorted((corpora / "spamassassin").glob("*-*/*.txt"))
    wrong = []
    for path in every:
        mail = read_message(path.read_bytes())
        if mail.auto or mail.bounce is not None or mail.complaint is not None:
            wrong.append(str(path.relative_to(corpora)))
    return len(every), wrong


def receipts(corpora: Path) -> list[tuple[dict[str, Any], PecReceipt | None]]:
    """The truth about every certified mail, and what was read of it."""
    return [
        (row, read_message((corpora / row["file"]).read_bytes()).pec)
        for row in rows(corpora, "pec_expected.jsonl")
    ]


def main() -> None:
    corpora = Path(sys.argv[1])
    replies, bounces = reply_scores(corpora), bounce_scores(corpora)
    ordinary, wrong = false_alarms(corpora)
    known = [receipt for _, receipt in receipts(corpora)]
    lines = [
        f"replies  exact {replies.exact}/{replies.cases}",
        f"  words lost {replies.lost_words}/{replies.expected_words}",
        f"bounces  seen {bounces.seen}/{bounces.cases}  recipients {bounces.recipients}",
        f"  hard or soft {bounces.hard}  reasons {bounces.reasons}",
        f"ordinary mails {ordinary}  taken for machine mail {len(wrong)}",
        f"receipts read {sum(one is not None for one in known)}/{len(known)}",
    ]
    lines += [f"  not exact: {name}" for name in replies.wrong]
    lines += [f"  losing words: {name}" for name in replies.losing]
    lines += [f"  not seen: {name}" for name in bounces.wrong]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
