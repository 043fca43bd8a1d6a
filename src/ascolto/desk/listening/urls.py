"""Addresses of what is said in public."""

from django.urls import URLPattern, path

from ascolto.desk.listening import (
    board_deeds,
    boards,
    cause_answers,
    cause_deeds,
    deeds,
    monitors,
    pages,
    sources,
    speaking,
)

_ONE = "ascolto/<int:mention_id>/"
_POST = "ascolto/post/<int:board_id>/"
_UNDER = "ascolto/post/commenti/<int:mention_id>/"
_CAUSE = "ascolto/post/cause/<int:cause_id>/"

urlpatterns: list[URLPattern] = [
    path("ascolto/", pages.stream, name="listening"),
    path(_ONE, pages.show, name="mention"),
    path(f"{_ONE}aperta/", deeds.opened, name="mention_opened"),
    path(f"{_ONE}caso/", speaking.make_case, name="mention_case"),
    path(f"{_ONE}rispondi/", speaking.answer, name="mention_answer"),
    path(f"{_ONE}letto/", speaking.read, name="mention_read"),
    path(f"{_ONE}chiedi/", speaking.ask, name="mention_ask"),
    path("ascolto/risposte/<int:outgoing_id>/annulla/", speaking.undo_answer, name="answer_undo"),
    path(f"{_ONE}genere/", deeds.rekind, name="mention_kind"),
    path(f"{_ONE}assegna/", deeds.assign, name="mention_assign"),
    path(f"{_ONE}ringrazia/", speaking.thank, name="mention_thank"),
    path(f"{_ONE}rilancia/", deeds.repost, name="mention_repost"),
    path("ascolto/rilanci/<int:repost_id>/annulla/", deeds.undo_repost, name="repost_undo"),
    path("ascolto/onde/<int:wave_id>/", pages.wave, name="wave"),
    path("ascolto/onde/<int:wave_id>/niente/", deeds.dismiss_wave, name="wave_dismiss"),
    path("ascolto/post/", boards.show_all, name="posts"),
    path(_POST, boards.show, name="post"),
    path(f"{_POST}responsabile/", board_deeds.give, name="post_owner"),
    path(f"{_POST}decidi/", board_deeds.decide, name="post_decide"),
    path(f"{_POST}chiudi/", board_deeds.close, name="post_close"),
    path(f"{_POST}riapri/", board_deeds.reopen, name="post_reopen"),
    path(f"{_POST}casi/", board_deeds.open_for, name="post_opens"),
    path(f"{_UNDER}sposta/", board_deeds.move, name="comment_move"),
    path(f"{_UNDER}corsia/", board_deeds.relane, name="comment_lane"),
    path(f"{_UNDER}causa/", board_deeds.recause, name="comment_cause"),
    path(f"{_UNDER}mostra/", board_deeds.uncover, name="comment_show"),
    path(_CAUSE, cause_deeds.show, name="cause"),
    path(f"{_CAUSE}nome/", cause_deeds.rename, name="cause_name"),
    path(f"{_CAUSE}unisci/", cause_deeds.join, name="cause_join"),
    path(f"{_CAUSE}dividi/", cause_deeds.split, name="cause_split"),
    path(f"{_CAUSE}rispondi/", cause_answers.answer, name="cause_answer"),
    path(f"{_CAUSE}caso/", cause_answers.make_case, name="cause_case"),
    path("ascolto/post/risposte/<int:answer_id>/annulla/", cause_answers.undo, name="cause_undo"),
    path("ascolto/fonti/", sources.show, name="sources"),
    path("ascolto/monitor/", monitors.show, name="monitors"),
    path("ascolto/monitor/nuovo/", monitors.one, name="monitor_new"),
    path("ascolto/monitor/prova/", monitors.try_out, name="monitor_try"),
    path("ascolto/monitor/<int:monitor_id>/", monitors.one, name="monitor"),
    path("ascolto/monitor/<int:monitor_id>/pausa/", monitors.pause, name="monitor_pause"),
    path("ascolto/monitor/<int:monitor_id>/togli/", monitors.retire, name="monitor_retire"),
]
