"""What is asked for when a mention becomes a case, or gets a word of thanks."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ascolto.channels.registry import manners_of
from ascolto.knowledge.automatic import own_words
from ascolto.knowledge.models import Template
from ascolto.listening.models import Mention
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import colleagues

SUBJECT = 80  # characters of what was said that make a title


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

    def __init__(self, data: object = None, *, mention: Mention) -> None:
        words = " ".join(mention.text.split())
        title = words if len(words) <= SUBJECT else f"{words[:SUBJECT].rsplit(' ', 1)[0]}…"
        super().__init__(data, initial={"subject": title, "team": mention.team_id})  # type: ignore[arg-type] # a QueryDict or nothing
        self.fields["team"].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined] # a choice of models
        able = colleagues().exclude(role=Colleague.Role.HELPER)
        self.fields["assignee"].queryset = able  # type: ignore[attr-defined] # as above


class ThanksForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Ringraziamento, in pubblico"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: object = None, *, mention: Mention) -> None:
        super().__init__(data, initial={"text": _thanks(mention)})  # type: ignore[arg-type] # a QueryDict or nothing
        self.longest = manners_of(mention.channel.kind).longest

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        if self.longest is not None and len(text) > self.longest:
            told = {"longest": self.longest, "over": len(text) - self.longest}
            raise forms.ValidationError(
                _("Qui ci stanno %(longest)d caratteri: ne hai scritti %(over)d di troppo.") % told
            )
        return text


def _thanks(mention: Mention) -> str:
    """The company's own words of thanks in his language, or ours."""
    language = mention.language or "it"
    own = own_words(Template.Key.THANKS, [language]).get(language)
    if own is not None:
        return own.text
    with override(language):
        return _("Grazie di cuore per le sue parole!")
