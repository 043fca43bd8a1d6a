"""By e-mail, to a colleague."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ascolto.alerts.adapters.ways import Blocked, Closed, words_of
from ascolto.alerts.models import Notice
from ascolto.channels.ports import NotNow
from ascolto.channels.services import house_mail
from ascolto.channels.services.house_mail import Letter


def tell(notice: Notice, now: datetime) -> None:
    """Raises `Blocked` or `Closed`."""
    colleague = notice.colleague
    if colleague is None:
        raise Closed("nessun destinatario")
    words = words_of(notice.alert, language=colleague.language)
    with override(colleague.language):
        subject = _("Allarme: %(title)s") % {"title": words.title}
    text = f"{words.title}\n\n{words.line}\n\n{settings.PUBLIC_URL}{words.path}\n"
    try:
        if not house_mail.send(Letter(colleague.email, subject, text)):
            raise Closed("la posta della casa non l’ha preso")
    except NotNow as problem:
        raise Blocked(str(problem)) from problem
