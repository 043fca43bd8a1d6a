"""What is said in public: a reserved team's mentions are nobody else's, monitors are for leads."""

from typing import Any

from django.utils import timezone

from ascolto.channels.models import Arrival, Channel, Item, Outgoing
from ascolto.kit import blobs
from ascolto.listening.models import Mention, Monitor, Repost, Wave
from ascolto.people.policy import Sender
from ascolto.people.services import recognise
from ascolto.pressure.services import decide
from ascolto.staff.models import Colleague, Team
from tests.threats.probes import SIGN_IN, Answers, Probe, leads
from tests.threats.world import World

ONE = "/ascolto/{voice}/"
MONITOR = "/ascolto/monitor/"


def furnish(world: World) -> None:
    """A mention that the reserved team heard, with a wave, a monitor and a repost."""
    now = timezone.now()
    team = Team.objects.get(is_reserved=True)
    member = Colleague.objects.get(pk=world.ids["member"])
    channel = Channel.objects.create(
        kind=Channel.Kind.X, name="x", title="X", team=team, opened_at=now
    )
    arrival = Arrival.objects.create(
        channel=channel,
        external_id="post:1",
        raw_id=blobs.store(b"un post"),
        received_at=now,
        read_at=now,
    )
    item = Item.objects.create(
        arrival=arrival,
        channel=channel,
        kind=Item.Kind.POST,
        heard_at=now,
        text="un segreto",
        public=True,
        post={"author": "x:9", "handle": "@giulia", "answerable": {"post": "1"}},
    )
    mention = Mention.objects.create(
        key="x:1",
        item=item,
        channel=channel,
        author_name="Giulia",
        text="un segreto",
        kind=Mention.Kind.PRAISE,
        team=team,
        heard_at=now,
        matched_at=now,
    )
    monitor = Monitor.objects.create(
        name="Alba", rule={"any": ["alba"]}, team=team, made_at=now, changed_at=now
    )
    wave = Wave.objects.create(
        monitor=monitor, began_at=now, noticed_at=now, usual=1.0, mentions=14, people=9
    )
    repost = Repost.objects.create(mention=mention, channel=channel, by=member, asked_at=now)
    identity = recognise(Sender("HANDLE", "x:9", "Giulia", shown="@giulia"), now=now)
    said = Outgoing.objects.create(
        key="mention-said",
        channel=channel,
        identity=identity,
        decision=decide(identity.customer_id, purpose="CARE", now=now),
        verdict="SEND",
        subject_ref=mention.reference,
        author=member,
        text="zibibbo",
        message_id="<said@alba.example>",
        queued_at=now,
        not_before=now,
        public=True,
    )
    world.ids |= {
        "said_there": said.pk,
        "voice": mention.pk,
        "monitor": monitor.pk,
        "wave": wave.pk,
        "repost": repost.pk,
        "network": channel.pk,
        "heard_team": team.pk,
    }


def listeners(answer: str) -> Answers:
    return (SIGN_IN, answer, "403", answer, answer)


def _closed(member: str) -> Answers:
    """Light helpers do not listen; for other teams it does not exist."""
    return (SIGN_IN, "404", "403", member, member)


def _deed(address: str, answer: str = "302", /, **fields: Any) -> Probe:
    return Probe(address, _closed(answer), "POST", fields)


CASE = {"subject": "Una voce", "team": "{heard_team}"}

