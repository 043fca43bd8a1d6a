"""How deeds of administration, and what they change, are called on the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.staff.models import Colleague
from ascolto.timeline.queries import Deed

KINDS: dict[str, Promise] = {
    "administration.invited": gettext_lazy("ha invitato"),
    "administration.invitation_withdrawn": gettext_lazy("ha ritirato l’invito di"),
    "administration.joined": gettext_lazy("ha preso il suo posto:"),
    "administration.colleague_changed": gettext_lazy("ha cambiato ruolo o squadre di"),
    "administration.left": gettext_lazy("ha registrato l’uscita di"),
    "learning.learnt": gettext_lazy("è stato imparato un modello:"),
    "learning.went_back": gettext_lazy("è tornato al modello"),
    "administration.skills_changed": gettext_lazy("ha cambiato le competenze di"),
    "administration.competence_added": gettext_lazy("ha aggiunto la competenza"),
    "administration.topics_changed": gettext_lazy("ha cambiato i temi della competenza"),
    "administration.competence_removed": gettext_lazy("ha tolto la competenza"),
    "administration.team_added": gettext_lazy("ha creato la squadra"),
    "administration.team_changed": gettext_lazy("ha cambiato la squadra"),
    "administration.calendar_added": gettext_lazy("ha creato l’orario"),
    "administration.hours_changed": gettext_lazy("ha cambiato l’orario"),
    "administration.closure_added": gettext_lazy("ha aggiunto una chiusura a"),
    "administration.closure_removed": gettext_lazy("ha tolto una chiusura da"),
    "administration.company_changed": gettext_lazy("ha cambiato l’azienda"),
    "administration.factors_asked": gettext_lazy("ha cambiato chi entra con due passi in"),
    "security.factor_added": gettext_lazy("ha aggiunto un secondo passo al suo accesso"),
    "security.factor_removed": gettext_lazy("ha tolto un secondo passo dal suo accesso"),
    "security.factor_reset": gettext_lazy("ha rifatto i codici di riserva"),
    "security.password_changed": gettext_lazy("ha cambiato la sua parola d’ordine"),
    "security.new_device": gettext_lazy("è entrato da un dispositivo nuovo"),
    "security.sessions_ended": gettext_lazy("ha terminato altre sue sessioni"),
    "security.factors_lifted": gettext_lazy("ha tolto il secondo passo a"),
    "security.recovery_offered": gettext_lazy("Dalla console: un collegamento per far rientrare"),
    "security.recovered": gettext_lazy("è rientrato con un collegamento della console:"),
    "administration.template_saved": gettext_lazy("ha cambiato il testo automatico"),
    "administration.template_dropped": gettext_lazy("ha rimesso il testo nostro per"),
    "knowledge.macro_made": gettext_lazy("ha scritto la risposta pronta"),
    "knowledge.macro_changed": gettext_lazy("ha cambiato la risposta pronta"),
    "knowledge.macro_retired": gettext_lazy("ha tolto la risposta pronta"),
    "knowledge.macro_restored": gettext_lazy("ha rimesso la risposta pronta"),
    "knowledge.article_made": gettext_lazy("ha scritto l’articolo"),
    "knowledge.article_written": gettext_lazy("ha cambiato l’articolo"),
    "knowledge.article_suggested": gettext_lazy("ha proposto una modifica all’articolo"),
    "knowledge.suggestion_taken": gettext_lazy("ha accolto una modifica all’articolo"),
    "knowledge.suggestion_declined": gettext_lazy("ha lasciato cadere una modifica all’articolo"),
    "knowledge.article_published": gettext_lazy("ha pubblicato l’articolo"),
    "knowledge.article_withdrawn": gettext_lazy("ha ritirato l’articolo"),
    "knowledge.article_placed": gettext_lazy("ha cambiato posto o responsabile all’articolo"),
    "knowledge.drafter_changed": gettext_lazy("ha cambiato chi prepara le bozze:"),
    "cases.tag_restored": gettext_lazy("ha rimesso l’etichetta"),
    "channels.opened": gettext_lazy("ha aperto un canale"),
    "channels.changed": gettext_lazy("ha cambiato il canale"),
    "channels.closed": gettext_lazy("ha chiuso il canale"),
    "channels.reopened": gettext_lazy("ha riaperto il canale"),
    "channels.secret_rotated": gettext_lazy("ha cambiato la chiave del canale"),
    "api.token_created": gettext_lazy("ha creato la chiave per un programma"),
    "api.token_revoked": gettext_lazy("ha spento la chiave di un programma"),
    "integrations.webhook_created": gettext_lazy("ha aggiunto il webhook"),
    "integrations.webhook_kinds_changed": gettext_lazy("ha cambiato ciò che sente il webhook"),
    "integrations.webhook_paused": gettext_lazy("ha messo in pausa il webhook"),
    "integrations.webhook_resumed": gettext_lazy("ha fatto riprendere il webhook"),
    "integrations.webhook_closed": gettext_lazy("ha chiuso il webhook"),
    "exchange.exported": gettext_lazy("ha esportato dati"),
    "exchange.import_asked": gettext_lazy("ha chiesto un’importazione"),
    "exchange.import_finished": gettext_lazy("ha finito un’importazione"),
    "exchange.import_stopped": gettext_lazy("ha fermato un’importazione"),
    "cases.tag_renamed": gettext_lazy("ha rinominato l’etichetta"),
    "cases.tag_retired": gettext_lazy("ha tolto l’etichetta"),
    "cases.tag_merged": gettext_lazy("ha unito l’etichetta"),
    "cases.field_saved": gettext_lazy("ha cambiato il campo"),
    "cases.field_retired": gettext_lazy("ha tolto il campo"),
}
FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("nome"),
    "title": gettext_lazy("nome"),
    "role": gettext_lazy("ruolo"),
    "roles": gettext_lazy("ruoli che entrano con due passi"),
    "grace": gettext_lazy("giorni per prepararsi"),
    "teams": gettext_lazy("squadre"),
    "members": gettext_lazy("persone"),
    "calendar": gettext_lazy("orario"),
    "reserved": gettext_lazy("riservata"),
    "first_answer": gettext_lazy("prima risposta, minuti"),
    "next_answer": gettext_lazy("risposte seguenti, minuti"),
    "update": gettext_lazy("aggiornamento, minuti"),
    "resolution": gettext_lazy("soluzione, minuti"),
    "warn": gettext_lazy("avviso, percento"),
    "escalates_to": gettext_lazy("a chi sale"),
    "week": gettext_lazy("settimana"),
    "province": gettext_lazy("provincia"),
    "language": gettext_lazy("lingua"),
    "languages": gettext_lazy("lingue"),
    "most_cases": gettext_lazy("casi al massimo"),
    "skills": gettext_lazy("competenze"),
    "colour": gettext_lazy("colore"),
    "text": gettext_lazy("testo"),
    "subject": gettext_lazy("oggetto"),
    "team": gettext_lazy("squadra"),
    "receipts": gettext_lazy("ricevuta automatica"),
    "answers_by": gettext_lazy("casella che risponde"),
    "sites": gettext_lazy("siti"),
    "kind": gettext_lazy("tipo"),
    "choices": gettext_lazy("scelte"),
    "needed": gettext_lazy("serve per risolvere"),
    "position": gettext_lazy("posto"),
    "topic": gettext_lazy("argomento"),
    "tags": gettext_lazy("etichette"),
    "owner": gettext_lazy("responsabile"),
    "review": gettext_lazy("da rivedere entro"),
    "url": gettext_lazy("indirizzo"),
    "model": gettext_lazy("modello"),
    "is_on": gettext_lazy("acceso"),
    "key": gettext_lazy("chiave"),
}


def told_changes(deed: Deed) -> list[str]:
    """«nome: «Guasti», ora «Rete»», one for each thing that a deed changed."""
    facts = deed.facts
    names, before, after = (facts.get(part) for part in ("fields", "before", "after"))
    if not (isinstance(names, list) and isinstance(before, list) and isinstance(after, list)):
        return []
    return [
        _("%(field)s: era «%(before)s», ora «%(after)s»")
        % {
            "field": FIELDS.get(name, name),
            "before": _worded(name, old) or "–",
            "after": _worded(name, new) or "–",
        }
        for name, old, new in zip(names, before, after, strict=False)
    ]


def _worded(field: str, value: str) -> str:
    if field in {"role", "roles"}:
        named = dict(Colleague.Role.choices)
        return ", ".join(str(named.get(one, one)) for one in value.split(", "))
    return {"yes": _("sì"), "no": _("no")}.get(value, value)
