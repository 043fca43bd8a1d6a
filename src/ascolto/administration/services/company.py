"""What the company is called, which language it speaks first, and its colour."""

from datetime import datetime

from django.db import transaction

from ascolto.administration.policy import READABLE, contrast_with_white
from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.staff.models import Colleague, Company

SUBJECT = "company:1"


class UnreadableColour(Exception):
    """White words on this colour could not be read. `contrast` is what it reaches."""

    def __init__(self, contrast: float) -> None:
        super().__init__(contrast)
        self.contrast = contrast


def company_state(company: Company) -> State:
    return {"name": company.name, "language": company.language, "colour": company.colour}


@transaction.atomic
def change_company(
    *, name: str, language: str, colour: str, by: Colleague, now: datetime
) -> list[Change]:
    """Raises `NotAllowed`, `UnreadableColour`, and `ValueError` for what is no `#rrggbb`."""
    leads_alone(by)
    contrast = contrast_with_white(colour)
    if contrast < READABLE:
        raise UnreadableColour(contrast)
    company = Company.objects.select_for_update().get(pk=1)
    before = company_state(company)
    company.name, company.language, company.colour = name.strip(), language, colour.lower()
    company.save(update_fields=["name", "language", "colour"])
    return record_change(
        "administration.company_changed",
        company.name,
        subject=SUBJECT,
        states=(before, company_state(company)),
        by=by,
        now=now,
    )
