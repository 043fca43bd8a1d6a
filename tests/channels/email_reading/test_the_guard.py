import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from ascolto.channels.adapters.email import guard
from ascolto.channels.adapters.email.guard import GuardedReader, Unreadable
from ascolto.channels.adapters.email.message import read_message
from tests.channels.email_reading.letters import letter, multipart


@pytest.fixture(name="reader")
def _reader() -> Iterator[GuardedReader]:
    with GuardedReader() as reader:
        yield reader


def test_the_child_reads_what_the_process_itself_would(reader: GuardedReader) -> None:
    whole = multipart(
        "multipart/mixed",
        "Content-Type: text/html\r\n\r\n<p>Ciao",
        "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example",
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
        headers=("From: Giulia <g@posta.example>", "Date: Thu, 12 Mar 2026 10:30:00 +0100"),
    )

    assert reader.read(whole) == read_message(whole)


def test_a_mail_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with (
        GuardedReader(wall_seconds=0.001) as impatient,
        pytest.raises(Unreadable, match="not read within"),
    ):
        impatient.read(letter("parola " * 100_000))
    with GuardedReader() as patient:
        assert patient.read(letter()) == read_message(letter())


def test_a_mail_too_big_for_the_memory_kills_the_child_alone() -> None:
    with GuardedReader(memory=16 * 1024 * 1024) as reader:
        with pytest.raises(Unreadable, match="the reader stopped"):
            reader.read(letter() + b"x" * 40_000_000)

        assert reader.read(letter()).subject == "Bolletta di marzo"


def test_a_killed_child_is_replaced(reader: GuardedReader) -> None:
    reader.read(letter())
    os.kill(_pid(reader), signal.SIGKILL)
    time.sleep(0.05)

    assert reader.read(letter()).subject == "Bolletta di marzo"


def test_a_stopped_child_does_not_stop_the_worker() -> None:
    with GuardedReader(wall_seconds=0.2) as reader:
        reader.read(letter())
        os.kill(_pid(reader), signal.SIGSTOP)

        with pytest.raises(Unreadable):
            reader.read(letter("x" * 1_000_000))

        assert reader.read(letter()).subject == "Bolletta di marzo"


def test_threads_share_one_child(reader: GuardedReader) -> None:
    subjects: list[str] = []

    def read(at: int) -> None:
        subjects.append(reader.read(letter(Subject=f"Lettera {at}")).subject)

    threads = [threading.Thread(target=read, args=(at,)) for at in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(subjects) == sorted(f"Lettera {at}" for at in range(20))


def test_closing_leaves_no_child(reader: GuardedReader) -> None:
    reader.read(letter())
    pid = _pid(reader)

    reader.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://segreto")

    assert "DATABASE_URL" not in guard.environment()


def _pid(reader: GuardedReader) -> int:
    pid = reader.child_pid
    assert pid is not None
    return pid
