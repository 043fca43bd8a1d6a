"""A colleague takes the seat that was kept for him."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ascolto.administration.services.colleagues import take_seat
from ascolto.desk.setup import BACKEND
from ascolto.desk.setup_forms import PasswordForm
from ascolto.staff import services
from ascolto.staff.queries import company


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows whose seat it is; only the button takes it, once."""
    now = timezone.now()
    invitation = services.invitation_for(token, now=now)
    if invitation is None:
        return _no_seat(request)
    form = PasswordForm(request.POST or None, initial={"your_name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            colleague = take_seat(
                token,
                name=form.cleaned_data["your_name"],
                password=form.cleaned_data["password"],
                now=now,
            )
        except services.NoSuchInvitation:
            return _no_seat(request)
        login(request, colleague, backend=BACKEND)
        return redirect("desk:inbox")
    context = {"form": form, "invitation": invitation, "company": company()}
    status = 422 if form.is_bound else 200
    return render(request, "desk/setup/invitation.html", context, status=status)


def _no_seat(request: HttpRequest) -> HttpResponse:
    """The same answer for an invitation that was used, is over, or never was."""
    return render(request, "desk/setup/no_invitation.html", {"company": company()}, status=404)
