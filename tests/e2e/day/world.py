"""The company on the morning of the day: two teams, two colleagues, twenty cases."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from ascolto.cases.models import Case, Field
from ascolto.knowledge.models import Macro
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of

PEOPLE = (
    "Paolo Rinaldi", "Anna Colombo", "Luca Moretti", "Sara Greco", "Dario Longo",
    "Ilaria Fontana", "Fabio Marino", "Elisa Rizzo", "Nadia Caruso", "Bruno Ferri",
    "Carla Testa", "Diego Sanna", "Emma Villa", "Franco Poli", "Gaia Serra",
    "Hugh Walker", "Irene Basile", "Livio Conte", "Mara Orlando", "Nino Parisi",
)  # fmt: skip


@dataclass(frozen=True)
class Company:
    giulia: Colleague
    marta: Colleague
    cases: dict[str, Case]

    def case(self, name: str) -> Case:
        """The case this customer opened, as it is now."""
        return Case.objects.select_related("customer").get(pk=self.cases[name].pk)


def a_company() -> Company:
    help_desk, accounts = make.team("Assistenza"), make.team("Amministrazione")
    giulia = make.colleague("Giulia Conti", role="SUPERVISOR", teams=(help_desk,))
    marta = make.colleague("Marta Riva", teams=(help_desk, accounts))
    for one in (giulia, marta):
        one.undo_seconds = 60  # nobody calls back in ten seconds on a machine that is shared
        one.signatures = {"en": f"Kind regards, {one.name}"}
        one.save()
    _settled_beforehand()
    return Company(giulia, marta, twenty_cases())


def _settled_beforehand() -> None:
    now = timezone.now()
    Macro.objects.create(
        title="Guasto in zona", text="{nome}, è un guasto di zona.", deeds={"tags": ["guasto"]},
        changed_at=now,
    )  # fmt: skip
    Macro.objects.create(title="Saluto", text="Buona giornata, {nome}.", changed_at=now)
    Field.objects.create(key="impianto", title="Codice impianto")


def twenty_cases() -> dict[str, Case]:
    """Each of another customer, the oldest first; Ilaria has two, Hugh writes in English."""
    cases = {
        name: case_of(name, subject=f"Domanda di {name}", minutes_ago=300 - 10 * place,
                      headers={"Cc": "socio@example.net"} if name == "Anna Colombo" else None)
        for place, name in enumerate(PEOPLE)
    }  # fmt: skip
    cases["Ilaria Fontana, ancora"] = case_of("Ilaria Fontana", subject="Ancora io", minutes_ago=3)
    Customer.objects.filter(name="Hugh Walker").update(language="en")
    return cases


def writes(name: str, text: str) -> Case:
    """A customer writes once more, in the thread of his case."""
    first = name.split(maxsplit=1)[0].lower()
    known = Case.objects.get(customer__name=name, subject=f"Domanda di {name}")
    before = known.messages.filter(item__isnull=False).earliest("pk")
    assert before.item is not None
    mail = make.mail(
        text,
        subject=f"Re: {known.subject}",
        sender=f"{name} <{first}@example.org>",
        message_id=f"<{first}-{timezone.now().timestamp()}@example.org>",
        in_reply_to=before.item.message_id,
    )
    make.receive(mail, now=timezone.now())
    return known


def the_hour_comes(case: Case) -> None:
    """The moment to which a case was put away, brought near: the worker's clock does the rest."""
    Case.objects.filter(pk=case.pk).update(snoozed_until=timezone.now() - timedelta(seconds=1))
