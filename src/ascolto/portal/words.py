"""The sentences of a customer's page: first what happens to him, then who and by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ascolto.cases.models import CallRequest
from ascolto.portal.policy import Standing
from ascolto.portal.queries import Brief, Matter, Promised
from ascolto.promises.models import Promise
from ascolto.promises.policy import resting as policy


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


def who(matter: Matter | Brief) -> str:
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
            _("L’abbiamo chiusa %(when)s. Non è risolto? Ci scriva qui sotto: si riapre da sola.")
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
    if matter.standing in {Standing.WAITING, Standing.WAITING_CLOSED, Standing.PAUSED}:
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
    if matter.standing is Standing.PAUSED:
        return f"{who(matter)} {paused(matter, now=now)}"
    by_when = (
        _("Non deve fare altro: le scriviamo noi entro %(when)s.") % {"when": due}
        if due
        else _("Non deve fare altro: le scriviamo noi.")
    )
    parts = [who(matter), by_when]
    if matter.standing is Standing.WAITING_CLOSED and matter.resumes_at:
        parts.append(
            _("Ora la squadra è chiusa e il tempo è fermo: riprende %(when)s.")
            % {"when": moment(matter.resumes_at, now=now)}
        )
    return " ".join(parts)


def paused(matter: Matter, *, now: datetime) -> str:
    """Why the clock stands still, since when, and what makes it go on."""
    since = moment(matter.paused_at, now=now) if matter.paused_at else ""
    why, goes_on = resting(matter.paused_because)
    said = _("Il tempo è fermo da %(when)s: %(why)s.") % {"when": since, "why": why}
    return f"{said} {goes_on}"


def resting(reason: str) -> tuple[str, str]:
    """Why a clock stands still, and what makes it go on, in the language of who reads.

    What a colleague wrote in his own words stays as he wrote it.
    """
    ours = {
        policy.HIS_TURN: (_("aspettiamo una sua risposta"), _("Riparte quando ci scrive.")),
        policy.HIS_PAPERS: (
            _("aspettiamo un documento da lei"),
            _("Riparte quando ce lo manda, anche da questa pagina."),
        ),
        policy.PART: (
            _("aspettiamo un pezzo di ricambio"),
            _("Riparte quando il pezzo arriva: glielo scriviamo noi."),
        ),
        policy.SUPPLIER: (
            _("aspettiamo un nostro fornitore"),
            _("Riparte quando ci risponde: glielo scriviamo noi."),
        ),
        policy.APPOINTMENT: (
            _("aspettiamo il giorno dell’appuntamento"),
            _("Riparte quel giorno."),
        ),
    }
    usual = _("Riparte appena questo si sblocca, e qui trova il nuovo termine.")
    return ours.get(reason, (reason.rstrip("."), usual))


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
    else:
        found.append(Step("now", _answer_step(matter), _by(matter, now=now)))
    return found + [_promised(one, now=now) for one in matter.promised]


def _promised(promised: Promised, *, now: datetime) -> Step:
    """What else we gave our word for: it stands here also when we are late with it."""
    usual = {
        Promise.Kind.UPDATE: _("Le diamo notizie, anche se non ce ne sono"),
        Promise.Kind.RESOLUTION: _("La soluzione"),
    }
    title = promised.words or usual.get(
        Promise.Kind(promised.kind), _("Quello che le abbiamo detto")
    )
    if promised.due_at is None:
        why, goes_on = resting(promised.paused_because)
        return Step("", title, _("Il tempo è fermo: %(why)s.") % {"why": why} + f" {goes_on}")
    due = moment(promised.due_at, now=now)
    if now > promised.due_at:
        return Step("", title, _("Era per %(when)s: siamo in ritardo") % {"when": due})
    return Step("", title, _("Entro %(when)s") % {"when": due})


def brief(one: Brief, *, now: datetime) -> str:
    """Where a matter stands, in the line of a list."""
    due = moment(one.due_at, now=now) if one.due_at else ""
    if one.resolved_at is not None:
        return _("Chiusa %(when)s.") % {"when": moment(one.resolved_at, now=now)}
    if one.standing in {Standing.WAITING, Standing.WAITING_CLOSED}:
        return _awaited(one, due, now=now)
    return {
        Standing.LATE: _("Siamo in ritardo: dovevamo scriverle entro %(when)s.") % {"when": due},
        Standing.PAUSED: _("Il tempo è fermo: %(why)s.") % {"why": resting(one.paused_because)[0]},
        Standing.ANSWERED: _("Le abbiamo risposto."),
    }.get(one.standing, _("È aperta."))


def _awaited(one: Brief, due: str, *, now: datetime) -> str:
    by_when = _("Le scriviamo entro %(when)s.") % {"when": due} if due else _("Le scriviamo noi.")
    if one.standing is Standing.WAITING_CLOSED and one.resumes_at:
        opens = moment(one.resumes_at, now=now)
        return _("La squadra è chiusa e riprende %(opens)s.") % {"opens": opens} + f" {by_when}"
    return by_when


@dataclass(frozen=True, slots=True)
class Call:
    """A wish to be called, and what became of it."""

    number: str
    words: str
    done: bool


def call(asked: CallRequest, *, due_at: datetime | None, now: datetime) -> Call:
    """`due_at` is when he has his next answer: a call is one."""
    when = {"when": moment(asked.at, now=now)}
    if asked.done_at is None:
        by = {**when, "due": moment(due_at, now=now)} if due_at and due_at > now else None
        said = (
            _("Ce l’ha chiesto %(when)s. La chiamiamo noi entro %(due)s.") % by
            if by
            else _("Ce l’ha chiesto %(when)s. La chiamiamo noi.") % when
        )
        if asked.wish:
            said += " " + _("Ci ha detto: %(wish)s.") % {"wish": asked.wish.rstrip(".")}
        return Call(asked.number, said, done=False)
    done = {"when": moment(asked.done_at, now=now)}
    return Call(asked.number, _("Chiusa %(when)s.") % done, done=True)


def scores() -> list[tuple[int, str, str]]:
    """The three things one can say of an answer: value, icon, words."""
    return [
        (3, "smile", _("Sì, mi ha aiutato")),
        (2, "meh", _("In parte")),
        (1, "frown", _("No, non mi ha aiutato")),
    ]


def _answer_step(matter: Matter) -> str:
    if matter.answered_at:
        return _("La prossima risposta")
    return _("La risposta")


def _by(matter: Matter, *, now: datetime) -> str:
    person = matter.person or _("la squadra %(team)s") % {"team": matter.team}
    if matter.standing is Standing.PAUSED:
        return _("%(person)s, appena il tempo riparte") % {"person": person}
    if matter.due_at is None:
        return person
    due = {"person": person, "when": moment(matter.due_at, now=now)}
    if matter.standing is Standing.LATE:
        return _("%(person)s: era per %(when)s, siamo in ritardo") % due
    return _("%(person)s, entro %(when)s") % due
