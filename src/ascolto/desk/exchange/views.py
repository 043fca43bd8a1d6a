"""Bring customers and cases in from a file, watch it, mend what was refused; and take them out."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.base import File as AnyFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.desk.guards import colleague_of, is_part
from ascolto.desk.settings.guard import leads_only
from ascolto.exchange import queries, services
from ascolto.exchange.models import Run
from ascolto.staff.models import Team

SHOWN = 100  # refused rows on the page; all of those that were kept are in the file


class ImportForm(forms.Form):
    kind = forms.ChoiceField(choices=Run.Kind.choices, label=gettext_lazy("Che cosa contiene"))
    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    team = forms.ModelChoiceField(
        queryset=Team.objects.order_by("name"),
        required=False,
        label=gettext_lazy("Squadra dei casi che non ne dicono una"),
    )
    clocks = forms.BooleanField(
        required=False,
        label=gettext_lazy("Fai partire un orologio per i casi aperti che aspettano"),
    )

    def clean_file(self) -> AnyFile:  # type: ignore[type-arg] # it takes none when it runs
        file: AnyFile = self.cleaned_data["file"]  # type: ignore[type-arg] # as above
        limit: int = settings.LARGEST_UPLOAD
        if (file.size or 0) > limit:
            said = _(
                "Il file è più grande di %s MB: usa il comando «ascolto import», senza limiti."
            )
            raise forms.ValidationError(said % (limit // 1024**2))
        return file


class ExportForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[one for one in Run.Kind.choices if one[0] != Run.Kind.CALLS],
        label=gettext_lazy("Che cosa"),
    )
    format = forms.ChoiceField(
        choices=[("CSV", gettext_lazy("CSV, per un foglio di calcolo")), ("JSON", "JSON")],
        label=gettext_lazy("Formato"),
    )


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, ImportForm())


@leads_only
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    run = services.ask_import(
        said["file"].read(),
        kind=said["kind"],
        name=said["file"].name or "",
        by=colleague_of(request),
        arguments={"team": said["team"].pk if said["team"] else None, "clocks": said["clocks"]},
        now=timezone.now(),
    )
    return redirect("desk:import", run.pk)


@leads_only
@require_safe
def one(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far it is; asked for again and again by the page until it is over."""
    run = _run(run_id)
    context = {
        "section": "preferences",
        "place": "exchange",
        "run": run,
        "over": bool(run.finished_at or run.stopped_at or run.failed),
        "refusals": list(run.refusals.order_by("line")[:SHOWN]),
        "kept_at_most": services.MOST_REFUSALS,
    }
    part = "_run" if is_part(request) else "run"
    return render(request, f"desk/exchange/{part}.html", context)


@leads_only
@require_POST
def stop(request: HttpRequest, run_id: int) -> HttpResponse:
    services.stop(_run(run_id), by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Fermata. Quello che era già entrato resta."))
    return redirect("desk:import", run_id)


@leads_only
@require_safe
def refused(request: HttpRequest, run_id: int) -> HttpResponse:
    """The refused rows, to be mended and sent again."""
    return download(queries.refused_csv(_run(run_id)), f"rifiutate-{run_id}.csv", "text/csv")


@leads_only
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The file begins at once, however long it is. Who took what away stands in the register."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, ImportForm(), status=422, export_form=form)
    kind, file_format = form.cleaned_data["kind"], form.cleaned_data["format"]
    lines = services.export(kind, file_format, by=colleague_of(request), now=timezone.now())
    media_type = "text/csv" if file_format == "CSV" else "application/jsonl"
    ending = "csv" if file_format == "CSV" else "jsonl"
    name = {"CUSTOMERS": _("clienti"), "CASES": _("casi")}[kind]
    return download(lines, f"{name}.{ending}", media_type)


def download(lines: Iterable[str], name: str, media_type: str) -> HttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return cast(HttpResponse, response)  # a stream is a response as well


def _page(
    request: HttpRequest,
    form: ImportForm,
    *,
    status: int = 200,
    export_form: ExportForm | None = None,
) -> HttpResponse:
    context = {
        "section": "preferences",
        "place": "exchange",
        "form": form,
        "export_form": export_form or ExportForm(),
        "runs": list(queries.imports()[: queries.LISTED]),
    }
    return render(request, "desk/exchange/show.html", context, status=status)


def _run(run_id: int) -> Run:
    run = queries.imports().filter(pk=run_id).first()
    if run is None:
        raise Http404
    return run
