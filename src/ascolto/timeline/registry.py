"""Which jobs follow which kind of deed. How a fact travels upward without an import.

A domain registers its own jobs here, in its own `jobs.py`; `timeline.services.record` defers
them in the transaction of the deed.
"""

_followers: dict[str, list[str]] = {}


def follow(kind: str, *, job: str) -> None:
    """Run the job `job` after every entry of this kind. Registering twice changes nothing."""
    jobs = _followers.setdefault(kind, [])
    if job not in jobs:
        jobs.append(job)


def followers(kind: str) -> tuple[str, ...]:
    """The jobs that follow this kind, in the order of their registration."""
    return tuple(_followers.get(kind, ()))


def everything_followed() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(jobs) for kind, jobs in _followers.items()}
