"""Addresses of what is said in public."""

from django.urls import URLPattern, path

from ascolto.desk.listening import deeds, monitors, pages, sources, speaking

_ONE = "ascolto/<int:mention_id>/"

urlpatterns: list[URLPattern] = [
    path("ascolto/", pages.stream, name="listening"),
    path(_ONE, pages.show, name="mention"),
    path(f"{_ONE}aperta/", deeds.opened, name="mention_opened"),
    path(f"{_ONE}caso/", speaking.make_case, name="mention_case"),
    path(f"{_ONE}rispondi/", speaking.answer, name="mention_answer"),
    path(f"{_ONE}chiedi/", speaking.ask, name="mention_ask"),
    path("ascolto/risposte/<int:outgoing_id>/annulla/", speaking.undo_answer, name="answer_undo"),
    path(f"{_ONE}genere/", deeds.rekind, name="mention_kind"),
    path(f"{_ONE}assegna/", deeds.assign, name="mention_assign"),
    path(f"{_ONE}ringrazia/", speaking.thank, name="mention_thank"),
    path(f"{_ONE}rilancia/", deeds.repost, name="mention_repost"),
    path("ascolto/rilanci/<int:repost_id>/annulla/", deeds.undo_repost, name="repost_undo"),
    path("ascolto/onde/<int:wave_id>/", pages.wave, name="wave"),
    path("ascolto/onde/<int:wave_id>/niente/", deeds.dismiss_wave, name="wave_dismiss"),
    path("ascolto/fonti/", sources.show, name="sources"),
    path("ascolto/monitor/", monitors.show, name="monitors"),
    path("ascolto/monitor/nuovo/", monitors.one, name="monitor_new"),
    path("ascolto/monitor/prova/", monitors.try_out, name="monitor_try"),
    path("ascolto/monitor/<int:monitor_id>/", monitors.one, name="monitor"),
    path("ascolto/monitor/<int:monitor_id>/pausa/", monitors.pause, name="monitor_pause"),
    path("ascolto/monitor/<int:monitor_id>/togli/", monitors.retire, name="monitor_retire"),
]
