"""When we work, seen as a week and a month, and tried out on a case that might come."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import hours as deeds
from ascolto.desk import words
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.example import worked_example
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.month import month_of
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.desk.setup_hours import HoursForm
from ascolto.kit.businesstime import Interval
from ascolto.staff.models import Calendar, Closure, Team
from ascolto.staff.services import NameTaken
from ascolto.timeline.queries import history_of
from ascolto.timeline.references import reference


@dataclass(frozen=True, slots=True)
class Bar:
    """One weekday as it is drawn: parts in minutes from midnight, and words."""

    name: str
    parts: list[tuple[int, int]]  # from, length
    words: str


class WeekForm(HoursForm):
    round_the_clock = forms.BooleanField(
        required=False, label=gettext_lazy("Sempre aperto, giorno e notte, feste comprese")
    )


class ClosureForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Giorno"), widget=forms.DateInput(attrs={"type": "date"})
    )
    begins = forms.TimeField(
        required=False,
        label=gettext_lazy("Dalle, se non tutto il giorno"),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    ends = forms.TimeField(
        required=False,
        label=gettext_lazy("Alle; vuoto: fino a sera"),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    reason = forms.CharField(max_length=120, required=False, label=gettext_lazy("Perché"))

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.part()
            except ValueError:
                self.add_error("ends", _("La chiusura finisce dopo che è cominciata."))
        return self.cleaned_data

    def part(self) -> Interval | None:
        """Which part of the day; None: all of it. Raises `ValueError`."""
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        if begins is None and ends is None:
            return None
        return Interval(_minute(begins) if begins else 0, _minute(ends) if ends else 1440)


class CalendarForm(forms.Form):
    name = forms.CharField(max_length=80, label=gettext_lazy("Nome dell’orario"))


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    first = Calendar.objects.order_by("pk").first()
    if first is None:
        return render(
            request,
            "desk/settings/hours_none.html",
            {"section": "preferences", "place": "hours", "calendar_form": CalendarForm()},
        )
    return _page(request, first, _week_form(first))


@leads_only
@require_safe
def one(request: HttpRequest, calendar_id: int) -> HttpResponse:
    calendar = get_object_or_404(Calendar, pk=calendar_id)
    return _page(request, calendar, _week_form(calendar))


def _week_form(calendar: Calendar) -> WeekForm:
    form = WeekForm(calendar=calendar)
    form.initial["round_the_clock"] = calendar.round_the_clock
    return form


@leads_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Un orario ha bisogno di un nome."))
        return redirect("desk:settings_hours")
    try:
        calendar = deeds.add_calendar(
            form.cleaned_data["name"], by=colleague_of(request), now=timezone.now()
        )
    except NameTaken:
        messages.error(request, _("C’è già un orario con questo nome."))
        return redirect("desk:settings_hours")
    messages.success(request, _("L’orario %(name)s c’è: scrivi le sue ore.") % {"name": calendar})
    return redirect("desk:settings_calendar", calendar.pk)


@leads_only
@require_POST
def save(request: HttpRequest, calendar_id: int) -> HttpResponse:
    calendar = get_object_or_404(Calendar, pk=calendar_id)
    form = WeekForm(request.POST, calendar=calendar)
    always = "round_the_clock" in request.POST
    week = form.week() if form.is_valid() and not always else {}
    if form.errors:
        return _page(request, calendar, form)
    before = deeds.calendar_state(calendar)
    deeds.set_hours(
        calendar,
        week=week,
        province=form.cleaned_data["province"],
        round_the_clock=always,
        by=colleague_of(request),
        now=timezone.now(),
    )
    sentence = _("Orario salvato. Gli orologi già partiti tengono l’ora promessa.")
    say_saved(request, sentence, subject=reference("calendar", calendar.pk), before=before)
    return redirect("desk:settings_calendar", calendar.pk)


@leads_only
@require_POST
def close(request: HttpRequest, calendar_id: int) -> HttpResponse:
    calendar = get_object_or_404(Calendar, pk=calendar_id)
    form = ClosureForm(request.POST)
    if not form.is_valid():
        return _page(request, calendar, _week_form(calendar), closure_form=form)
    asked = form.cleaned_data
    try:
        deeds.close_on(
            calendar,
            day=asked["day"],
            reason=asked["reason"],
            part=form.part(),
            by=colleague_of(request),
            now=timezone.now(),
        )
    except deeds.AlreadyClosed:
        form.add_error("day", _("Quel giorno è già una chiusura."))
        return _page(request, calendar, _week_form(calendar), closure_form=form)
    told = {"day": words.day(asked["day"], now=timezone.now())}
    messages.success(request, _("Chiuso %(day)s: quel giorno gli orologi stanno fermi.") % told)
    return redirect("desk:settings_calendar", calendar.pk)


@leads_only
@require_POST
def open_again(request: HttpRequest, closure_id: int) -> HttpResponse:
    closure = get_object_or_404(Closure, pk=closure_id)
    deeds.open_again_on(closure, by=colleague_of(request), now=timezone.now())
    told = {"day": words.day(closure.closed_on, now=timezone.now())}
    messages.success(request, _("Il giorno %(day)s conta di nuovo.") % told)
    return redirect("desk:settings_calendar", closure.calendar_id)


def _page(
    request: HttpRequest,
    calendar: Calendar,
    form: WeekForm,
    *,
    closure_form: ClosureForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    teams = list(Team.objects.filter(calendar=calendar).order_by("name"))
    minutes = teams[0].first_answer_minutes if teams else 240
    failed = bool(form.errors or (closure_form and closure_form.errors))
    context = {
        "section": "preferences",
        "place": "hours",
        "calendar": calendar,
        "calendars": Calendar.objects.order_by("name"),
        "teams": teams,
        "form": form,
        "closure_form": closure_form or ClosureForm(),
        "calendar_form": CalendarForm(),
        "mark": mark(deeds.calendar_state(calendar)),
        "bars": _bars(calendar),
        "example": worked_example(calendar, minutes, now=now),
        "month": month_of(calendar, request.GET.get("mese", ""), today=today),
        "closures": [
            (one, _part(one))
            for one in calendar.closures.filter(closed_on__gte=_last_month(today)).order_by(
                "closed_on"
            )
        ],
        "history": history_of(reference("calendar", calendar.pk), limit=20)[::-1],
    }
    return render(request, "desk/settings/hours.html", context, status=422 if failed else 200)


def _part(closure: Closure) -> str:
    part = deeds.part_of(closure)
    return f"{_clock(part.opens)}–{_clock(part.closes)}" if part else ""


def _last_month(today: date) -> date:
    return date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)


def _bars(calendar: Calendar) -> list[Bar]:
    parts: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
    for one in calendar.openings.order_by("weekday", "opens"):
        parts[one.weekday].append((one.opens, one.closes - one.opens))
    if calendar.round_the_clock:
        parts = {day: [(0, 1440)] for day in range(7)}
    return [
        Bar(str(WEEKDAYS_ABBR[day]).lower(), parts[day], _hours_of(parts[day])) for day in range(7)
    ]


def _hours_of(parts: list[tuple[int, int]]) -> str:
    if not parts:
        return _("chiuso")
    return ", ".join(f"{_clock(opens)}–{_clock(opens + length)}" for opens, length in parts)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
