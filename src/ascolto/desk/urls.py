from django.urls import path

from ascolto.desk import (
    answers,
    call_requests,
    case,
    demo_urls,
    drafts,
    files,
    inbox,
    installable,
    moves,
    preferences,
    quarantine_urls,
    search,
    setup_urls,
)
from ascolto.desk.alerts import urls as alerts
from ascolto.desk.customers import urls as customers
from ascolto.desk.exchange import urls as exchange
from ascolto.desk.insight import urls as insight
from ascolto.desk.knowledge import urls as knowledge
from ascolto.desk.listening import urls as listening
from ascolto.desk.organising import urls as organising
from ascolto.desk.paper import urls as paper
from ascolto.desk.promises import urls as promises
from ascolto.desk.security import urls as security
from ascolto.desk.settings import urls as settings
from ascolto.desk.sources import urls as sources
from ascolto.desk.writing import urls as writing

app_name = "desk"
urlpatterns = [
    path("favicon.ico", installable.icon, name="icon"),
    path("app.webmanifest", installable.manifest, name="manifest"),
    path("sw.js", installable.worker, name="worker"),
    path("senza-rete/", installable.away, name="away"),
    path("casella/prossimo/", moves.take_next, name="take_next"),
    path("casella/", inbox.show, name="inbox"),
    path("casella/<slug:queue>/", inbox.show, name="queue"),
    path("casi/C-<int:case_id>/", case.show, name="case"),
    path("casi/C-<int:case_id>/rispondi/", answers.reply, name="reply"),
    path("casi/C-<int:case_id>/nota/", answers.note, name="note"),
    path("casi/C-<int:case_id>/bozza/", drafts.save, name="draft"),
    path("casi/C-<int:case_id>/allegati/", drafts.attach, name="attach"),
    path("casi/C-<int:case_id>/allegati/togli/", drafts.detach, name="detach"),
    path("casi/C-<int:case_id>/assegna/", moves.take, name="take"),
    path("casi/C-<int:case_id>/passa/", moves.transfer, name="transfer"),
    path("casi/C-<int:case_id>/aiuto/", moves.ask_help, name="help"),
    path("casi/C-<int:case_id>/risolvi/", moves.resolve, name="resolve"),
    path("casi/C-<int:case_id>/risolvi/annulla/", moves.undo_resolve, name="undo_resolve"),
    path("casi/C-<int:case_id>/riapri/", moves.reopen, name="reopen"),
    path("messaggi/<int:message_id>/annulla/", answers.call_back, name="call_back"),
    path("messaggi/<int:message_id>/html/", files.html, name="html"),
    path("messaggi/<int:message_id>/grezzo/", files.raw, name="raw"),
    path("allegati/<int:attachment_id>/", files.attachment, name="attachment"),
    path("allegati/usciti/<int:enclosure_id>/", files.enclosure, name="enclosure"),
    path("allegati/bozze/<str:token>/", files.draft_file, name="draft_file"),
    path("chiamate/<int:request_id>/fatta/", call_requests.made, name="call_made"),
    path("chiamate/<int:request_id>/lascia/", call_requests.dropped, name="call_dropped"),
    path("cerca/", search.show, name="search"),
    path("impostazioni/", preferences.show, name="preferences"),
    *quarantine_urls.urlpatterns,
    *alerts.urlpatterns,
    *insight.urlpatterns,
    *knowledge.urlpatterns,
    *listening.urlpatterns,
    *organising.urlpatterns,
    *writing.urlpatterns,
    *paper.urlpatterns,
    *promises.urlpatterns,
    *customers.urlpatterns,
    *settings.urlpatterns,
    *sources.urlpatterns,
    *security.urlpatterns,
    *exchange.urlpatterns,
    *setup_urls.urlpatterns,
    *demo_urls.urlpatterns,
]
