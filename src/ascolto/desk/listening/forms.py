"""What is asked for when a mention becomes a case, is answered, or shown to a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ascolto.alerts.queries import may_see
from ascolto.knowledge.automatic import own_words
from ascolto.knowledge.models import Template
from ascolto.listening import services
from ascolto.listening.models import Mention
from ascolto.reading.abuse import covered
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import colleagues

SUBJECT = 80  # characters of what was said that make a title


class PublicWords(forms.CharField):
    """Words that go under a post: they fit there, with his name before them where it must be."""

    def __init__(self, *, label: Any, required: bool = True) -> None:
        # By these names the page counts what still fits, and sends with Ctrl and Enter.
        box = forms.Textarea(attrs={"rows": 4, "class": "txt", "id": "testo-risposta"})
        super().__init__(label=label, required=required, widget=box)

    def fits(self, mention: Mention, text: str) -> str:
        try:
            services.as_said(mention, text)
        except services.TooLong as problem:
            raise forms.ValidationError(too_long(problem)) from None
        return text


class CaseForm(forms.Form):
    subject = forms.CharField(max_length=200, label=gettext_lazy("Titolo"))
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), empty_label=None, label=gettext_lazy("Squadra")
    )
    assignee = forms.ModelChoiceField(
        queryset=Colleague.objects.none(),
        required=False,
        empty_label=gettext_lazy("nessuno ancora"),
        label=gettext_lazy("Assegna a"),
    )
    text = PublicWords(label=gettext_lazy("Prima risposta, in pubblico"), required=False)

    def __init__(self, data: object = None, *, mention: Mention, can_answer: bool = False) -> None:
        words = " ".join((covered(mention.text) if mention.abusive else mention.text).split())
        title = words if len(words) <= SUBJECT else f"{words[:SUBJECT].rsplit(' ', 1)[0]}…"
        super().__init__(data, initial={"subject": title, "team": mention.team_id})  # type: ignore[arg-type] # a QueryDict or nothing
        self.mention = mention
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined] # a choice of models
        able = colleagues().exclude(role=Colleague.Role.HELPER)
        self.fields["assignee"].queryset = able  # type: ignore[attr-defined] # as above
        if not can_answer:
            del self.fields["text"]

    def clean_text(self) -> str:
        return PublicWords(label="").fits(self.mention, str(self.cleaned_data["text"]).strip())


class AnswerForm(forms.Form):
    """`visto` is the newest of our answers that stood beside the box."""

    text = PublicWords(label=gettext_lazy("Risposta, in pubblico"))
    visto = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: object = None, *, mention: Mention, begun: str = "", seen: int = 0
    ) -> None:
        super().__init__(data, initial={"text": begun, "visto": seen})  # type: ignore[arg-type] # a QueryDict or nothing
        self.mention = mention

    def clean_text(self) -> str:
        return PublicWords(label="").fits(self.mention, str(self.cleaned_data["text"]).strip())


class ThanksForm(AnswerForm):
    def __init__(self, data: object = None, *, mention: Mention, begun: str = "") -> None:
        super().__init__(data, mention=mention, begun=begun or _thanks(mention))
        self.fields["text"].label = _("Ringraziamento, in pubblico")


class AskForm(forms.Form):
    to = forms.ModelChoiceField(
        queryset=Colleague.objects.none(),
        empty_label=gettext_lazy("scegli un collega"),
        label=gettext_lazy("A chi"),
    )
    text = forms.CharField(
        max_length=4_000,
        label=gettext_lazy("Nota: la vedono solo i colleghi"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "txt"}),
    )

    def __init__(self, data: object = None, *, mention: Mention, by: Colleague) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or nothing
        able = [one.pk for one in colleagues() if one != by and may_see(one, mention.team)]
        self.fields["to"].queryset = colleagues().filter(pk__in=able)  # type: ignore[attr-defined] # a choice of models


def too_long(problem: services.TooLong) -> str:
    channel, length, longest = problem.args
    said = _(
        "Su %(channel)s ci stanno %(longest)s caratteri e questi sono %(length)s: accorcia, il "
        "testo è ancora qui."
    )
    return said % {"channel": channel, "length": length, "longest": longest}


def _thanks(mention: Mention) -> str:
    """The company's own words of thanks in his language, or ours."""
    language = mention.language or "it"
    own = own_words(Template.Key.THANKS, [language]).get(language)
    if own is not None:
        return own.text
    with override(language):
        return _("Grazie di cuore per le sue parole!")
