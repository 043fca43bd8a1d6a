from django.db.models import F

from ascolto.knowledge.models import Macro
from ascolto.knowledge.queries import visible_macros
from ascolto.staff.models import Colleague


def count_use(macro_ids: list[int], *, by: Colleague) -> list[Macro]:
    """These macros were used in something that was sent. Returns those he may use at all."""
    macros = list(visible_macros(by).filter(pk__in=macro_ids))
    Macro.objects.filter(pk__in=[macro.pk for macro in macros]).update(used=F("used") + 1)
    return macros
