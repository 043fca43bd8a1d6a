"""Posts of ours: under one of a reserved team nobody else sees a comment, a count or a cause."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ascolto.channels.models import Arrival, Channel, Item
from ascolto.kit import blobs
from ascolto.listening.models import AnswerToAll, Board, Cause, Mention
from ascolto.staff.models import Colleague, Team
from tests.threats.area_listening import listeners
from tests.threats.probes import SIGN_IN, Answers, Probe
from tests.threats.world import SECRET, World

POST = "/ascolto/post/{board}/"
UNDER = "/ascolto/post/commenti/{comment}/"
CAUSE = "/ascolto/post/cause/{cause}/"


def furnish(world: World) -> None:
    """A post of the reserved team, with two calls for help of one cause, and an insult."""
    now = timezone.now()
    team = Team.objects.get(is_reserved=True)
    page = Channel.objects.create(
        kind=Channel.Kind.FACEBOOK, name="legale-fb", title="Legale", team=team, opened_at=now
    )
    board = Board.objects.create(
        key="facebook:1",
        channel=page,
        title=f"Offerta {SECRET}",
        team=team,
        first_heard_at=now,
        last_heard_at=now,
        warned_at=now,
        warned_share=0.6,
        warned_topics=[SECRET],
    )
    cause, other = (
        Cause.objects.create(board=board, name=f"{SECRET} {name}", team=team, made_at=now)
        for name in ("uno", "due")
    )
    comment = _comment(board, "HELP", number=1, cause=cause)
    _comment(board, "HELP", number=2, cause=other)
    insult = _comment(board, "ABUSE", number=3)
    to_all = AnswerToAll.objects.create(
        cause=other,
        text=SECRET,
        by=Colleague.objects.get(pk=world.ids["member"]),
        asked_at=now,
        leaves_at=now + timedelta(hours=1),
    )
    world.ids |= {
        "board": board.pk,
        "comment": comment.pk,
        "insult": insult.pk,
        "to_all": to_all.pk,
        "cause": cause.pk,
        "other_cause": other.pk,
    }


def _comment(board: Board, lane: str, *, number: int, cause: Cause | None = None) -> Mention:
    at = board.first_heard_at - timedelta(minutes=number)
    arrival = Arrival.objects.create(
        channel=board.channel,
        external_id=f"commento:{number}",
        raw_id=blobs.store(f"commento {number}".encode()),
        received_at=at,
        read_at=at,
    )
    item = Item.objects.create(
        arrival=arrival,
        channel=board.channel,
        kind=Item.Kind.POST,
        heard_at=at,
        text=SECRET,
        public=True,
        post={"author": f"facebook:a{number}", "answerable": {"comment": str(number)}},
    )
    return Mention.objects.create(
        key=f"facebook:1_{number}",
        item=item,
        channel=board.channel,
        author_name=f"Giulia {SECRET}",
        text=f"Aspetto da un mese, {SECRET}",
        kind=Mention.Kind.PROBLEM,
        board=board,
        lane=lane,
        abusive=lane == Mention.Lane.ABUSE,
        cause=cause,
        team=board.team,
        heard_at=at,
        matched_at=at,
    )


def _closed(answer: str) -> Answers:
    """Light helpers do not listen; for other teams it does not exist."""
    return (SIGN_IN, "404", "403", answer, answer)


def _deed(address: str, answer: str = "302", /, **fields: Any) -> Probe:
    return Probe(address, _closed(answer), "POST", fields)


DESK: dict[str, list[Probe]] = {
    "ascolto/post/": [
        Probe("/ascolto/post/", listeners("200")),
        Probe("/ascolto/post/?dopo=ieri_9", listeners("200")),
        Probe("/ascolto/post/?chiusi=ieri_9", listeners("200")),
    ],
    "ascolto/post/<int:board_id>/": [
        Probe(POST, _closed("200")),
        Probe(f"{POST}?corsia=HELP&dopo=ieri_9&cause=tutte", _closed("200")),
        Probe("/ascolto/post/999999999/", listeners("404")),
    ],
    "ascolto/post/<int:board_id>/responsabile/": [
        _deed(f"{POST}responsabile/", chi="{member}"),
        _deed(f"{POST}responsabile/", chi=""),
        _deed(f"{POST}responsabile/", "404", chi="{stranger}"),
        _deed(f"{POST}responsabile/", "404", chi="²"),
    ],
    "ascolto/post/<int:board_id>/decidi/": [
        _deed(f"{POST}decidi/", scelta="PAUSED"),
        _deed(f"{POST}decidi/", "422", scelta="LEFT"),
        _deed(f"{POST}decidi/", "404", scelta="ALTRO"),
    ],
    "ascolto/post/<int:board_id>/chiudi/": [_deed(f"{POST}chiudi/")],
    "ascolto/post/<int:board_id>/riapri/": [_deed(f"{POST}riapri/")],
    "ascolto/post/<int:board_id>/casi/": [
        _deed(f"{POST}casi/", per="EVERYBODY"),
        _deed(f"{POST}casi/", "404", per="ALTRO"),
    ],
    "ascolto/post/commenti/<int:mention_id>/sposta/": [
        Probe(f"{UNDER}sposta/", _closed("200")),
        # Under nothing of ours there is nowhere to move it.
        Probe("/ascolto/post/commenti/{voice}/sposta/", _closed("404")),
    ],
    "ascolto/post/commenti/<int:mention_id>/corsia/": [
        _deed(f"{UNDER}corsia/", corsia="PRAISE"),
        _deed(f"{UNDER}corsia/", "404", corsia="ALTRO"),
    ],
    "ascolto/post/commenti/<int:mention_id>/causa/": [
        _deed(f"{UNDER}causa/", causa="{other_cause}"),
        _deed(f"{UNDER}causa/", causa=""),
        _deed(f"{UNDER}causa/", "404", causa="999999999"),
    ],
    "ascolto/post/commenti/<int:mention_id>/mostra/": [
        _deed("/ascolto/post/commenti/{insult}/mostra/", "200"),
    ],
    "ascolto/post/cause/<int:cause_id>/": [Probe(CAUSE, _closed("200"))],
    "ascolto/post/cause/<int:cause_id>/nome/": [
        _deed(f"{CAUSE}nome/", nome="Trasloco", squadra="{legal}"),
        _deed(f"{CAUSE}nome/", "422", nome=" "),
        _deed(f"{CAUSE}nome/", "404", nome="Trasloco", squadra="999999999"),
    ],
    "ascolto/post/cause/<int:cause_id>/unisci/": [
        _deed(f"{CAUSE}unisci/", con="{other_cause}"),
        _deed(f"{CAUSE}unisci/", "404", con="{cause}"),
        _deed(f"{CAUSE}unisci/", "404", con="x"),
    ],
    "ascolto/post/cause/<int:cause_id>/dividi/": [
        _deed(f"{CAUSE}dividi/", scelti="{comment}"),
        _deed(f"{CAUSE}dividi/", "422", scelti="²"),
    ],
    "ascolto/post/risposte/<int:answer_id>/annulla/": [
        # Its author alone calls it back; the others are told so.
        _deed("/ascolto/post/risposte/{to_all}/annulla/"),
        _deed("/ascolto/post/risposte/999999999/annulla/", "404"),
    ],
}
# Pages whose form has their own address.
OTHERS: dict[str, list[Probe]] = {
    "ascolto/post/cause/<int:cause_id>/rispondi/": [
        Probe(f"{CAUSE}rispondi/", _closed("200")),
        Probe(f"{CAUSE}rispondi/?novita=1", _closed("200")),
        Probe(f"{CAUSE}rispondi/?da=999999999", _closed("404")),
        _deed(f"{CAUSE}rispondi/", testo="{{nome}}, ci siamo."),
        _deed(f"{CAUSE}rispondi/", "422", testo=" "),
        Probe(f"{CAUSE}rispondi/?anteprima=1", _closed("200"), "POST", {"testo": "Ci siamo."}),
    ],
    "ascolto/post/cause/<int:cause_id>/caso/": [
        Probe(f"{CAUSE}caso/", _closed("200")),
        _deed(f"{CAUSE}caso/"),
    ],
}
