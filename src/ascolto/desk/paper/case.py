"""What stands on the paper of a case: for our files everything, for its customer what he knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ascolto.cases.queries.case_page import CasePage
from ascolto.cases.queries.history import Line, NoteRow
from ascolto.cases.queries.message_rows import MessageRow
from ascolto.desk.timeline import Drawn, drawn
from ascolto.staff.models import Company

MOST_CHARACTERS = 1_000_000  # a book of four hundred pages; what comes after is named, not set


@dataclass(frozen=True, slots=True)
class Paper:
    """A case about to be set in type, and whose eyes it is for."""

    page: CasePage
    company: Company
    for_customer: bool
    now: datetime

    def data(self) -> dict[str, Any]:
        """What `case.typ` reads."""
        case = self.page.case
        return {
            "title": f"{case.number} {case.subject}",
            "number": case.number,
            "subject": case.subject or _("(senza oggetto)"),
            "company": self.company.name,
            "language": (get_language() or "it")[:2],
            "facts": self._facts(),
            "rows": self._rows(),
            "words": {"files": _("Allegati: "), "nothing": _("Non è stato detto niente.")},
        }

    def _facts(self) -> list[tuple[str, str]]:
        case = self.page.case
        facts = [
            (_("Caso"), case.number),
            (_("Cliente"), case.customer.name),
            (_("Aperto"), _moment(case.opened_at)),
            (_("Risolto"), _moment(case.resolved_at) if case.resolved_at else _("non ancora")),
            (_("Squadra"), case.team.name),
        ]
        if not self.for_customer:
            facts.append((_("Lo segue"), case.assignee.name if case.assignee else _("nessuno")))
        return [*facts, (_("Stampato"), _moment(self.now))]

    def _rows(self) -> list[dict[str, Any]]:
        shown = [row for row in self.page.history.rows if self._is_for_these_eyes(row)]
        rows: list[dict[str, Any]] = []
        left = MOST_CHARACTERS
        for line in drawn(shown, now=self.now):
            if line.new_day:
                rows.append({"kind": "day", "text": date_format(line.new_day, "l j F Y")})
            row = _row(line)
            left -= len(row["text"])
            if left < 0:
                rows.append({**_deed(""), "text": _("Il seguito è troppo lungo per la carta.")})
                break
            rows.append(row)
        return rows

    def _is_for_these_eyes(self, row: Line) -> bool:
        """A customer gets his own words and ours that left for him: the rest is between us."""
        if not self.for_customer:
            return True
        if not isinstance(row, MessageRow):
            return False
        his = {identity.pk for identity in self.page.identities}
        out = row.message.outgoing
        left = out is None or out.sent_at is not None
        return left and row.message.conversation.identity_id in his


def _row(line: Drawn) -> dict[str, Any]:
    row = line.row
    if isinstance(row, MessageRow):
        return _message(row)
    if isinstance(row, NoteRow):
        return {
            "kind": "note",
            "who": row.note.author.name,
            "about": _("nota interna"),
            "at": _hour(row.at),
            "text": row.note.text,
            "files": [],
        }
    return {**_deed(_hour(row.at)), "who": line.lead, "text": line.sentence}


def _message(row: MessageRow) -> dict[str, Any]:
    message = row.message
    address = message.conversation.identity.value
    if row.was_heard:
        who, about = (message.item.author_name if message.item else "") or address, address
    else:
        who = message.author.name if message.author else _("Ricevuta automatica")
        about = _("a %s") % address
    return {
        "kind": "heard" if row.was_heard else "said",
        "who": who,
        "about": about if about != who else "",
        "at": _hour(row.at),
        "text": message.text.strip() or _("(nessun testo)"),
        "files": [name or _("senza nome") for name in _names(row)],
    }


def _names(row: MessageRow) -> list[str]:
    return [file.name for file in row.files] + [file.name for file in row.enclosures]


def _deed(at: str) -> dict[str, Any]:
    return {"kind": "deed", "who": "", "at": at, "text": "", "files": []}


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")


def _hour(at: datetime) -> str:
    return date_format(timezone.localtime(at), "H:i")
