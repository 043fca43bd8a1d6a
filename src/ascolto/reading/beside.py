"""A second look at a comment: is what it wants a matter of its own, or that of its post?

What a comment is about when it stood alone, and what its post is about, tell more together than
each of the words; the weights are few, so that they hold for posts that nobody has seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.features import Shared

HEAD = "unrelated_to_post"
NEEDED = (HEAD, "kind", "topic")  # the heads that are asked
ASKS = ("problem", "request")
MOST = 3  # stems or meanings in common: more say no more
SMALLEST = 1e-4
NEVER = 1e-6
Shares = Mapping[str, Mapping[str, float]]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Looks:
    """A comment looked at three times, and what it shares with its post."""

    under: Shares  # as it stands under its post; `HEAD`: if it wants something, is that unrelated?
    alone: Shares  # as if there were no post
    post: Shares  # the post, as if it were a text of its own
    shared: Shared
    words: int


def looked_at(looks: Looks) -> Numbers:
    """The numbers that are weighed, the last always 1."""
    topic, kind, post = _row(looks.alone, "topic"), _row(looks.alone, "kind"), looks.post["topic"]
    above = np.array([post[name] for name in looks.alone["topic"]])
    under = np.array([looks.under["topic"][name] for name in looks.alone["topic"]])
    asks = sum(looks.under["kind"][name] for name in ASKS)
    unrelated = looks.under[HEAD][HEAD]
    about = [float(under @ above), float(topic @ above), float(under @ topic)]
    wanted = np.outer([looks.alone["kind"][name] for name in ASKS], topic)
    shared = looks.shared
    return np.concatenate(
        [
            [_odds(unrelated), _odds(asks * unrelated)],
            _logs(kind),
            _logs(topic),
            wanted.ravel(),
            [*about, *_logs(np.array(about[:2]))],
            [min(MOST, shared.stems), min(MOST, shared.meanings), shared.of_the_comment],
            [np.log1p(looks.words), *shared.speaks, 1.0],
        ]
    )


def share(looks: Looks, weights: Numbers) -> float:
    """How likely the comment carries a matter of its own."""
    return float(1 / (1 + np.exp(-np.clip(looked_at(looks) @ weights, -30, 30))))


def _row(shares: Shares, head: str) -> Numbers:
    return np.array(list(shares[head].values()))


def _logs(shares: Numbers) -> Numbers:
    return np.log(np.clip(shares, SMALLEST, 1))


def _odds(share: float) -> float:
    held = min(max(share, NEVER), 1 - NEVER)
    return float(np.log(held / (1 - held)))
