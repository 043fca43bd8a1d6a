from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ascolto.cases.models import CallRequest, MatterLink
from ascolto.cases.services.calling_back import ask_call
from ascolto.portal.services.writing import Words, write


@transaction.atomic
def call_me(
    link: MatterLink, *, number: str, wish: str, once: str, now: datetime
) -> CallRequest | None:
    """He wants to be called. None when a wish of his is open already, or this form was sent before.

    The wish is also words of his in the case: it stands in the inbox, opens a closed matter again
    and starts the clock of the next answer, like everything he writes.
    Raises `NotANumber` and `TooMany`.
    """
    wish = " ".join(wish.split())
    asked, new = ask_call(link.case, identity=link.identity, number=number, wish=wish, now=now)
    if not new:
        return None
    said = _("Vorrei essere richiamato al numero %(number)s.") % {"number": asked.number}
    if asked.wish:
        said += " " + _("Quando: %(wish)s.") % {"wish": asked.wish.rstrip(".")}
    write(link, Words(once=once, text=said), now=now)
    return asked
