"""Mails that say another mail was not, or was, delivered."""

import re
from typing import Literal, cast

from ascolto.channels.adapters.email import bounce_text, dsn
from ascolto.channels.adapters.email.body import Body
from ascolto.channels.adapters.email.bounce_json import groups_in_json
from ascolto.channels.adapters.email.bounce_reasons import Reason, reason_of
from ascolto.channels.adapters.email.complaints import original_message_id
from ascolto.channels.adapters.email.mime import Parts
from ascolto.channels.adapters.email.values import Bounce, BouncedRecipient

_VAGUE = re.compile(r"[245]\.(?:0\.0|[1-7]\.0)")
Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]


def find_bounce(parts: Parts, body: Body) -> Bounce | None:
    """Standard reports first, then the many other forms; None for ordinary mail."""
    notice = bounce_text.notice_of(parts, body)
    groups = dsn.groups(parts) or groups_in_json(notice.text)
    if not groups and notice.is_bounce:
        groups = (
            dsn.groups_in_text(notice.text)
            or notice.groups(first=True)
            or dsn.groups(parts, attached=True)
            or notice.groups()
        )
    if not groups and not notice.is_bounce:
        return None
    judged = [_judged(group, notice, alone=len(groups) == 1) for group in groups]
    failed = [reason for one, reason in judged if one.action in {"failed", "delayed"}]
    return Bounce(
        recipients=tuple(one for one, _ in judged),
        reason=failed[0].name if failed else None,
        original_message_id=original_message_id(parts) or notice.original_message_id,
    )


def _judged(
    group: dsn.Group, notice: bounce_text.Notice, *, alone: bool
) -> tuple[BouncedRecipient, Reason]:
    action = cast("Action", group.action)
    about = notice.about(group.address, alone=alone)
    said = group.diagnostic or bounce_text.reply_in(about) or about
    status = group.status_field or None
    told = dsn.status_in(said)
    if told and (status is None or _VAGUE.fullmatch(status)):
        status = told
    temporary = action == "delayed" or (status or "").startswith("4")
    reason = reason_of(status, said, about=about, temporary=temporary, category=group.category)
    hard = reason.hard and action == "failed"
    return BouncedRecipient(group.address, status, action, hard=hard), reason
