"""When we work: hours, the patron saint's day, and what it means for somebody who writes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

import holidays
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ascolto.desk.setup_guard import owners_only
from ascolto.kit.businesstime import Interval, NeverOpen
from ascolto.kit.daysoff import ItalianDaysOff, UnknownProvince
from ascolto.staff import services
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Calendar, Team

DAYS = [
    gettext_lazy("lunedì"), gettext_lazy("martedì"), gettext_lazy("mercoledì"),
    gettext_lazy("giovedì"), gettext_lazy("venerdì"), gettext_lazy("sabato"),
    gettext_lazy("domenica"),
]  # fmt: skip
SATURDAY = 5
ELEVEN = 11


@dataclass(frozen=True, slots=True)
class Holiday:
    on: date
    name: str


class HoursForm(forms.Form):
    """One line a day: «9:00-13:00, 14:00-18:00»; an empty line is a closed day."""

    province = forms.CharField(
        max_length=2,
        required=False,
        label=gettext_lazy("Provincia, per la festa del patrono"),
        help_text=gettext_lazy("La sigla, come TO o MI. Vuota: nessun patrono."),
    )

    def __init__(self, data: object = None, *, calendar: Calendar) -> None:
        week = {day: [] for day in range(7)}  # type: dict[int, list[str]]
        for opening in calendar.openings.order_by("weekday", "opens"):
            week[opening.weekday].append(str(Interval(opening.opens, opening.closes)))
        initial = {f"day{day}": ", ".join(parts) for day, parts in week.items()}
        super().__init__(data, initial={**initial, "province": calendar.province})  # type: ignore[arg-type] # a QueryDict or nothing
        for day, name in enumerate(DAYS):
            self.fields[f"day{day}"] = forms.CharField(required=False, max_length=60, label=name)
        self.order_fields([f"day{day}" for day in range(7)])

    def clean_province(self) -> str:
        province = str(self.cleaned_data["province"]).strip().upper()
        try:
            ItalianDaysOff(province=province)
        except UnknownProvince as problem:
            raise forms.ValidationError(_("Questa sigla non è di una provincia.")) from problem
        return province

    def week(self) -> dict[int, list[Interval]]:
        """The hours as typed. Whatever cannot be meant becomes an error of its line."""
        week: dict[int, list[Interval]] = {}
        for day in range(7):
            text = str(self.cleaned_data.get(f"day{day}", ""))
            parts = [part for part in text.replace("–", "-").split(",") if part.strip()]
            try:
                week[day] = sorted(Interval.parse(_two_digits(part)) for part in parts)
            except ValueError:
                self.add_error(f"day{day}", _("Scrivi le ore così: 9:00-13:00, 14:00-18:00."))
                continue
            if any(b.opens < a.closes for a, b in zip(week[day], week[day][1:], strict=False)):
                self.add_error(f"day{day}", _("Due intervalli si sovrappongono."))
        if not self.errors and not any(week.values()):
            self.add_error("day0", _("Con tutti i giorni chiusi nessuno risponderebbe mai."))
        return week


@owners_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The hours of the house; teams may have their own later."""
    calendar = Calendar.objects.order_by("pk").first() or Calendar.objects.create(
        name=_("Orario d’ufficio")
    )
    form = HoursForm(request.POST or None, calendar=calendar)
    if request.method == "POST" and form.is_valid():
        week = form.week()
        if not form.errors:
            services.set_hours(calendar, week=week, province=form.cleaned_data["province"])
            messages.success(request, _("Orari salvati."))
            onward = "desk:setup_done" if "avanti" in request.POST else "desk:setup_hours"
            return redirect(onward)
    now = timezone.now()
    context = {
        "step": 4,
        "form": form,
        "example": worked_example(calendar, now=now),
        "holidays": next_holidays(calendar.province, after=timezone.localdate(now)),
    }
    return render(request, "desk/setup/hours.html", context, status=422 if form.errors else 200)


def worked_example(calendar: Calendar, *, now: datetime) -> str:
    """What these hours promise to somebody who writes next Saturday at eleven."""
    team = Team.objects.filter(calendar=calendar).order_by("pk").first()
    minutes = team.first_answer_minutes if team else 240
    local = timezone.localtime(now)
    saturday = local + timedelta(days=(SATURDAY - local.weekday()) % 7)
    written = saturday.replace(hour=ELEVEN, minute=0, second=0, microsecond=0)
    try:
        due = work_calendar(calendar).add(written, timedelta(minutes=minutes))
    except NeverOpen:
        return ""
    return _("Un messaggio di sabato %(day)s alle 11 avrà risposta entro %(due)s.") % {
        "day": date_format(written, "j F").lower(),
        "due": date_format(timezone.localtime(due), _("l j F, \\a\\l\\l\\e G:i")).lower(),
    }


def next_holidays(province: str, *, after: date, count: int = 6) -> list[Holiday]:
    """The next days on which these hours do not count, named in the language of the page."""
    language = "it" if (get_language() or "it").startswith("it") else "en_US"
    named = holidays.country_holidays("IT", subdiv=province or None, language=language)
    days = (after + timedelta(days=number) for number in range(400))
    found = (Holiday(day, named[day]) for day in days if day in named)
    return list(islice(found, count))


def _two_digits(part: str) -> str:
    """«9-13» and «9:00-13:00» as «09:00-13:00»."""
    ends = [end.strip() for end in part.split("-")]
    return "-".join(f"{(end if ':' in end else end + ':00'):0>5}" for end in ends)
