"""What happens besides, once an answer made with a macro is sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ascolto.cases.models import Case
from ascolto.cases.policy import returns
from ascolto.cases.services import NoReason, resolve
from ascolto.cases.services.fields import MissingFields
from ascolto.cases.services.labelling import NoTag, tag
from ascolto.cases.services.snoozing import NotOpen, snooze
from ascolto.desk.guards import number_in
from ascolto.knowledge.services import count_use
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Colleague

SNOOZES = {"domani": "tomorrow", "tomorrow": "tomorrow", "lunedì": "monday", "monday": "monday"}
MOST = 20


def after_sending(case: Case, macros: Sequence[str], *, by: Colleague, now: datetime) -> list[str]:
    """Count the macros of an answer and do what they say; sentences for what could not be done.

    The answer is on its way: a deed that is not possible now undoes nothing of it.
    """
    chosen = [number_in(one) for one in macros[:MOST]]
    problems = []
    for macro in count_use(chosen, by=by) if chosen else []:
        problems += _labelled(case, macro.deeds, by=by, now=now)
        problems += _do(case, macro.deeds, by=by, now=now)
    return problems


def _labelled(case: Case, deeds: dict[str, Any], *, by: Colleague, now: datetime) -> list[str]:
    names = deeds.get("tags")
    if not isinstance(names, list):
        return []
    try:
        tag(case, [str(name) for name in names], by=by, now=now)
    except NoTag:
        return [_("La macro voleva un’etichetta che è stata tolta, o una di troppo.")]
    return []


def _do(case: Case, deeds: dict[str, Any], *, by: Colleague, now: datetime) -> list[str]:
    why = SNOOZES.get(str(deeds.get("snooze", "")))
    hours = work_calendar(case.team.calendar)
    for back in returns(now=now, hours=hours, clocks=[]) if why else []:
        if back.why == why:
            try:
                snooze(case, until=back.at, by=by, now=now)
            except NotOpen:
                return [_("La macro voleva rimandare il caso, che è risolto.")]
    if deeds.get("resolve") is not True:
        return []
    try:
        resolve(case, by=by, now=now)
    except NoReason:
        return [_("La macro voleva risolvere il caso, ma c’è ancora una promessa da mantenere.")]
    except MissingFields:
        return [_("La macro voleva risolvere il caso, ma mancano dei campi da compilare.")]
    return []
