"""Jobs are deferred by name: every name that is used must be a task."""

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

from procrastinate.contrib.django import app

from ascolto.timeline.registry import everything_followed

SOURCE = Path(__file__).resolve().parents[2] / "src" / "ascolto"
DEFERRING = {"later", "later_at", "once", "once_at"}


def deferred_names() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in DEFERRING and isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_job_that_is_deferred_exists() -> None:
    names = set(deferred_names())

    assert names
    assert names <= set(app.tasks)


def test_every_job_that_follows_a_deed_exists() -> None:
    followed = everything_followed()

    assert followed
    assert {job for jobs in followed.values() for job in jobs} <= set(app.tasks)


def test_a_job_tolerates_arguments_of_a_later_version() -> None:
    ours = {name: task.func for name, task in app.tasks.items() if is_ours(task.func)}

    intolerant = [
        name
        for name, function in ours.items()
        if not any(
            parameter.kind is inspect.Parameter.VAR_KEYWORD
            for parameter in inspect.signature(function).parameters.values()
        )
    ]

    assert ours
    assert intolerant == []


def is_ours(function: Callable[..., object]) -> bool:
    return function.__module__.startswith("ascolto.")
