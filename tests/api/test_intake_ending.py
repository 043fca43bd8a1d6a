"""When the process ends, what it has taken is kept and answered; what comes later is sent back."""

import asyncio
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from ascolto.api.intake import writers
from ascolto.api.intake.writers import Overloaded, Writers
from ascolto.channels.services import Accepted, Letter

LETTERS = [Letter(1, b"{}", f"evt-{number}") for number in range(20)]


def slowly(letters: Sequence[Letter]) -> list[Accepted | Exception]:
    time.sleep(0.05)
    return [Accepted(1, duplicate=False) for _ in letters]


def test_what_was_taken_is_kept_before_the_end_and_nothing_more_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(writers, "write", slowly)
    monkeypatch.setattr(writers, "AT_ONCE", 3)

    async def end_in_the_middle() -> tuple[list[Accepted], bool]:
        with ThreadPoolExecutor(1) as executor:
            ours = Writers(executor)
            keeping = [asyncio.create_task(ours.keep(letter)) for letter in LETTERS]
            await asyncio.sleep(0)
            ending = asyncio.create_task(ours.stop())
            await asyncio.sleep(0)
            with pytest.raises(Overloaded):
                await ours.keep(LETTERS[0])
            await ending
            done = all(one.done() for one in keeping)
            return await asyncio.wait_for(asyncio.gather(*keeping), 60), done

    kept, answered_by_the_end = asyncio.run(end_in_the_middle())

    assert kept == [Accepted(1, duplicate=False)] * len(LETTERS)
    assert answered_by_the_end


def test_a_database_that_hangs_does_not_hold_up_the_end_and_those_who_wait_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    freed = threading.Event()

    def hanging(letters: Sequence[Letter]) -> list[Accepted | Exception]:
        freed.wait(60)
        return slowly(letters)

    monkeypatch.setattr(writers, "write", hanging)
    monkeypatch.setattr(writers, "AT_ONCE", 1)
    monkeypatch.setattr(writers, "LAST_LETTERS_WITHIN", 0.1)

    async def end_while_it_hangs() -> list[Accepted | BaseException]:
        with ThreadPoolExecutor(writers.WRITERS) as executor:
            ours = Writers(executor)
            keeping = [asyncio.create_task(ours.keep(letter)) for letter in LETTERS]
            await asyncio.sleep(0.05)
            await ours.stop()
            freed.set()
            waiting = asyncio.gather(*keeping[writers.WRITERS :], return_exceptions=True)
            told = await asyncio.wait_for(waiting, 60)
            for one in keeping[: writers.WRITERS]:
                one.cancel()
            return told

    told = asyncio.run(end_while_it_hangs())

    assert len(told) == len(LETTERS) - writers.WRITERS
    assert all(isinstance(one, Overloaded) for one in told)
