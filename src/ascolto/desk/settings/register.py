"""The register: who changed what in how the house is run, and a file of it."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ascolto.desk.guards import number_in
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.names import KINDS, told_changes
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import Deed
from ascolto.timeline.register import Filter, register

AREAS = {
    "persone": (
        gettext_lazy("Persone e accessi"),
        (
            "administration.invited",
            "administration.invitation_withdrawn",
            "administration.joined",
            "administration.colleague_changed",
            "administration.left",
            "administration.skills_changed",
            "administration.factors_asked",
            "access.",
            "security.",
            "staff.",
        ),
    ),
    "canali": (
        gettext_lazy("Canali e programmi"),
        (
            "channels.opened",
            "channels.changed",
            "channels.closed",
            "channels.reopened",
            "channels.secret_rotated",
            "integrations.",
            "api.",
            "exchange.",
        ),
    ),
    "parole": (
        gettext_lazy("Testi, etichette e campi"),
        (
            "administration.template_saved",
            "administration.template_dropped",
            "knowledge.",
            "cases.tag_renamed",
            "cases.tag_merged",
            "cases.tag_retired",
            "cases.tag_restored",
            "cases.field_saved",
            "cases.field_retired",
        ),
    ),
    "casa": (
        gettext_lazy("Azienda, squadre e orari"),
        (
            "administration.company_changed",
            "administration.team_added",
            "administration.team_changed",
            "administration.calendar_added",
            "administration.hours_changed",
            "administration.closure_added",
            "administration.closure_removed",
            "administration.competence_added",
            "administration.competence_removed",
            "administration.topics_changed",
        ),
    ),
}
EVERYTHING = tuple(kind for _name, kinds in AREAS.values() for kind in kinds)
MOST_EXPORTED = 100_000  # rows; further ones are reached by choosing dates
AT_ONCE = 1000
# A cell that begins so is a formula to a spreadsheet: with an apostrophe before it, it is text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class FilterForm(forms.Form):
    chi = forms.ModelChoiceField(
        queryset=Colleague.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("tutti"),
        label=gettext_lazy("Chi"),
    )
    cosa = forms.ChoiceField(
        choices=[("", gettext_lazy("tutto")), *((key, name) for key, (name, _k) in AREAS.items())],
        required=False,
        label=gettext_lazy("Che cosa"),
    )
    dal = forms.DateField(
        required=False,
        label=gettext_lazy("Dal"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    al = forms.DateField(
        required=False,
        label=gettext_lazy("Fino al"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def wanted(self) -> Filter:
        asked = self.cleaned_data if self.is_valid() else {}
        area = AREAS.get(str(asked.get("cosa") or ""))
        last = asked.get("al")
        return Filter(
            kinds=area[1] if area else EVERYTHING,
            by=asked["chi"].pk if asked.get("chi") else None,
            since=_midnight(asked["dal"]) if asked.get("dal") else None,
            until=_midnight(last + timedelta(days=1)) if last else None,
        )


def _midnight(day: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page = register(form.wanted(), before=number_in(request.GET.get("prima", "")) or None)
    asked = request.GET.copy()
    asked.pop("prima", None)
    context = {
        "section": "preferences",
        "place": "register",
        "form": form,
        "page": page,
        "asked": asked.urlencode(),
    }
    return render(request, "desk/settings/register.html", context)


@leads_only
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet, sent as it is read."""
    response = StreamingHttpResponse(
        _lines(FilterForm(request.GET).wanted()), content_type="text/csv; charset=utf-8"
    )
    name = f"registro-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast(HttpResponse, response)  # a stream is a response as well


def _lines(wanted: Filter) -> Iterator[str]:
    yield "\ufeff" + _line([_("quando"), _("chi"), _("che cosa"), _("nome"), _("modifiche")])
    before, sent = None, 0
    while sent < MOST_EXPORTED:
        page = register(wanted, before=before, limit=AT_ONCE)
        for deed in page.deeds:
            yield _line(_cells(deed))
        sent += len(page.deeds)
        if page.older is None:
            return
        before = page.older


def _cells(deed: Deed) -> list[str]:
    return [
        timezone.localtime(deed.at).isoformat(timespec="seconds"),
        deed.by_name or "Ascolto",
        str(KINDS.get(deed.kind, deed.kind)),
        str(deed.facts.get("name") or deed.facts.get("title") or deed.subject),
        "; ".join(told_changes(deed)),
    ]


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """The same words, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
