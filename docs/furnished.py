"""What the demo company gets before its picture is taken, so that no page of the guide is empty.

Run by `docs.pictures` in the surroundings of its own installation, and of no other.
"""

import sys
from datetime import datetime, timedelta

from ascolto.config import boot

OURS = "elena.sala@alba.example"
HELLO = "Buongiorno {nome}, "


def furnish(now: datetime) -> None:
    """Elena leads, and there is one of each thing that a page of settings is about."""
    from ascolto.cases import services as cases
    from ascolto.cases.models import Case, Field, Tag
    from ascolto.cases.services.snoozing import snooze
    from ascolto.cases.services.viewing import save_view
    from ascolto.exchange.services import begin
    from ascolto.integrations import services as programs
    from ascolto.knowledge.models import Macro
    from ascolto.staff.models import Colleague, Competence

    elena = Colleague.objects.get(email=OURS)
    elena.role = Colleague.Role.OWNER
    elena.save()
    Tag.objects.bulk_create(Tag(name=name, made_at=now) for name in ("fibra", "guasto", "trasloco"))
    Field.objects.create(key="impianto", title="Codice dell’impianto")
    Competence.objects.bulk_create(Competence(name=name) for name in ("Fibra", "Fatture", "Reti"))
    Macro.objects.bulk_create(
        Macro(title=title, text=HELLO + text, changed_at=now)
        for title, text in (
            ("Il tecnico passa", "il tecnico passa domani fra le 9 e le 11."),
            ("Guasto in zona", "il guasto è nostro e ci stiamo lavorando."),
        )
    )
    programs.create_token(
        "Cruscotto", elena, ["read"], now=now, expires_at=now + timedelta(days=365)
    )
    programs.create_webhook(
        programs.Wish("Magazzino", "https://magazzino.alba.example/ascolto"), by=elena, now=now
    )
    save_view("Guasti di oggi", filters={}, by=elena, now=now)
    begin(kind="CUSTOMERS", name="clienti-2025.csv", by=elena, arguments={}, now=now)
    waiting = Case.objects.filter(resolved_at__isnull=True).order_by("-pk")
    marco = Colleague.objects.get(name="Marco Vitali")
    cases.add_note(waiting[0], author=marco, text="@Elena Sala, lo richiami tu?", now=now)
    snooze(waiting[1], until=now + timedelta(hours=20), by=elena, now=now)


def speak(language: str) -> None:
    """The desk in another language; what customers wrote stays as they wrote it."""
    from ascolto.staff.models import Colleague

    Colleague.objects.filter(email=OURS).update(language=language)


if __name__ == "__main__":
    with boot.running():
        from django.utils import timezone

        if sys.argv[1:]:
            speak(sys.argv[1])
        else:
            furnish(timezone.now())  # noqa: TID251 # a command reads the clock
