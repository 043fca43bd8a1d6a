"""Connect a place, try it, change it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ascolto.channels.models import Channel
from ascolto.channels.services import connecting
from ascolto.channels.services.connecting import Connection
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.sources.kinds import KINDS, Kind, Knob
from ascolto.staff.models import Team

BROKEN = "tieni"  # the button that keeps it although the live test failed


class ConnectionForm(forms.Form):
    """Title and team, and what this kind of place asks for."""

    title = forms.CharField(max_length=120, label=gettext_lazy("Nome"))
    team = forms.ModelChoiceField(
        queryset=Team.objects.order_by("name"),
        empty_label=None,
        label=gettext_lazy("Squadra che se ne occupa"),
    )

    def __init__(self, data: object = None, *, kind: Kind, channel: Channel | None = None) -> None:
        super().__init__(data, initial=_initial(kind, channel))  # type: ignore[arg-type] # a QueryDict or nothing
        self.kind = kind
        for knob in kind.knobs:
            self.fields[knob.name] = _field(knob, kept=channel is not None)

    def connection(self) -> Connection:
        told = self.cleaned_data
        kept = {
            one.name: _lines(told[one.name]) if one.shape == "words" else told[one.name]
            for one in self.kind.knobs
            if one.shape != "secret" and told[one.name] not in {None, ""}
        }
        secrets = {one.name: told[one.name] for one in self.kind.knobs if one.shape == "secret"}
        return Connection(self.kind.key, told["title"], told["team"], kept, secrets)


@leads_only
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    context = {"section": "preferences", "place": "channels", "kinds": list(KINDS.values())}
    return render(request, "desk/sources/choose.html", context)


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    known = _kind(kind)
    form = ConnectionForm(request.POST or None, kind=known)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    trouble = _try(request, form, None)
    if trouble is not None:
        return trouble
    channel = connecting.connect(form.connection(), by=colleague_of(request), now=timezone.now())
    return redirect("desk:settings_source", channel.pk)


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = get_object_or_404(Channel.objects.select_related("team"), pk=channel_id)
    known = _kind(channel.kind.lower())
    form = ConnectionForm(request.POST or None, kind=known, channel=channel)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, channel)
    trouble = _try(request, form, channel)
    if trouble is not None:
        return trouble
    wanted = form.connection()
    connecting.reconnect(channel, wanted, by=colleague_of(request), now=timezone.now())
    return redirect("desk:settings_source", channel.pk)


@leads_only
@require_POST
def try_again(request: HttpRequest, channel_id: int) -> HttpResponse:
    """The live test, with what is kept."""
    channel = get_object_or_404(Channel.objects.select_related("team"), pk=channel_id)
    _kind(channel.kind.lower())
    wanted = Connection(channel.kind, channel.title, channel.team, channel.settings, {})
    try:
        who = connecting.try_out(wanted, channel)
    except connecting.SourceTrouble as problem:
        messages.warning(request, _("Non risponde: %(why)s.") % {"why": problem})
    else:
        messages.success(request, _well(who))
    return redirect("desk:settings_source", channel.pk)


def _try(
    request: HttpRequest, form: ConnectionForm, channel: Channel | None
) -> HttpResponse | None:
    """None if it may be kept: it answered, or a person wants it although it did not."""
    try:
        who = connecting.try_out(form.connection(), channel)
    except connecting.SourceTrouble as problem:
        if BROKEN in request.POST:
            messages.warning(request, _("Tenuto, ma non risponde: %(why)s.") % {"why": problem})
            return None
        form.add_error(None, _("Non risponde: %(why)s.") % {"why": problem})
        return _form(request, form, channel, failed=True)
    messages.success(request, _well(who))
    return None


def _well(who: str) -> str:
    if not who:
        return _("Le impostazioni tornano. La rete comincia a scriverci quando le dai l’indirizzo.")
    return _("Risponde: %(who)s.") % {"who": who}


def _form(
    request: HttpRequest,
    form: ConnectionForm,
    channel: Channel | None = None,
    *,
    failed: bool = False,
) -> HttpResponse:
    context = {
        "section": "preferences",
        "place": "channels",
        "kind": form.kind,
        "this": channel,
        "form": form,
        "failed": failed,
        "door": f"{settings.PUBLIC_URL}/in/{channel.name}/" if channel and form.kind.door else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/sources/one.html", context, status=status)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _kind(key: str) -> Kind:
    kind = KINDS.get(key.upper())
    if kind is None:
        raise Http404(key)
    return kind


def _field(knob: Knob, *, kept: bool) -> forms.Field:
    common: dict[str, Any] = {"label": knob.label, "required": knob.required}
    if knob.help:
        common["help_text"] = knob.help
    if knob.shape == "secret":
        if kept:
            common |= {"required": False, "help_text": _("Vuoto: resta quello di prima.")}
        widget = forms.PasswordInput(attrs={"autocomplete": "off"})
        return forms.CharField(max_length=2000, widget=widget, **common)
    if knob.shape == "number":
        return forms.IntegerField(min_value=0, max_value=86_400, **common)
    if knob.shape == "flag":
        return forms.BooleanField(**{**common, "required": False})
    if knob.shape == "choice":
        return forms.ChoiceField(choices=knob.choices, **common)
    if knob.shape == "words":
        return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **common)
    return forms.CharField(max_length=500, **common)


def _initial(kind: Kind, channel: Channel | None) -> dict[str, Any]:
    known = {knob.name: knob.initial for knob in kind.knobs if knob.shape != "secret"}
    if channel is None:
        return {**known, "title": str(kind.name)}
    for knob in kind.knobs:
        value = channel.settings.get(knob.name)
        if knob.shape != "secret" and value is not None:
            known[knob.name] = "\n".join(value) if isinstance(value, list) else value
    return {**known, "title": channel.title, "team": channel.team_id}
