"""A colleague is asked about something said in public, with a note that stays in the house."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ascolto.alerts import services as alerts
from ascolto.alerts.models import Call
from ascolto.listening.models import Mention
from ascolto.listening.services.alerting import mention_path
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from ascolto.timeline.services import record


@transaction.atomic
def ask(mention: Mention, *, to: Colleague, text: str, by: Colleague, now: datetime) -> Call:
    """Ask a colleague. He finds it among what waits for him; the mention waits as before.

    Asked twice before he looked, it is one question. Raises what `alerts.services.call` does.
    """
    held = Mention.objects.select_related("team", "identity", "channel").get(pk=mention.pk)
    with translation.override(company().language):
        who = held.author_name or _("qualcuno")
        title = _("%(who)s su %(channel)s") % {"who": who, "channel": held.channel.title}
    known = Call.objects.filter(subject=held.reference).count()
    made = alerts.call(
        held.reference,
        path=mention_path(held.pk),
        title=title,
        team=held.team,
        to=to,
        text=text,
        by=by,
        now=now,
    )
    if Call.objects.filter(subject=held.reference).count() > known:
        record(
            "listening.asked",
            at=now,
            subject=held.reference,
            customer_id=held.identity.customer_id if held.identity else None,
            by=by,
            team_id=held.team_id,
            call=made.pk,
            to=to.name,
        )
    return made
