"""How many messages are read a second, language included, on one core: many at once and singly.

The messages are those that the reading learns from, as often as ASCOLTO_BENCH_ROUNDS says. The
limit beside them is the folding of the same texts, which decides nothing.
"""

import os
import time
from collections.abc import Callable, Sequence

from ascolto.reading import Text, read, read_many
from ascolto.reading.folding import fold
from ascolto.reading.training.examples import examples

ROUNDS = int(os.environ.get("ASCOLTO_BENCH_ROUNDS", "5"))
MANY, ONE = 1_500, 200  # messages a second that are promised


def run() -> None:
    texts = [example.text for example in examples()]
    read(texts[0])  # the model is in memory from here on
    print(f"{len(texts):,} messages, seconds of one core, the best of {ROUNDS}\n")
    print("| how | messages a second | promised |")
    print("| --- | --- | --- |")
    for name, promised, work in (
        ("folded, nothing read", "", lambda: [fold(text.text) for text in texts]),
        ("read, many at once", f"{MANY:,}", lambda: read_many(texts)),
        ("read, one by one", f"{ONE:,}", lambda: _one_by_one(texts)),
    ):
        print(f"| {name} | {len(texts) / _quickest(work):,.0f} | {promised} |")


def _one_by_one(texts: Sequence[Text]) -> None:
    for text in texts:
        read(text)


def _quickest(work: Callable[[], object]) -> float:
    """Seconds of the processor that the quickest round took."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)
