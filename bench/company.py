"""The house the crowd writes to: eight teams, thirty people, and all they have set up."""

from datetime import datetime, timedelta

from tests import make

from ascolto.cases.models import Field, SavedView, Tag
from ascolto.channels.models import Channel
from ascolto.exchange.models import Run
from ascolto.integrations.models import Delivery, Webhook
from ascolto.kit import blobs
from ascolto.kit.secrets import seal
from ascolto.knowledge.models import Macro
from ascolto.staff.models import Colleague, Competence, Skill, Team

TEAMS = (
    *("Assistenza", "Amministrazione", "Guasti", "Attivazioni"),
    *("Commerciale", "Portabilità", "Aziende", "Legale"),
)
# How cases fall to teams: a third to the first, few to the reserved one.
SHARES = (0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 7)
AGENTS = 30
TAGS = 60
Facts = dict[str, datetime | int | str | list[int]]


def found(*, now: datetime) -> Facts:
    """What `bench.crowd.grow` needs of it. Elena is an agent of the first team, Marta leads."""
    teams = [make.team(name, is_reserved=name == "Legale") for name in TEAMS]
    boxes = [make.mailbox(f"casella{number}", of=team) for number, team in enumerate(teams)]
    elena = make.colleague("Elena Sala", teams=(teams[0], teams[3]))
    make.colleague("Marta Riva", role=Colleague.Role.OWNER, teams=(teams[0],))
    others = [
        make.colleague(f"Agente Numero{number}", teams=(teams[number % 7],))
        for number in range(AGENTS - 1)
    ]
    agents = [elena, *others]
    tags = Tag.objects.bulk_create(
        Tag(name=f"etichetta {number:02}", made_at=now) for number in range(TAGS)
    )
    _house(elena, teams, agents, now=now)
    _programs(elena, now=now)
    return {
        "now": now,
        "team": teams[0].pk,
        "teams": [teams[share].pk for share in SHARES],
        "of_teams": len(SHARES),
        "channel": boxes[0].pk,
        "channels": [boxes[share].pk for share in SHARES],
        "author": elena.pk,
        "agents": [one.pk for one in agents],
        "of_agents": len(agents),
        "tags": [tag.pk for tag in tags],
        "of_tags": len(tags),
        "blob": blobs.store(b"bench"),
    }


def _house(elena: Colleague, teams: list[Team], agents: list[Colleague], *, now: datetime) -> None:
    views: tuple[tuple[str, bool, dict[str, list[str]]], ...] = (
        ("Urgenti", True, {"priorita": ["urgente"]}),
        ("Alte mie", False, {"coda": ["miei"], "priorita": ["alta"]}),
        ("Scaduti", True, {"scaduti": ["1"]}),
        ("Guasti liberi", True, {"squadra": [str(teams[2].pk)], "assegnato": ["nessuno"]}),
        ("Etichetta", True, {"etichetta": ["etichetta 03"]}),
        ("Due etichette", False, {"etichetta": ["etichetta 03", "etichetta 04"]}),
        ("Aspettano noi", True, {"attesa": ["noi"]}),
        ("Risolti per etichetta", False, {"coda": ["risolti"], "etichetta": ["etichetta 07"]}),
        ("Risolti di Guasti", False, {"coda": ["risolti"], "squadra": [str(teams[2].pk)]}),
        ("Al telefono", False, {"canale": ["PHONE"]}),
        ("Aperti in gennaio", False, {"dal": ["2026-01-01"], "al": ["2026-01-31"]}),
        ("Del cliente 1", False, {"cliente": ["1"], "coda": ["risolti"]}),
    )
    SavedView.objects.bulk_create(
        SavedView(name=name, owner=elena, is_shared=shared, filters=filters, made_at=now)
        for name, shared, filters in views
    )
    Macro.objects.bulk_create(
        Macro(title=f"Risposta {number:02}", text="Buongiorno {cliente}", changed_at=now)
        for number in range(TAGS)
    )
    Field.objects.create(key="impianto", title="Impianto")
    skill = Competence.objects.create(name="Fibra")
    Skill.objects.bulk_create(Skill(competence=skill, colleague=one) for one in agents)
    for kind, name in ((Channel.Kind.PHONE, "telefono"), (Channel.Kind.PORTAL, "pagina")):
        Channel.objects.get_or_create(
            kind=kind, name=name, defaults={"title": name, "team": teams[0], "opened_at": now}
        )


def _programs(elena: Colleague, *, now: datetime) -> None:
    hook = Webhook.objects.create(
        title="Negozio", url="https://shop.example/", secret=seal("x"), made_by=elena, made_at=now
    )
    Delivery.objects.bulk_create(
        Delivery(
            webhook=hook,
            entry=number,
            kind="cases.opened",
            body="{}",
            made_at=now,
            next_at=now,
            attempts=1,
            delivered_at=now,
        )
        for number in range(5_000)
    )
    Run.objects.bulk_create(
        Run(
            way=Run.Way.IN,
            kind=Run.Kind.CUSTOMERS,
            format=Run.Format.CSV,
            by=elena,
            asked_at=now - timedelta(days=number),
            total=100,
            read=100,
            finished_at=now,
        )
        for number in range(200)
    )
