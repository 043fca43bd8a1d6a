"""The chats of teams: connected, tried, removed."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.alerts import services
from ascolto.alerts.adapters import chat
from ascolto.alerts.adapters.ways import Blocked, Closed, Words
from ascolto.alerts.models import Hook
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.integrations.policy import is_address
from ascolto.staff.models import Team


class ChatForm(forms.Form):
    kind = forms.ChoiceField(choices=Hook.Kind.choices, label=gettext_lazy("Programma"))
    name = forms.CharField(
        max_length=80,
        label=gettext_lazy("Nome"),
        help_text=gettext_lazy("Come la chiamate: #assistenza."),
    )
    url = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Indirizzo del webhook in entrata"),
        help_text=gettext_lazy("Di Slack e Mattermost. Vale come una password: non si rilegge."),
    )
    token = forms.CharField(
        required=False,
        max_length=120,
        label=gettext_lazy("Chiave del bot"),
        help_text=gettext_lazy("Di Telegram."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    chat = forms.CharField(
        required=False,
        max_length=40,
        label=gettext_lazy("Numero del gruppo"),
        help_text=gettext_lazy("Di Telegram, come -1001234567890."),
    )
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("tutte"),
        label=gettext_lazy("Per gli allarmi della squadra"),
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or nothing
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined] # a choice of models

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if told.get("kind") == Hook.Kind.TELEGRAM:
            for name in ("token", "chat"):
                if not told.get(name):
                    self.add_error(name, _("Per Telegram serve."))
        elif not is_address(str(told.get("url", ""))):
            self.add_error("url", _("Scrivi l’indirizzo intero, che comincia con https://."))
        return told

    def secret(self) -> dict[str, str]:
        names = ("token", "chat") if self.cleaned_data["kind"] == "TELEGRAM" else ("url",)
        return {name: self.cleaned_data[name] for name in names}


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    form = ChatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        hook = services.connect_chat(
            told["kind"],
            told["name"],
            form.secret(),
            team=told["team"],
            by=colleague_of(request),
            now=timezone.now(),
        )
        _try(request, hook)
        return redirect("desk:settings_chats")
    hooks = Hook.objects.filter(retired_at=None).select_related("team").order_by("name", "pk")
    context = {
        "section": "preferences",
        "place": "chats",
        "form": form,
        "hooks": [(hook, chat.host_of(hook)) for hook in hooks],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/alerts/chats.html", context, status=status)


@leads_only
@require_POST
def try_out(request: HttpRequest, hook_id: int) -> HttpResponse:
    _try(request, get_object_or_404(Hook, pk=hook_id, retired_at=None))
    return redirect("desk:settings_chats")


@leads_only
@require_POST
def retire(request: HttpRequest, hook_id: int) -> HttpResponse:
    hook = get_object_or_404(Hook, pk=hook_id, retired_at=None)
    services.disconnect_chat(hook, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("%(name)s non riceve più allarmi.") % {"name": hook.name})
    return redirect("desk:settings_chats")


def _try(request: HttpRequest, hook: Hook) -> None:
    words = Words(_("Prova di Ascolto"), _("Qui arrivano gli allarmi."), "/ascolto/allarmi/")
    try:
        chat.say(hook, words, now=timezone.now())
    except (Blocked, Closed) as problem:
        told = {"name": hook.name, "why": str(problem)}
        messages.warning(request, _("%(name)s non risponde: %(why)s.") % told)
    else:
        messages.success(request, _("%(name)s riceve gli allarmi.") % {"name": hook.name})
