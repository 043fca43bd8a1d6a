"""Ways in and out: how they do, what they are called, and whose they are."""

import re

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.channels.models import Channel
from ascolto.channels.pulse import pulses
from ascolto.channels.services import opening as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.staff.models import Team
from ascolto.timeline.queries import history_of
from ascolto.timeline.references import reference

_SITE = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?")
KINDS = [
    ("FORM", gettext_lazy("modulo per il sito")),
    ("WEBHOOK", gettext_lazy("webhook: un programma ci scrive")),
]


class NewChannelForm(forms.Form):
    kind = forms.ChoiceField(choices=KINDS, label=gettext_lazy("Che cosa"))
    title = forms.CharField(max_length=120, label=gettext_lazy("Nome"))
    team = forms.ModelChoiceField(
        queryset=Team.objects.order_by("name"),
        empty_label=None,
        label=gettext_lazy("Squadra che riceve"),
    )


class ChannelForm(forms.Form):
    title = forms.CharField(max_length=120, label=gettext_lazy("Nome"))
    team = forms.ModelChoiceField(
        queryset=Team.objects.order_by("name"),
        empty_label=None,
        label=gettext_lazy("Squadra che riceve"),
        help_text=gettext_lazy("I casi aperti restano dove sono."),
    )
    acknowledges = forms.BooleanField(
        required=False, label=gettext_lazy("Manda la ricevuta automatica a chi scrive")
    )
    answers_by = forms.ModelChoiceField(
        queryset=Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("title"),
        to_field_name="name",
        required=False,
        empty_label=gettext_lazy("la casella più vecchia"),
        label=gettext_lazy("Casella da cui partono le risposte"),
    )
    sites = forms.CharField(
        max_length=500,
        required=False,
        label=gettext_lazy("Siti che lo mostrano in una loro pagina"),
        help_text=gettext_lazy("Come https://www.alba.example, separati da uno spazio."),
    )

    def clean_sites(self) -> str:
        sites = str(self.cleaned_data["sites"])
        if not all(_SITE.fullmatch(site) for site in sites.split()):
            raise forms.ValidationError(_("Scrivi i siti così: https://www.alba.example"))
        return sites


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _list(request, NewChannelForm())


def _list(request: HttpRequest, form: NewChannelForm) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "preferences",
        "place": "channels",
        "pulses": pulses(now=now),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/channels.html", context, status=status)


@leads_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A webhook's secret is on the answer to this and nowhere else, so there is no redirect."""
    form = NewChannelForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    asked, by, now = form.cleaned_data, colleague_of(request), timezone.now()
    if asked["kind"] == Channel.Kind.WEBHOOK:
        channel, secret = deeds.open_webhook(asked["title"], team=asked["team"], by=by, now=now)
        return _one(request, channel, _as_it_is(channel), secret=secret)
    channel = deeds.open_form(asked["title"], team=asked["team"], by=by, now=now)
    messages.success(request, _("Il modulo %(name)s è aperto.") % {"name": channel.title})
    return redirect("desk:settings_channel", channel.pk)


@leads_only
@require_safe
def one(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _found(channel_id)
    return _one(request, channel, _as_it_is(channel))


@leads_only
@require_POST
def save(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _found(channel_id)
    form = _of_kind(ChannelForm(request.POST), channel)
    if not form.is_valid():
        return _one(request, channel, form)
    before = deeds.channel_state(channel)
    asked = form.cleaned_data
    deeds.change_channel(
        channel,
        deeds.Wanted(
            title=asked["title"],
            team=asked["team"],
            acknowledges=asked["acknowledges"],
            answers_by=asked["answers_by"].name if asked.get("answers_by") else "",
            sites=tuple(asked.get("sites", "").split()),
        ),
        by=colleague_of(request),
        now=timezone.now(),
    )
    subject = reference("channel", channel.pk)
    say_saved(request, _("Canale salvato."), subject=subject, before=before)
    return redirect("desk:settings_channel", channel.pk)


@leads_only
@require_POST
def rotate(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _found(channel_id)
    try:
        secret = deeds.rotate_secret(channel, by=colleague_of(request), now=timezone.now())
    except deeds.NotOfThisKind as problem:
        raise Http404 from problem
    return _one(request, channel, _as_it_is(channel), secret=secret)


@leads_only
@require_POST
def close(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _found(channel_id)
    deeds.close_channel(channel, by=colleague_of(request), now=timezone.now())
    told = {"name": channel.title}
    messages.success(request, _("%(name)s è chiuso: da qui non entra più niente.") % told)
    return redirect("desk:settings_channels")


@leads_only
@require_POST
def reopen(request: HttpRequest, channel_id: int) -> HttpResponse:
    channel = _found(channel_id)
    deeds.reopen_channel(channel, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("%(name)s è di nuovo aperto.") % {"name": channel.title})
    return redirect("desk:settings_channel", channel.pk)


def _found(channel_id: int) -> Channel:
    return get_object_or_404(Channel.objects.select_related("team"), pk=channel_id)


def _as_it_is(channel: Channel) -> ChannelForm:
    form = ChannelForm(
        initial={
            "title": channel.title,
            "team": channel.team,
            "acknowledges": channel.acknowledges,
            "answers_by": channel.settings.get("answers_by"),
            "sites": deeds.channel_state(channel)["sites"],
        }
    )
    return _of_kind(form, channel)


def _of_kind(form: ChannelForm, channel: Channel) -> ChannelForm:
    """A mailbox answers for itself, and only a form stands on somebody's site."""
    if channel.kind == Channel.Kind.EMAIL:
        del form.fields["answers_by"]
    if channel.kind != Channel.Kind.FORM:
        del form.fields["sites"]
    return form


def _one(
    request: HttpRequest, channel: Channel, form: ChannelForm, *, secret: str = ""
) -> HttpResponse:
    context = {
        "section": "preferences",
        "place": "channels",
        "this": channel,  # «channel» is a word of the avatar in the frame
        "form": form,
        "secret": secret,
        "mark": mark(deeds.channel_state(channel)),
        "address": _address(channel),
        "history": history_of(reference("channel", channel.pk), limit=20)[::-1],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/channel.html", context, status=status)


def _address(channel: Channel) -> str:
    """Where the site's frame, or the program, finds this channel."""
    place = {"FORM": "modulo", "WEBHOOK": "in"}.get(channel.kind)
    if place is None:
        return ""
    slash = "/" if place == "modulo" else ""
    return f"{settings.PUBLIC_URL}/{place}/{channel.name}{slash}"
