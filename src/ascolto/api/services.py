from datetime import datetime

from django.db import transaction

from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


@transaction.atomic
def rename_customer(customer: Customer, *, name: str, by: Colleague, now: datetime) -> Customer:
    """Call a customer by another name, and say on his timeline what it was before."""
    customer = Customer.objects.select_for_update().defer("search").get(pk=customer.pk)
    if customer.name == name:
        return customer
    before, customer.name = customer.name, name
    customer.save(update_fields=["name"])
    record(
        "people.renamed",
        at=now,
        subject=reference("customer", customer.pk),
        customer_id=customer.pk,
        by=by,
        before=before,
        name=name,
    )
    return customer
