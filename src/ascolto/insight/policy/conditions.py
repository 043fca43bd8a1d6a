"""What is counted, written once: a page reckons with it, and finds the cases behind a figure by it.

`Test` compares one column; a `Fraction` counts cases that pass all tests of `count` among those
that pass all of `of`. Each test is drawn as a mask of numbers here, and as a query by `queries`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ascolto.insight.policy.columns import Flag, Numbers
from ascolto.insight.policy.statistics import Share

Mask = NDArray[np.bool_]
A_DAY = 86_400
SETTLED = 9  # days after a solution: the seven in which he may come back, and the ends of days


class Columns(Protocol):
    """The facts of some cases by the names of `ROW`, and `age`: days since each was opened."""

    def __len__(self) -> int: ...

    def __getitem__(self, name: str, /) -> Numbers: ...


class Op(Enum):
    ANY = "any"  # has one of these bits
    NONE = "none"  # has none of them
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SETTLED = "settled"  # solved so many days ago


@dataclass(frozen=True, slots=True)
class Test:
    column: str
    op: Op
    value: int

    def mask(self, cases: Columns) -> Mask:
        column = cases[self.column]
        found: Mask
        if self.op is Op.ANY:
            found = (column & self.value) != 0
        elif self.op is Op.NONE:
            found = (column & self.value) == 0
        elif self.op is Op.AT_LEAST:
            found = column >= self.value
        elif self.op is Op.AT_MOST:
            found = column <= self.value
        else:
            found = (column >= 0) & (column // A_DAY + self.value <= cases["age"])
        return found


@dataclass(frozen=True, slots=True)
class Fraction:
    of: tuple[Test, ...]
    count: tuple[Test, ...]


def all_of(tests: Sequence[Test], cases: Columns) -> Mask:
    found: Mask = np.ones(len(cases), dtype=bool)
    for test in tests:
        found &= test.mask(cases)
    return found


def share(fraction: Fraction, cases: Columns) -> Share:
    among = all_of(fraction.of, cases)
    of = int(np.count_nonzero(among))
    for test in fraction.count:
        among &= test.mask(cases)
    return Share(int(np.count_nonzero(among)), of)


def _has(*flags: Flag) -> Test:
    return Test("flags", Op.ANY, sum(flags))


def _lacks(*flags: Flag) -> Test:
    return Test("flags", Op.NONE, sum(flags))


_JUDGED = _has(Flag.IN_TIME, Flag.LATE)
FRACTIONS = {
    "late_first_answer": Fraction((), (Test("broken_kinds", Op.ANY, 1),)),
    "incomplete": Fraction(
        (_has(Flag.ANSWERED),), (_has(Flag.ASKED_AGAIN, Flag.SISTER_UNANSWERED),)
    ),
    "complete": Fraction(
        (_has(Flag.ANSWERED),), (_lacks(Flag.ASKED_AGAIN, Flag.SISTER_UNANSWERED),)
    ),
    "handed_over": Fraction((), (Test("hand_overs", Op.AT_LEAST, 1),)),
    "handed_over_twice": Fraction((), (Test("hand_overs", Op.AT_LEAST, 2),)),
    "handed_over_thrice": Fraction((), (Test("hand_overs", Op.AT_LEAST, 3),)),
    "repeated": Fraction((), (Test("repeats", Op.AT_LEAST, 1),)),
    "out_of_standard": Fraction((_JUDGED,), (_has(Flag.LATE),)),
    "in_standard": Fraction((_JUDGED,), (_has(Flag.IN_TIME),)),
    "reopened": Fraction((_has(Flag.RESOLVED, Flag.REOPENED),), (_has(Flag.REOPENED),)),
    "first_contact": Fraction(
        (_has(Flag.RESOLVED), Test("solved", Op.SETTLED, SETTLED)),
        (
            Test("contacts", Op.AT_MOST, 1),
            Test("hand_overs", Op.AT_MOST, 0),
            _lacks(Flag.REOPENED, Flag.CAME_BACK),
        ),
    ),
    "satisfied": Fraction((Test("score", Op.AT_LEAST, 1),), (Test("score", Op.AT_LEAST, 3),)),
    "rated": Fraction((_has(Flag.COULD_RATE),), (Test("score", Op.AT_LEAST, 1),)),
    "easy": Fraction((_has(Flag.EFFORT_TOLD),), (_has(Flag.EASY),)),
    "effort_told": Fraction((_has(Flag.RESOLVED, Flag.EFFORT_TOLD),), (_has(Flag.EFFORT_TOLD),)),
    "unanswered": Fraction((), (_has(Flag.WAITS),)),
    "broken_clock": Fraction((), (Test("broken", Op.AT_LEAST, 1),)),
}
