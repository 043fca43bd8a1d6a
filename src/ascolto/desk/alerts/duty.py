"""Whose shift it is, team by team."""

import re
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ascolto.alerts import queries, services
from ascolto.alerts.policy import Shift
from ascolto.desk.alerts.hours import DAYS
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.kit.businesstime import Interval
from ascolto.staff.models import Team
from ascolto.staff.queries import on_hand

SEPARATOR = re.compile(r"[,;\s]+")


class WeekForm(forms.Form):
    """One row a member, one box a weekday: "09:00-13:00, 14:00-18:00", or nothing."""

    def __init__(self, data: object = None, *, team: Team) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or nothing
        self.team = team
        self.members = list(on_hand(team))
        known: dict[str, list[str]] = {}
        for one in queries.shifts_of(team):
            part = str(Interval(one.begins, one.ends))
            known.setdefault(_name(one.colleague_id, one.weekday), []).append(part)
        for member in self.members:
            for day, words in DAYS:
                name = _name(member.pk, day)
                self.fields[name] = forms.CharField(
                    required=False,
                    max_length=120,
                    label=f"{member.name}, {words}",
                    initial=", ".join(known.get(name, [])),
                )

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        self.shifts: list[Shift] = []
        for member in self.members:
            for day, _words in DAYS:
                name = _name(member.pk, day)
                try:
                    parts = [Interval.parse(part) for part in _parts(str(told.get(name) or ""))]
                except ValueError:
                    self.add_error(name, _("Scrivi le ore così: 09:00-13:00."))
                    continue
                self.shifts += [Shift(member.pk, day, one.opens, one.closes) for one in parts]
        return told

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (member.name, [self[_name(member.pk, day)] for day, _words in DAYS])
            for member in self.members
        ]


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    context = {
        "section": "preferences",
        "place": "duty",
        "teams": queries.duty_today(now=timezone.now()),
    }
    return render(request, "desk/alerts/duty.html", context)


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, team_id: int) -> HttpResponse:
    team = get_object_or_404(Team, pk=team_id)
    form = WeekForm(request.POST or None, team=team)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_duty(team, form.shifts, by=colleague_of(request), now=timezone.now())
        except services.BadRule as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Turni salvati: valgono da adesso."))
            return redirect("desk:settings_duty")
    context = {
        "section": "preferences",
        "place": "duty",
        "team": team,
        "form": form,
        "days": [words for _day, words in DAYS],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/alerts/week.html", context, status=status)


def _name(colleague_id: int, day: int) -> str:
    return f"g{colleague_id}_{day}"


def _parts(text: str) -> list[str]:
    """ "9-13" is not taken: half of the people read it as nine to one at night."""
    return [part for part in SEPARATOR.split(text.replace("–", "-").strip()) if part]
