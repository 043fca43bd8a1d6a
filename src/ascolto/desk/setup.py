"""The first day, one calm page a step: the company, its teams, the invitations, the end."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ascolto.alerts.services import first_rules
from ascolto.channels.models import Channel
from ascolto.desk.guards import colleague_of
from ascolto.desk.setup_code import is_setup_code, use_up
from ascolto.desk.setup_forms import CompanyForm, InviteForm, TeamForm
from ascolto.desk.setup_guard import (
    forget_let_in,
    is_let_in,
    is_untouched,
    let_in,
    owners_only,
)
from ascolto.staff import services
from ascolto.staff.models import Calendar
from ascolto.staff.queries import colleagues, teams

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The code, then the company and its owner. Once it is set up, nobody comes in this way."""
    if not is_untouched():
        return redirect("desk:setup_mailbox")
    if not is_let_in(request):
        return _ask_code(request)
    form = CompanyForm(request.POST or None, initial={"zone": "Europe/Rome", "language": "it"})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            owner = services.set_up_company(
                services.House(asked["company"], asked["zone"], asked["language"]),
                owner=services.Newcomer(asked["email"], asked["your_name"], asked["password"]),
                now=timezone.now(),
            )
        except services.AlreadySetUp:
            return redirect("desk:setup_mailbox")
        first_rules(now=timezone.now())
        use_up()
        forget_let_in(request)
        login(request, owner, backend=BACKEND)
        return redirect("desk:setup_mailbox")
    context = {"form": form, "step": 1}
    return render(request, "desk/setup/company.html", context, status=422 if form.is_bound else 200)


def _ask_code(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("codice", "")
    if request.method == "POST" and is_setup_code(given):
        let_in(request)
        return redirect("desk:setup")
    context = {"wrong": request.method == "POST", "step": 1}
    return render(request, "desk/setup/code.html", context, status=422 if context["wrong"] else 200)


@owners_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_teams(request: HttpRequest) -> HttpResponse:
    """Teams, and colleagues by an invitation that is shown once."""
    team_form, invite_form = TeamForm(prefix="squadra"), InviteForm(prefix="invito")
    invited = ""
    if "squadra-name" in request.POST:
        team_form = TeamForm(request.POST, prefix="squadra")
        if team_form.is_valid() and _add_team(request, team_form):
            return redirect("desk:setup_teams")
    elif "invito-email" in request.POST:
        invite_form = InviteForm(request.POST, prefix="invito")
        invited = _invite(request, invite_form) if invite_form.is_valid() else ""
    failed = bool(team_form.errors or invite_form.errors)
    context = {
        "step": 3,
        "teams": teams().prefetch_related("members"),
        "colleagues": colleagues(),
        "team_form": team_form,
        "invite_form": InviteForm(prefix="invito") if invited else invite_form,
        "invited": invited,
        "invited_email": request.POST.get("invito-email", ""),
    }
    return render(request, "desk/setup/teams.html", context, status=422 if failed else 200)


def _add_team(request: HttpRequest, form: TeamForm) -> bool:
    calendar = Calendar.objects.order_by("pk").first()
    if calendar is None:
        return False
    try:
        services.add_team(
            form.cleaned_data["name"],
            calendar=calendar,
            members=[colleague_of(request)],
            is_reserved=form.cleaned_data["is_reserved"],
            now=timezone.now(),
        )
    except services.NameTaken:
        form.add_error("name", _("C’è già una squadra con questo nome."))
        return False
    messages.success(request, _("Squadra aggiunta."))
    return True


def _invite(request: HttpRequest, form: InviteForm) -> str:
    """The address to give to the colleague. It is kept nowhere and shown this once."""
    try:
        token = services.invite(
            form.cleaned_data["email"],
            role=form.cleaned_data["role"],
            teams=list(form.cleaned_data["teams"]),
            by=colleague_of(request),
            now=timezone.now(),
        )
    except services.AlreadyHere:
        form.add_error("email", _("Chi ha questa e-mail lavora già qui."))
        return ""
    return f"{settings.PUBLIC_URL}/invito/{token}/"


@owners_only
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    context = {
        "step": 5,
        "mailboxes": Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None),
        "teams": teams(),
        "colleagues": colleagues(),
    }
    return render(request, "desk/setup/done.html", context)
