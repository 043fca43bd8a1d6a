"""The sentences of a customer's page: first what happens to him, then who and by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ascolto.portal.policy import Standing
from ascolto.portal.queries import Matter


@dataclass(frozen=True, slots=True)
class Hero:
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    state: str  # "ok", "now" or ""
    title: str
    words: str


def moment(at: datetime, *, now: datetime) -> str:
    """«oggi alle 16:30», «domani alle 9:00», «lunedì 23 novembre alle 9:00»."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    clock = {"time": date_format(local, "G:i")}
    if local.date() == today:
        return _("oggi alle %(time)s") % clock
    if local.date() == today + timedelta(days=1):
        return _("domani alle %(time)s") % clock
    if local.date() == today - timedelta(days=1):
        return _("ieri alle %(time)s") % clock
    words = date_format(local, "l j F" if local.year == today.year else "l j F Y")
    day = words.lower() if (get_language() or "it").startswith("it") else words
    return _("%(day)s alle %(time)s") % {"day": day, **clock}


def who(matter: Matter) -> str:
    if matter.person:
        return _("La segue %(person)s, della squadra %(team)s.") % {
            "person": matter.person,
            "team": matter.team,
        }
    return _("La segue la squadra %(team)s.") % {"team": matter.team}


def hero(matter: Matter, *, now: datetime) -> Hero:
    """What happens, who follows it and by when. Bad news is said."""
    due = moment(matter.due_at, now=now) if matter.due_at else ""
    if matter.standing is Standing.RESOLVED and matter.resolved_at:
        return Hero(
            _("La sua richiesta è chiusa."),
            _("L’abbiamo chiusa %(when)s. Se non è così, ci scriva qui sotto: si riapre da sola.")
            % {"when": moment(matter.resolved_at, now=now)},
        )
    if matter.standing is Standing.LATE:
        return Hero(
            _("Siamo in ritardo con lei."),
            _("Dovevamo scriverle entro %(when)s e non l’abbiamo fatto. Ci scusiamo.")
            % {"when": due}
            + f" {who(matter)} "
            + _("Non deve fare altro."),
        )
    if matter.standing in {Standing.WAITING, Standing.WAITING_CLOSED}:
        return Hero(_("Abbiamo il suo messaggio."), _waiting(matter, due, now=now))
    if matter.standing is Standing.ANSWERED and matter.answered_at:
        return Hero(
            _("Le abbiamo risposto."),
            _("La nostra risposta di %(when)s è qui sotto.")
            % {"when": moment(matter.answered_at, now=now)}
            + f" {who(matter)} "
            + _("Se le serve altro, ci scriva."),
        )
    return Hero(_("La sua richiesta è aperta."), who(matter))


def _waiting(matter: Matter, due: str, *, now: datetime) -> str:
    by_when = (
        _("Non deve fare altro: le scriviamo noi entro %(when)s.") % {"when": due}
        if due
        else _("Non deve fare altro: le scriviamo noi.")
    )
    parts = [who(matter), by_when]
    if matter.paused_because:
        parts.append(_("Il tempo ora è fermo: %(why)s.") % {"why": matter.paused_because})
    elif matter.standing is Standing.WAITING_CLOSED and matter.resumes_at:
        parts.append(
            _("Ora la squadra è chiusa e il tempo è fermo: riprende %(when)s.")
            % {"when": moment(matter.resumes_at, now=now)}
        )
    return " ".join(parts)


def steps(matter: Matter, *, now: datetime) -> list[Step]:
    """«A che punto siamo»: only what happened, and the one thing that comes next."""
    found = [Step("ok", _("Richiesta ricevuta"), moment(matter.opened_at, now=now))]
    found += [
        Step(
            "ok",
            _("Passata alla squadra %(team)s") % {"team": handed.team},
            _("Con tutta la storia, %(when)s") % {"when": moment(handed.at, now=now)},
        )
        for handed in matter.handed
    ]
    if matter.answered_at:
        found.append(Step("ok", _("Le abbiamo risposto"), moment(matter.answered_at, now=now)))
    if matter.resolved_at:
        found.append(Step("ok", _("Richiesta chiusa"), moment(matter.resolved_at, now=now)))
        return found
    if matter.standing is Standing.ANSWERED:
        found.append(Step("now", _("Tocca a lei, se vuole"), _("Altrimenti non deve fare nulla")))
        return found
    found.append(Step("now", _answer_step(matter), _by(matter, now=now)))
    return found


def _answer_step(matter: Matter) -> str:
    if matter.answered_at:
        return _("La prossima risposta")
    return _("La risposta")


def _by(matter: Matter, *, now: datetime) -> str:
    person = matter.person or _("la squadra %(team)s") % {"team": matter.team}
    if matter.due_at is None:
        return person
    due = {"person": person, "when": moment(matter.due_at, now=now)}
    if matter.standing is Standing.LATE:
        return _("%(person)s: era per %(when)s, siamo in ritardo") % due
    return _("%(person)s, entro %(when)s") % due
