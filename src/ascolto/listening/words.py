"""What is wrong with a rule, in sentences for whoever wrote it."""

from django.utils.translation import gettext_lazy as _

from ascolto.listening.policy.rules import FURTHEST, LONGEST_TERM, BadRule, Fault, Wrong

SENTENCES = {
    Wrong.NOT_A_RULE: _("Questa parte non si legge come una regola: %(about)s."),
    Wrong.NOTHING: _("Scriva almeno una parola da cercare, o un autore da seguire."),
    Wrong.NO_LETTERS: _("«%(about)s» non ha né lettere né numeri: non si può cercare."),
    Wrong.TOO_LONG: _("«%(about)s» è troppo lungo: al massimo %(longest)d caratteri."),
    Wrong.TOO_MANY: _("Sono troppe parole per un solo ascolto: al massimo %(about)s."),
    Wrong.NEAR: _(
        "«%(about)s» non si legge: servono due parole e quante altre possono stare in mezzo,"
        " da 0 a %(furthest)d."
    ),
    Wrong.LANGUAGE: _("«%(about)s» non è una lingua: scriva due lettere, come «it» o «en»."),
    Wrong.CONTRADICTION: _("«%(about)s» è cercata ed esclusa insieme: non troverà mai niente."),
}


def said(fault: Fault) -> str:
    """One fault in one sentence."""
    return str(SENTENCES[fault.wrong]) % {
        "about": fault.about,
        "longest": LONGEST_TERM,
        "furthest": FURTHEST,
    }


def all_said(problem: BadRule) -> list[str]:
    return [said(fault) for fault in problem.faults]
