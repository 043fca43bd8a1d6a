"""Alerts, and what raises them."""

from datetime import datetime

from ascolto.alerts import services
from ascolto.alerts.models import Alert, Notice, Rule
from ascolto.alerts.services import Cause, Wanted
from tests import make

MIDNIGHT = make.NOON.replace(hour=23, minute=0)  # in Rome
ON_SCREEN = (Notice.Way.SCREEN,)


def rule(
    kind: str = Rule.Kind.NEEDS_CARE, ways: tuple[str, ...] = ON_SCREEN, **more: object
) -> Rule:
    wanted = Wanted(kind=kind, ways=ways, **more)  # type: ignore[arg-type] # as each test wants it
    return services.make_rule(wanted, by=None, now=make.LONG_AGO)


def cause(kind: str = Rule.Kind.NEEDS_CARE, *, about: str = "mention:1", **more: object) -> Cause:
    told: dict[str, object] = {
        "kind": kind,
        "key": about,
        "subject": about,
        "path": "/ascolto/1/",
        "title": "Giulia chiede aiuto",
        "words": "è mezzanotte e la linea non va",
        **more,
    }
    return Cause(**told)  # type: ignore[arg-type] # as each test wants it


def raised(kind: str = Rule.Kind.NEEDS_CARE, *, now: datetime = make.NOON, **more: object) -> Alert:
    alert = services.raise_alert(cause(kind, **more), now=now)  # type: ignore[arg-type] # the same
    assert alert is not None
    return alert
