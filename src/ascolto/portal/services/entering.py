"""The way in to all of one's matters: a link by mail, used once, and a visit in one browser."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from ascolto.channels import services as channels
from ascolto.channels.services import Errand
from ascolto.kit.tokens import new_token, token_hash
from ascolto.knowledge.automatic import our_sign_in, own_words
from ascolto.knowledge.models import Template
from ascolto.people.models import Identity
from ascolto.people.policy import normal_form
from ascolto.portal.models import SignInLink, Visit
from ascolto.portal.policy import (
    LINK_LASTS,
    LINKS_WITHIN,
    LINKS_WITHIN_A_DAY,
    MOST_LINKS,
    MOST_LINKS_A_DAY,
    VISIT_LASTS,
)
from ascolto.portal.queries.mailboxes import mailbox_of
from ascolto.pressure.queries import unreachable_among
from ascolto.staff.queries import company
from ascolto.timeline.services import record


class LinkIsOver(Exception):
    """It never was, it was used, or its day is over. Nobody is told which."""


@transaction.atomic
def invite_in(address: str, *, now: datetime, language: str = "") -> SignInLink | None:
    """Send a sign-in link to an address we know. None, and no mail, for every other one.

    A stranger's address never gets mail from here, a dead one neither, and a known one no more
    than a person needs: the page at which anybody can type it must not become its flood.
    """
    normal = normal_form("EMAIL", address)
    known = Identity.objects.select_for_update(of=("self",), no_key=True).select_related("customer")
    identity = known.filter(kind=Identity.Kind.EMAIL, normal=normal).first() if normal else None
    if identity is None or _had_enough(identity, now=now) or unreachable_among({identity.pk}):
        return None
    mailbox = mailbox_of(identity)
    if mailbox is None:
        return None
    token = new_token()
    link = SignInLink.objects.create(
        identity=identity, token_hash=token_hash(token), made_at=now, ends_at=now + LINK_LASTS
    )
    speech = language or identity.customer.language
    own = own_words(Template.Key.SIGN_IN, {speech}).get(speech) or our_sign_in(speech)
    words = own.filled({"azienda": company().name})
    with override(speech):
        channels.queue(
            Errand(
                key=f"sign-in-{link.pk}",
                channel=mailbox,
                identity=identity,
                subject=" ".join(words.subject.split()) or our_sign_in(speech).subject,
                text=words.text,
                footer=gettext("Per entrare:"),
                link=f"{settings.PUBLIC_URL}/p/entra/{token}/",
                automatic=True,
            ),
            now=now,
        )
    return link


def sign_in_link(token: str, *, now: datetime) -> SignInLink | None:
    """The living link behind a token. Looking uses nothing up."""
    return (
        SignInLink.objects.select_related("identity__customer")
        .filter(token_hash=token_hash(token), used_at=None, ends_at__gt=now)
        .first()
    )


@transaction.atomic
def sign_in(token: str, *, now: datetime) -> tuple[str, Visit]:
    """Use a link up: a visit, and the token for the browser's cookie. Raises `LinkIsOver`.

    The other unused links of this address end too: one was enough.
    """
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("identity")
        .filter(token_hash=token_hash(token), used_at=None, ends_at__gt=now)
        .first()
    )
    if link is None:
        raise LinkIsOver
    SignInLink.objects.filter(identity=link.identity, used_at=None).update(used_at=now)
    key = new_token()
    visit = Visit.objects.create(
        identity=link.identity, token_hash=token_hash(key), began_at=now, ends_at=now + VISIT_LASTS
    )
    record(
        "portal.signed_in",
        at=now,
        customer_id=link.identity.customer_id,
        address=link.identity.value,
    )
    return key, visit


def visit_for(key: str, *, now: datetime) -> Visit | None:
    """The visit behind a browser's cookie, while it lasts. Looking changes nothing."""
    return (
        Visit.objects.select_related("identity__customer")
        .filter(token_hash=token_hash(key), ended_at=None, ends_at__gt=now)
        .first()
    )


def leave(visit: Visit, *, now: datetime) -> None:
    """He signs out: his cookie opens nothing any more."""
    Visit.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=now)


def _had_enough(identity: Identity, *, now: datetime) -> bool:
    made = SignInLink.objects.filter(identity=identity)
    return (
        made.filter(made_at__gt=now - LINKS_WITHIN).count() >= MOST_LINKS
        or made.filter(made_at__gt=now - LINKS_WITHIN_A_DAY).count() >= MOST_LINKS_A_DAY
    )
