import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import ascolto
from ascolto.reading.lines import read_lines

SOURCE = str(Path(ascolto.__file__).parents[1])
CONTRACT = {
    "lang",
    "kind",
    "topic",
    "needs_care",
    "polarity",
    "angry",
    "churn_threat",
    "escalation_threat",
    "unrelated_to_post",
    "why",
}


def _line(text: str, **rest: object) -> bytes:
    return json.dumps({"text": text, **rest}).encode() + b"\n"


def test_each_line_is_answered_in_its_order() -> None:
    said = [_line("La linea non funziona da tre giorni"), _line("Siete stati bravissimi, grazie!")]

    kinds = [answer["kind"] for answer in read_lines(said)]

    assert kinds == ["problem", "praise"]


def test_an_answer_has_every_field_of_the_contract() -> None:
    (answer,) = read_lines([_line("Quanto costa?", channel="chat", post=None)])

    assert answer.keys() >= CONTRACT


def test_a_line_is_answered_before_the_next_one_is_asked_for() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield _line("ciao")

    assert len(list(islice(read_lines(endless()), 3))) == 3


def test_a_line_that_is_none_of_ours_is_told_and_the_next_is_read() -> None:
    answers = list(read_lines([b"{\n", b'{"channel": "chat"}\n', b"\xff\n", _line("ciao")]))

    assert ["error" in answer for answer in answers] == [True, True, True, False]


def test_an_empty_line_is_no_text() -> None:
    assert list(read_lines([b"\n", b"  \n"])) == []


def test_the_command_reads_and_writes_lines_without_a_database() -> None:
    asked = _line("Se non risolvete vado da un altro gestore", channel="email")

    done = subprocess.run(
        [sys.executable, "-m", "ascolto.config.cli", "read"],
        input=asked,
        capture_output=True,
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": SOURCE,
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        },
    )

    assert json.loads(done.stdout)["churn_threat"] is True
