"""What the log of deliveries keeps, and what never leaves a company that is a fiction."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.config.processes.courier import Courier
from ascolto.integrations import policy, queries, services
from ascolto.integrations.models import Delivery, Webhook
from ascolto.staff.models import Colleague, Company
from tests import make
from tests.integrations.receiver import HERE, Receiver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(anna: Colleague, shop: Receiver) -> Delivery:
    wish = services.Wish("Negozio", shop.url)
    webhook, _secret = services.create_webhook(wish, by=anna, now=make.NOON)
    return services.send_test(webhook, by=anna, now=make.NOON)


def test_from_a_demo_company_nothing_leaves_and_the_log_says_so(
    anna: Colleague, told: Delivery, shop: Receiver
) -> None:
    Company.objects.update(is_demo=True)
    courier = Courier(HERE)

    while courier.deliver(told.webhook_id) is not None:
        pass
    courier.stop()

    told.refresh_from_db()
    browser = Client()
    browser.force_login(anna)
    drawn = browser.get(f"/impostazioni/webhook/{told.webhook_id}/").content.decode()
    assert shop.told == []
    assert told.error == policy.AT_HOME
    assert "rimasto in casa" in drawn
    assert queries.webhooks()[0].told.given_up == 0


@pytest.mark.parametrize(
    ("how", "days", "stays"),
    [
        ("delivered_at", 29, True),
        ("delivered_at", 31, False),
        ("given_up_at", 89, True),
        ("given_up_at", 91, False),
        ("made_at", 400, True),  # still waiting
    ],
)
def test_the_log_forgets_by_a_rule(told: Delivery, how: str, days: int, *, stays: bool) -> None:
    now = timezone.now()
    Delivery.objects.filter(pk=told.pk).update(**{how: now - timedelta(days=days)})

    services.prune(now=now)

    assert Delivery.objects.filter(pk=told.pk).exists() is stays
    assert Webhook.objects.exists()
