"""After a change: what was done, and whose change it replaced."""

import hashlib
import json

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ascolto.administration.services.changing import State
from ascolto.desk import words
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.names import told_changes
from ascolto.timeline.queries import history_of

SEEN = "visto"  # the hidden field of a form: what its writer saw


def mark(state: State) -> str:
    """A short mark of a state, for the form that shows it."""
    return hashlib.sha256(json.dumps(dict(state), sort_keys=True).encode()).hexdigest()[:16]


def say_saved(request: HttpRequest, sentence: str, *, subject: str, before: State) -> None:
    """The last write counts; but whoever overwrites a change that he has not seen, is told it.

    `before` is the state just before his deed; `subject` is what he changed. Call it after the
    deed: the last change that is not his own is the one he replaced.
    """
    messages.success(request, sentence)
    seen = request.POST.get(SEEN, "")
    if not seen or seen == mark(before):
        return
    me = colleague_of(request).pk
    others = [deed for deed in history_of(subject, limit=5) if deed.by_id != me]
    if not others:
        return
    last = others[-1]
    sentence = _(
        "Intanto %(who)s aveva cambiato, %(when)s: %(what)s. Ora vale quello che hai salvato tu."
    ) % {
        "who": last.by_name or _("qualcuno"),
        "when": words.on(last.at, now=timezone.now()),
        "what": "; ".join(told_changes(last)) or _("questa pagina"),
    }
    messages.warning(request, sentence)
