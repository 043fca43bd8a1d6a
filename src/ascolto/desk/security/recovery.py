"""Back in with a link that was printed on the console: a new password, and no old factors."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ascolto.administration.services import factors as deeds
from ascolto.desk.security import watch
from ascolto.staff.models import Colleague


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        max_length=200,
        label=gettext_lazy("Una parola d’ordine nuova"),
        help_text=gettext_lazy("Almeno 10 caratteri: meglio tre parole a caso che una difficile."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, data: object, *, of: Colleague) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or nothing
        self.colleague = of

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.colleague)
        return password


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing up; only the button does, once."""
    now = timezone.now()
    known = deeds.recovery_for(token, now=now)
    if known is None:
        return render(request, "desk/security/no_recovery.html", status=404)
    form = NewPasswordForm(request.POST or None, of=known.colleague)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                found = deeds.recover(token, password=form.cleaned_data["password"], now=now)
                Authenticator.objects.filter(user=found).delete()
                for session in UserSession.objects.filter(user=found):
                    session.end()
        except deeds.NoSuchRecovery:
            return render(request, "desk/security/no_recovery.html", status=404)
        watch.recovered(found)
        messages.success(
            request, _("Fatto: entra con la parola d’ordine nuova, poi aggiungi un secondo passo.")
        )
        return redirect("account_login")
    context = {"form": form, "colleague": known.colleague}
    status = 422 if form.is_bound else 200
    return render(request, "desk/security/recovery.html", context, status=status)
