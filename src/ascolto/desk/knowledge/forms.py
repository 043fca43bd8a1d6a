"""What is asked of an article: its words, and its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ascolto.administration.services.articles import Place, Words
from ascolto.desk.setup_forms import LANGUAGES
from ascolto.knowledge.models import Article, Topic
from ascolto.knowledge.models.articles import LONGEST_BODY, LONGEST_TITLE
from ascolto.staff.models import Colleague


class WordsForm(forms.Form):
    title = forms.CharField(
        max_length=LONGEST_TITLE,
        label=gettext_lazy("Titolo"),
        help_text=gettext_lazy("Come lo chiederebbe un cliente: «Il router lampeggia rosso»."),
        widget=forms.TextInput(attrs={"data-draft-part": ""}),
    )
    body = forms.CharField(max_length=LONGEST_BODY, label=gettext_lazy("Testo"))
    language = forms.ChoiceField(choices=LANGUAGES, label=gettext_lazy("Lingua"))
    note = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Che cosa cambia, e perché"),
    )

    def words(self) -> Words:
        told = self.cleaned_data
        return Words(told["title"], told["body"], told["language"], told["note"])


class PlaceForm(forms.Form):
    topic = forms.ChoiceField(choices=Topic.choices, label=gettext_lazy("Argomento"))
    tags = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Etichette"),
        help_text=gettext_lazy("Separate da virgole."),
    )
    owner = forms.ModelChoiceField(
        queryset=Colleague.objects.none(),
        required=False,
        empty_label=gettext_lazy("nessuno"),
        label=gettext_lazy("Chi lo tiene vero"),
    )
    review_on = forms.DateField(
        required=False,
        label=gettext_lazy("Da rivedere entro"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    translation_of = forms.ModelChoiceField(
        queryset=Article.objects.none(),
        required=False,
        empty_label=gettext_lazy("di nessuno"),
        label=gettext_lazy("È la traduzione di"),
    )

    def __init__(self, data: Any = None, *, article: Article) -> None:
        initial = {
            "topic": article.topic,
            "tags": ", ".join(article.tags),
            "owner": article.owner_id,
            "review_on": article.review_on,
            "translation_of": article.translation_of_id,
        }
        super().__init__(data, initial=initial)
        people = Colleague.objects.filter(left_at=None).exclude(role=Colleague.Role.HELPER)
        self.fields["owner"].queryset = people.order_by("name")  # type: ignore[attr-defined] # a choice of models
        others = Article.objects.select_related("newest").exclude(language=article.language)
        field = self.fields["translation_of"]
        field.queryset = others.filter(translation_of=None).order_by("slug")  # type: ignore[attr-defined] # as above
        field.label_from_instance = _titled  # type: ignore[attr-defined] # as above

    def place(self) -> Place:
        told = self.cleaned_data
        return Place(
            topic=told["topic"],
            tags=told["tags"].split(","),
            owner=told["owner"],
            review_on=told["review_on"],
            translation_of=told["translation_of"],
        )


def _titled(article: Article) -> str:
    return article.newest.title if article.newest else article.slug
