import pytest

from ascolto.integrations.models import Webhook
from ascolto.knowledge.models import Macro
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db


def test_macros_are_those_he_would_find_at_the_desk() -> None:
    elena = make.colleague()
    mine = {"text": "Buongiorno {cliente}", "changed_at": make.NOON}
    Macro.objects.create(title="Fibra giù", owner=elena, **mine)
    Macro.objects.create(title="Fibra, di un altro", owner=make.colleague("Marta Riva"), **mine)

    found = said(caller().get("/macros", q="fibra"))

    assert [macro["title"] for macro in found] == ["Fibra giù"]


def test_webhooks_are_shown_to_owners_without_their_secrets() -> None:
    owner = caller("Anna Riva", role=Colleague.Role.OWNER)
    Webhook.objects.create(
        title="ERP", url="https://erp.example.org/", secret=b"segreto", made_by=owner.colleague,
        made_at=make.NOON,
    )  # fmt: skip

    hook = said(owner.get("/webhooks"))[0]

    assert (hook["title"], hook["waiting"]) == ("ERP", 0)
    assert "secret" not in hook
    assert refusal(caller().get("/webhooks"))[0] == 403
