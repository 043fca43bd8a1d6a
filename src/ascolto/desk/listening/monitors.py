"""What we listen for: monitors, written in plain words and tried on the last days first."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ascolto.channels.models import Channel
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.listening import queries, services
from ascolto.listening.models import Monitor
from ascolto.listening.policy.rules import BadRule
from ascolto.listening.words import all_said
from ascolto.staff.models import Team


class MonitorForm(forms.Form):
    name = forms.CharField(max_length=80, label=gettext_lazy("Nome"))
    any = forms.CharField(
        required=False,
        max_length=100_000,
        label=gettext_lazy("Almeno una di queste parole o frasi"),
        help_text=gettext_lazy("Una per riga. Maiuscole e accenti non contano."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    all = forms.CharField(
        required=False,
        max_length=20_000,
        label=gettext_lazy("E tutte queste"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    none = forms.CharField(
        required=False,
        max_length=20_000,
        label=gettext_lazy("Ma nessuna di queste"),
        help_text=gettext_lazy("Omonimie, concorsi, pubblicità."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    near = forms.CharField(
        required=False,
        max_length=20_000,
        label=gettext_lazy("Vicine fra loro"),
        help_text=gettext_lazy(
            "Due parole e quante ne possono stare in mezzo: alba, guasto, 5. Una coppia per riga."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    languages = forms.CharField(
        required=False,
        max_length=60,
        label=gettext_lazy("Solo in queste lingue"),
        help_text=gettext_lazy("Le sigle separate da virgole, come it, en. Vuoto: tutte."),
    )
    not_authors = forms.CharField(
        required=False,
        max_length=5_000,
        label=gettext_lazy("Chi non ascoltare"),
        help_text=gettext_lazy("I nostri profili, e chi ripete pubblicità. Uno per riga."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sources = forms.ModelMultipleChoiceField(
        queryset=Channel.objects.none(),
        required=False,
        label=gettext_lazy("Solo in queste fonti"),
        help_text=gettext_lazy("Nessuna scelta: in tutte."),
        widget=forms.CheckboxSelectMultiple,
    )
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), empty_label=None, label=gettext_lazy("Squadra che ascolta")
    )
    opens_cases = forms.BooleanField(
        required=False, label=gettext_lazy("Chi chiede aiuto diventa subito un caso")
    )

    def __init__(self, data: object = None, *, monitor: Monitor | None = None) -> None:
        super().__init__(data, initial=_initial(monitor))  # type: ignore[arg-type] # a QueryDict or nothing
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined] # a choice of models
        places = Channel.objects.filter(kind__in=queries.public_kinds(), closed_at=None)
        self.fields["sources"].queryset = places.order_by("title")  # type: ignore[attr-defined] # as above

    def rule(self) -> Mapping[str, Any]:
        told = self.cleaned_data
        return {
            **{name: _lines(told[name]) for name in ("any", "all", "none", "not_authors")},
            "near": [_pair(line) for line in _lines(told["near"])],
            "languages": told["languages"].replace(",", " ").split(),
        }

    def wanted(self) -> services.Wanted:
        told = self.cleaned_data
        return services.Wanted(
            name=told["name"],
            rule=self.rule(),
            team=told["team"],
            sources=list(told["sources"]),
            opens_cases=told["opens_cases"],
        )


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    monitors = Monitor.objects.filter(retired_at=None).select_related("team")
    context = {
        "section": "listening",
        "monitors": monitors.prefetch_related("sources").order_by("name"),
    }
    return render(request, "desk/listening/monitors.html", context)


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, monitor_id: int | None = None) -> HttpResponse:
    monitor = get_object_or_404(Monitor, pk=monitor_id, retired_at=None) if monitor_id else None
    form = MonitorForm(request.POST or None, monitor=monitor)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form, monitor)
        except BadRule as problem:
            for sentence in all_said(problem):
                form.add_error(None, sentence)
        except services.NameTaken:
            form.add_error("name", _("C’è già un monitor con questo nome."))
        else:
            messages.success(request, _("Da adesso ascolta così."))
            return redirect("desk:monitors")
    context = {"section": "listening", "monitor": monitor, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/listening/monitor.html", context, status=status)


@leads_only
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """What it would have heard in the last days. Nothing is kept."""
    form = MonitorForm(request.POST)
    form.fields["name"].required = False
    tried = None
    if form.is_valid():
        channels = [one.pk for one in form.cleaned_data["sources"]]
        tried = queries.try_out(form.rule(), channel_ids=channels, now=timezone.now())
    context = {"section": "listening", "form": form, "tried": tried}
    return render(request, "desk/listening/_tried.html", context)


@leads_only
@require_POST
def pause(request: HttpRequest, monitor_id: int) -> HttpResponse:
    monitor = get_object_or_404(Monitor, pk=monitor_id, retired_at=None)
    paused = monitor.paused_at is None
    services.pause_monitor(monitor.pk, paused=paused, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("In pausa: non sente.") if paused else _("Ascolta di nuovo."))
    return redirect("desk:monitors")


@leads_only
@require_POST
def retire(request: HttpRequest, monitor_id: int) -> HttpResponse:
    monitor = get_object_or_404(Monitor, pk=monitor_id, retired_at=None)
    services.retire_monitor(monitor.pk, by=colleague_of(request), now=timezone.now())
    told = {"name": monitor.name}
    messages.success(request, _("%(name)s non ascolta più. Quello che ha sentito resta.") % told)
    return redirect("desk:monitors")


def _keep(request: HttpRequest, form: MonitorForm, monitor: Monitor | None) -> None:
    me, now = colleague_of(request), timezone.now()
    if monitor is None:
        services.make_monitor(form.wanted(), by=me, now=now)
    else:
        services.change_monitor(monitor.pk, form.wanted(), by=me, now=now)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(line: str) -> list[object]:
    """ "alba, guasto, 5"; what is written otherwise is said to be wrong by the rule itself."""
    parts: list[object] = [part.strip() for part in line.split(",")]
    last = str(parts[-1]) if parts else ""
    return [*parts[:-1], int(last)] if last.isascii() and last.isdigit() else parts


def _initial(monitor: Monitor | None) -> dict[str, Any]:
    if monitor is None:
        return {}
    rule = monitor.rule
    boxes = {name: "\n".join(rule.get(name, ())) for name in ("any", "all", "none", "not_authors")}
    return {
        **boxes,
        "name": monitor.name,
        "near": "\n".join(", ".join(map(str, pair)) for pair in rule.get("near", ())),
        "languages": ", ".join(rule.get("languages", ())),
        "sources": list(monitor.sources.values_list("pk", flat=True)),
        "team": monitor.team_id,
        "opens_cases": monitor.opens_cases,
    }
