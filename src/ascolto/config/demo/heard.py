"""What is said of Alba in public: a page, reviews, and a morning in which a street is cut off."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ascolto.alerts import services as alerts
from ascolto.channels.models import Channel, Health, Item
from ascolto.channels.services import accept, read_arrival, well
from ascolto.config.demo import acting
from ascolto.config.demo.house import House
from ascolto.config.demo.promo import comment, handle
from ascolto.config.demo.promo_lines import KNOWN
from ascolto.listening import services as listening
from ascolto.listening.models import Mention, Monitor
from ascolto.people.models import Customer, Identity
from ascolto.triage.mentions import consider_mentions

PAGE = "alba-telefonia"
PROMO = "Autunno a 19,90: la fibra di casa a metà prezzo per sei mesi"
PLACES = [
    ("pagina-facebook", "Pagina Facebook", Channel.Kind.FACEBOOK),
    ("x", "X", Channel.Kind.X),
    ("recensioni", "Recensioni Google", Channel.Kind.REVIEWS),
]
MONITORS = [
    ("Alba", {"any": ["alba telefonia", "@albatelefonia", "albatelefonia", "#alba"],
              "none": ["alba di domani", "provincia di alba"]}),
    ("Guasti", {"any": ["senza internet", "senza linea", "internet non va", "guasto", "TO-114"]}),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One thing said: where, by whom, how long ago (minutes), and how many follow him."""

    place: str
    name: str
    handle: str
    minutes: int
    text: str
    reach: int = 0
    stars: int = 0


def _people(minutes: int, *said: tuple[str, str, str]) -> list[Voice]:
    return [
        Voice("x", name, handle, minutes - 2 * at, text, reach=90 + 37 * at)
        for at, (name, handle, text) in enumerate(said)
    ]


SAID: Sequence[Voice] = [
    Voice("recensioni", "Marta C.", "r-marta", 60 * 26,
          "Il tecnico Tommaso è arrivato puntuale e ha spiegato tutto a mia madre con pazienza. "
          "Bravo, complimenti.", stars=5),
    Voice("recensioni", "G. Ferro", "r-ferro", 60 * 50,
          "Offerta chiara, ma per cambiare il modem ho aspettato due settimane.", stars=3),
    Voice("x", "offerte lampo", "offertelampo", 60 * 5,
          "Vinci un telefono con Alba Telefonia! Concorso fino a domenica #alba", reach=41_000),
    *_people(
        44,
        ("Rosa Lanza", "rosalanza", "Anche voi senza internet in via Vanchiglia? Nessuno risponde"),
        ("Dario Bo", "dariobo_to", "Senza linea dalle 8, guasto all’armadio TO-114, dicono"),
        ("utente torinese", "torinese77", "40 minuti di musica e ancora senza internet. Quando?"),
        ("Bar Aurora", "baraurora", "Senza linea da stamattina, il POS è fermo. @albatelefonia?"),
        ("Elio Prato", "elioprato", "Qui TO-114, senza internet tutto il palazzo"),
        ("Ines Rolle", "inesrolle", "Senza internet in tutta Vanchiglia, qualcuno sa qualcosa?"),
        ("Gino Testa", "ginotesta_", "Guasto in via Vanchiglia, armadio TO-114, e niente avvisi"),
        ("Sofia Neri", "sofianeri", "Ho un esame online alle 11 e sono senza internet, aiuto"),
        ("Palestra Po", "palestrapo", "Senza linea anche noi, @albatelefonia fateci sapere"),
        ("Luigi Ami", "luigiami", "Stesso guasto qui: senza internet dalle otto meno dieci"),
        ("Carla Vigo", "carlavigo", "TO-114 di nuovo. Terza volta in un anno, che vergogna"),
        ("Teo Mussa", "teomussa", "Senza linea pure in largo Montebello"),
        ("Nora Gai", "noragai", "Internet non va, il call center non risponde: guasto generale?"),
        ("Ugo Sella", "ugosella", "Ancora senza internet. Almeno scrivete qualcosa!"),
    ),
]  # fmt: skip