DESK: dict[str, list[Probe]] = {
    "ascolto/": [
        Probe("/ascolto/", listeners("200")),
        Probe("/ascolto/?di=altro&monitor=²&fonte=x&dopo=ieri_9&stato=aspettano", listeners("200")),
        Probe("/ascolto/?dopo=2026-01-01T00:00:00%2B00:00_9&cliente=9", listeners("200")),
    ],
    "ascolto/<int:mention_id>/": [Probe(ONE, _closed("200"))],
    "ascolto/<int:mention_id>/aperta/": [_deed(f"{ONE}aperta/", "204")],
    "ascolto/<int:mention_id>/caso/": [
        _deed(f"{ONE}caso/", **CASE),
        _deed(f"{ONE}caso/", "422", subject=""),
    ],
    "ascolto/<int:mention_id>/rispondi/": [
        _deed(f"{ONE}rispondi/", text="Ci pensiamo.", visto="{said_there}"),
        _deed(f"{ONE}rispondi/", "422", text="x" * 3000),
        _deed(f"{ONE}rispondi/", "422", text="", visto="²"),
    ],
    # It is said in public that it was read, or that it cannot be: either way one goes on.
    "ascolto/<int:mention_id>/letto/": [_deed(f"{ONE}letto/")],
    "ascolto/<int:mention_id>/chiedi/": [
        _deed(f"{ONE}chiedi/", "422", to="{stranger}", text="Guarda."),
        _deed(f"{ONE}chiedi/", "422", to="999999999", text="Guarda."),
    ],
    "ascolto/risposte/<int:outgoing_id>/annulla/": [
        _deed("/ascolto/risposte/{said_there}/annulla/"),
    ],
    "ascolto/<int:mention_id>/genere/": [
        _deed(f"{ONE}genere/", genere="NOISE"),
        _deed(f"{ONE}genere/", "404", genere="ALTRO"),
        _deed(f"{ONE}genere/", genere="NOISE", torna="https://altrove.example/"),
    ],
    "ascolto/<int:mention_id>/assegna/": [
        _deed(f"{ONE}assegna/"),
        _deed(f"{ONE}assegna/", lascia="1"),
    ],
    "ascolto/<int:mention_id>/ringrazia/": [
        _deed(f"{ONE}ringrazia/", text="Grazie!"),
        _deed(f"{ONE}ringrazia/", "422", text="x" * 3000),
    ],
    "ascolto/<int:mention_id>/rilancia/": [
        _deed(f"{ONE}rilancia/", canale="{network}"),
        _deed(f"{ONE}rilancia/", "404", canale="999999999"),
    ],
    "ascolto/rilanci/<int:repost_id>/annulla/": [_deed("/ascolto/rilanci/{repost}/annulla/")],
    "ascolto/onde/<int:wave_id>/": [Probe("/ascolto/onde/{wave}/", _closed("200"))],
    "ascolto/onde/<int:wave_id>/niente/": [_deed("/ascolto/onde/{wave}/niente/")],
    "ascolto/fonti/": [Probe("/ascolto/fonti/", listeners("200"))],
    "ascolto/monitor/": [Probe(MONITOR, leads("200"))],
    "ascolto/monitor/prova/": [
        Probe(f"{MONITOR}prova/", leads("200"), "POST", {"any": "alba", "team": "{heard_team}"}),
        Probe(f"{MONITOR}prova/", leads("200"), "POST", {"any": "!!"}),
    ],
    "ascolto/monitor/<int:monitor_id>/pausa/": [
        Probe(f"{MONITOR}{{monitor}}/pausa/", leads("302"), "POST")
    ],
    "ascolto/monitor/<int:monitor_id>/togli/": [
        Probe(f"{MONITOR}{{monitor}}/togli/", leads("302"), "POST")
    ],
}
RULE = {"name": "Guasti", "any": "guasto", "team": "{heard_team}"}
# Pages whose form has their own address.
OTHERS: dict[str, list[Probe]] = {
    "ascolto/monitor/nuovo/": [
        Probe(f"{MONITOR}nuovo/", leads("200")),
        Probe(f"{MONITOR}nuovo/", leads("302"), "POST", RULE),
        Probe(f"{MONITOR}nuovo/", leads("422"), "POST", {"name": "Guasti", "near": "a, b, c"}),
    ],
    "ascolto/monitor/<int:monitor_id>/": [
        Probe(f"{MONITOR}{{monitor}}/", leads("200")),
        Probe(f"{MONITOR}999999999/", leads("404")),
        Probe(f"{MONITOR}{{monitor}}/", leads("302"), "POST", RULE),
    ],
}
