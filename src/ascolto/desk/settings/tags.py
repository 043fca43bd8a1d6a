"""Tags: renamed, made one, taken away."""

from django import forms
from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.models import CaseTag, Tag
from ascolto.cases.services import vocabulary as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.staff.services import NameTaken

SHOWN = 500
MOST = 100  # cases of a tag that are counted: to count a million takes longer than to read on
SHOWN_RETIRED = 50  # the last ones: who regrets does so soon


class NameForm(forms.Form):
    name = forms.CharField(max_length=60)


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    tags = list(_in_use().annotate(number=_how_many()).order_by("name")[:SHOWN])
    context = {
        "section": "preferences",
        "place": "tags",
        "tags": tags,
        "most": MOST,
        "retired": list(_retired().order_by("-retired_at")[:SHOWN_RETIRED]),
    }
    return render(request, "desk/settings/tags.html", context)


def _how_many() -> Func:
    tagged = CaseTag.objects.filter(tag=OuterRef("pk")).values("pk")[:MOST]
    return Func(ArraySubquery(tagged), function="cardinality", output_field=IntegerField())


@leads_only
@require_POST
def rename(request: HttpRequest, tag_id: int) -> HttpResponse:
    tag = get_object_or_404(_in_use(), pk=tag_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Un’etichetta ha un nome, di 60 lettere al massimo."))
        return redirect("desk:settings_tags")
    name = form.cleaned_data["name"]
    try:
        deeds.rename_tag(tag, name, by=colleague_of(request), now=timezone.now())
    except NameTaken:
        messages.error(
            request, _("«%(name)s» c’è già: per farne una sola, uniscile.") % {"name": name}
        )
    else:
        told = {"old": tag.name, "new": name}
        messages.success(request, _("«%(old)s» ora si chiama «%(new)s».") % told)
    return redirect("desk:settings_tags")


@leads_only
@require_POST
def merge(request: HttpRequest, tag_id: int) -> HttpResponse:
    tag = get_object_or_404(_in_use(), pk=tag_id)
    into = _in_use().filter(name__iexact=request.POST.get("verso", "").strip()[:60]).first()
    if into is None or into == tag:
        messages.error(request, _("Scegli un’altra etichetta che c’è già."))
        return redirect("desk:settings_tags")
    moved = deeds.merge_tag(tag, into=into, by=colleague_of(request), now=timezone.now())
    cases = ngettext("%d caso", "%d casi", moved) % moved
    told = {"cases": cases, "old": tag.name, "new": into.name}
    messages.success(request, _("%(cases)s da «%(old)s» a «%(new)s».") % told)
    return redirect("desk:settings_tags")


@leads_only
@require_POST
def retire(request: HttpRequest, tag_id: int) -> HttpResponse:
    tag = get_object_or_404(_in_use(), pk=tag_id)
    deeds.retire_tag(tag, by=colleague_of(request), now=timezone.now())
    told = {"name": tag.name}
    messages.success(request, _("«%(name)s» non si propone più; chi ce l’ha la tiene.") % told)
    return redirect("desk:settings_tags")


@leads_only
@require_POST
def restore(request: HttpRequest, tag_id: int) -> HttpResponse:
    tag = get_object_or_404(_retired(), pk=tag_id)
    deeds.restore_tag(tag, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("«%(name)s» si propone di nuovo.") % {"name": tag.name})
    return redirect("desk:settings_tags")


def _retired() -> QuerySet[Tag]:
    return Tag.objects.filter(retired_at__isnull=False)


def _in_use() -> QuerySet[Tag]:
    return Tag.objects.filter(retired_at=None)
