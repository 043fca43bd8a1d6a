"""Keys of the API: one's own, and for the owner everybody's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.security.forms import TokenForm
from ascolto.integrations import queries, services


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The list; and a new key, drawn this once and kept only as its hash."""
    me, now = colleague_of(request), timezone.now()
    form = TokenForm(request.POST or None)
    plain = ""
    if request.method == "POST" and form.is_valid():
        lasts = form.lasts()
        _token, plain = services.create_token(
            form.cleaned_data["name"],
            me,
            form.cleaned_data["scopes"],
            now=now,
            expires_at=now + lasts if lasts else None,
        )
        form = TokenForm()
    context = {
        "section": "preferences",
        "place": "tokens",
        "tokens": queries.tokens_for(me),
        "form": form,
        "plain": plain,
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/security/tokens.html", context, status=status)


@signed_in
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    me = colleague_of(request)
    token = queries.tokens_for(me).filter(pk=token_id).first()
    if token is None:
        raise Http404
    services.revoke_token(token, by=me, now=timezone.now())
    messages.success(request, _("Revocata: da adesso non apre più niente."))
    return redirect("desk:tokens")
