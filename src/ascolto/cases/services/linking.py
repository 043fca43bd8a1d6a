from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from ascolto.cases.models import Case, Conversation, MatterLink, Message
from ascolto.cases.policy import link_is_alive
from ascolto.channels.models import Evidence
from ascolto.channels.services.evidence import add_evidence
from ascolto.kit.tokens import new_token, token_hash
from ascolto.people.models import Identity


def issue_link(case: Case, identity: Identity, *, now: datetime) -> str:
    """A new token that shows this one case to whoever holds it. Only its hash is kept."""
    return issue_links([(case, identity)], now=now)[0]


def issue_links(readers: Sequence[tuple[Case, Identity]], *, now: datetime) -> list[str]:
    """`issue_link` for many, with one statement."""
    tokens = [new_token() for _ in readers]
    MatterLink.objects.bulk_create(
        MatterLink(case=case, identity=identity, token_hash=token_hash(token), made_at=now)
        for (case, identity), token in zip(readers, tokens, strict=True)
    )
    return tokens


def link_addresses(readers: Sequence[tuple[Case, Identity]], *, now: datetime) -> list[str]:
    """Addresses of the customers' pages of these cases, on links made for this occasion.

    Empty for whoever said "this isn't me": a new link would undo what he, or the one who reads
    his mail, has asked for.
    """
    declined = set(
        MatterLink.objects.filter(
            Q(case__in=(cases := [case for case, _ in readers])) | Q(case__merged_into__in=cases),
            identity__in=[identity for _, identity in readers],
            revoked_at__isnull=False,
        ).values_list(Coalesce("case__merged_into", "case"), "identity")
    )
    welcome = [reader for reader in readers if (reader[0].pk, reader[1].pk) not in declined]
    tokens = iter(issue_links(welcome, now=now))
    return [
        "" if (case.pk, identity.pk) in declined else f"{settings.PUBLIC_URL}/p/{next(tokens)}/"
        for case, identity in readers
    ]


def link_for(token: str, *, now: datetime) -> MatterLink | None:
    """The link behind a token, if it lives. Looking changes nothing and uses nothing up."""
    link = (
        MatterLink.objects.select_related(
            "case__customer", "case__team", "case__assignee", "case__merged_into", "identity"
        )
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None:
        return None
    while link.case.merged_into is not None:  # his matter goes on in another case
        link.case = link.case.merged_into
    alive = link_is_alive(resolved_at=link.case.resolved_at, revoked_at=link.revoked_at, now=now)
    return link if alive else None


@transaction.atomic
def revoke_link(link: MatterLink, *, now: datetime) -> None:
    """ "This isn't me": every link of this identity to this case stops working."""
    theirs = MatterLink.objects.filter(identity=link.identity_id, revoked_at=None)
    case_ids = Case.objects.filter(Q(pk=link.case_id) | Q(merged_into=link.case_id)).values("pk")
    theirs.filter(case__in=case_ids).update(revoked_at=now)


@transaction.atomic
def opened_by_customer(link: MatterLink, *, now: datetime) -> None:
    """The customer acted on his page: what we sent to this identity in this case has reached him.

    Called only for a deed (a POST): scanners open links, and prove nothing.
    """
    threads = Conversation.objects.filter(case=link.case_id, identity=link.identity_id)
    sent = Message.objects.select_related("outgoing__identity").filter(
        conversation__in=threads, outgoing__sent_at__isnull=False
    )
    for message in sent.order_by("-at")[:20]:
        if message.outgoing is not None:
            add_evidence(message.outgoing, kind=Evidence.Kind.OPENED_IN_PORTAL, now=now)
