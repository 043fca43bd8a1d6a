"""A program that acts for a colleague must not use up what he is typing at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from ascolto.cases.models import Case, Draft, DraftFile
from ascolto.staff.models import Colleague


@contextmanager
def kept_draft(case: Case, *, author: Colleague) -> Iterator[None]:
    """Whatever happens in between, the colleague's drafts of this case are then as before."""
    with transaction.atomic():
        drafts = list(Draft.objects.select_for_update().filter(case=case, author=author))
        files = list(DraftFile.objects.filter(draft__in=drafts))
        yield
        Draft.objects.filter(case=case, author=author).delete()
        Draft.objects.bulk_create(drafts)
        DraftFile.objects.bulk_create(files)