def hear(house: House, *, now: datetime) -> None:
    """Alba listens: places, monitors, rules, and what was said in the last days."""
    with acting.at_once():
        alerts.first_rules(now=now - timedelta(days=60))
        places = _places(house, now=now)
        for name, rule in MONITORS:
            _monitor(name, rule, house, since=now - timedelta(days=60))
        for name, days in KNOWN:
            _known_profile(name, f"facebook:{handle(name)}", since=now - timedelta(days=days))
        for voice in sorted(SAID, key=lambda one: -one.minutes):
            _said(voice, places[voice.place], at=now - timedelta(minutes=voice.minutes))
        comment(house, places["pagina-facebook"], account=PAGE, words=PROMO, now=now)
        listening.sweep_waves(now=now - timedelta(minutes=6))
        _put_aside(house, now=now - timedelta(hours=4))


def _places(house: House, *, now: datetime) -> dict[str, Channel]:
    made = {}
    for name, title, kind in PLACES:
        made[name] = Channel.objects.create(
            kind=kind,
            name=name,
            title=title,
            team=house.teams["Assistenza"],
            settings={"demo": True},
            acknowledges=False,
            opened_at=now - timedelta(days=300),
        )
        well(made[name], Health.Way.IN, now=now)
    return made


def _monitor(name: str, rule: dict[str, list[str]], house: House, *, since: datetime) -> None:
    """As a manager would have written it two months ago."""
    wanted = listening.Wanted(name=name, rule=rule, team=house.teams["Assistenza"])
    made = listening.make_monitor(wanted, by=house.colleagues["Marta Riva"], now=since)
    Monitor.objects.filter(pk=made.pk).update(made_at=since)


def _known_profile(name: str, handle: str, *, since: datetime) -> None:
    customer = Customer.objects.get(name=name)
    Identity.objects.create(
        customer=customer,
        kind=Identity.Kind.HANDLE,
        value=name,
        normal=handle,
        first_seen_at=since,
        verified_at=since,
    )


def _said(voice: Voice, channel: Channel, *, at: datetime) -> None:
    raw = json.dumps(_shape(voice, at=at), ensure_ascii=False).encode()
    accepted = accept(channel.pk, raw, external_id=f"demo:{voice.handle}", envelope={}, now=at)
    item = read_arrival(accepted.arrival_id, now=at)
    if not isinstance(item, Item):
        raise LookupError(f"{voice.name} was not understood")  # noqa: TRY004 # it is None
    mentions = [mention.pk for mention in listening.hear_posts([item.pk], now=at)]
    consider_mentions(mentions, now=at)


def _shape(voice: Voice, *, at: datetime) -> dict[str, Any]:
    """As its network would have told it."""
    if voice.place == "recensioni":
        words = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
        said = at.isoformat()
        return {
            "reviewId": voice.handle,
            "reviewer": {"displayName": voice.name},
            "starRating": words[voice.stars - 1],
            "comment": voice.text,
            "createTime": said,
            "updateTime": said,
        }
    user = {"name": voice.name, "screen_name": voice.handle, "followers_count": voice.reach}
    return {
        "us": PAGE,
        "post": {
            "id_str": str(zlib.crc32(voice.handle.encode())),
            "text": voice.text,
            "lang": "it",
            "user": {**user, "id_str": voice.handle},
            "created_at": at.strftime("%a %b %d %H:%M:%S %z %Y"),
        },
    }


def _put_aside(house: House, *, now: datetime) -> None:
    """Elena has put a contest aside, as one does in the morning."""
    contest = Mention.objects.filter(item__post__handle="@offertelampo").first()
    if contest is not None:
        by = house.colleagues["Elena Sala"]
        listening.rekind(contest, kind=Mention.Kind.NOISE, by=by, now=now)
