"""What happened is told once to each webhook, signed, and tried until it is heard."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from ascolto.integrations import services
from ascolto.integrations.models import Delivery, Webhook
from ascolto.kit.signing import verify
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record
from tests import make
from tests.integrations.receiver import HERE, Receiver, let_pass, receiver, status

# What one transaction writes is told when it has ended: so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)
LATER = make.NOON + timedelta(minutes=1)


def webhook(anna: Colleague, url: str, *kinds: str) -> tuple[Webhook, str]:
    return services.create_webhook(services.Wish("Negozio", url, kinds), by=anna, now=make.NOON)


def deliver(hook: Webhook, *, now: datetime = LATER) -> services.Outcome | None:
    delivery = services.lease_next(hook.pk, now=now)
    if delivery is None:
        return None
    outcome = services.send(delivery, now=now, private_ok_for=HERE)
    services.write_down(delivery, outcome, now=now)
    return outcome


def happened(kind: str = "cases.resolved", *, by: Colleague | None = None) -> int:
    return record(kind, at=make.NOON, subject="case:12", by=by, reason="Fatto.")


def follow() -> int:
    let_pass()
    return services.follow_history(now=LATER)


def test_a_deed_reaches_the_receiver_signed_and_whole(anna: Colleague, shop: Receiver) -> None:
    hook, secret = webhook(anna, shop.url)
    entry = happened(by=anna)
    follow()

    while deliver(hook):
        pass

    told = next(one for one in shop.told if b"cases.resolved" in one.body)
    assert json.loads(told.body) == {
        "id": f"entry-{entry}",
        "kind": "cases.resolved",
        "at": make.NOON.isoformat(),
        "subject": "case:12",
        "case": "C-12",
        "customer": None,
        "by": {"id": anna.pk, "name": "Anna Berti"},
        "facts": {"reason": "Fatto."},
    }
    assert told.headers["ascolto-id"] == f"entry-{entry}"
    assert verify(
        secret,
        told.body,
        timestamp=told.headers["ascolto-timestamp"],
        signature=told.headers["ascolto-signature"],
        now=LATER.timestamp(),
    )


def test_what_happened_before_is_not_told(anna: Colleague, shop: Receiver) -> None:
    happened()
    let_pass()
    webhook(anna, shop.url, "cases.*")

    assert follow() == 0


def test_each_entry_is_told_once_however_often_the_history_is_followed(
    anna: Colleague, shop: Receiver
) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    entries = [happened() for _ in range(3)]

    made = [follow() for _ in range(3)]

    assert made == [3, 0, 0]
    assert list(hook.deliveries.order_by("entry").values_list("entry", flat=True)) == entries


def test_more_than_a_page_is_told_whole(anna: Colleague, shop: Receiver) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    for _ in range(2):
        with transaction.atomic():
            [happened() for _ in range(301)]

    follow()

    assert hook.deliveries.count() == 602


def test_only_the_kinds_that_were_asked_for_are_told(anna: Colleague, shop: Receiver) -> None:
    hook, _ = webhook(anna, shop.url, "cases.opened", "people.*")
    for kind in ("cases.opened", "cases.resolved", "people.renamed"):
        happened(kind)

    follow()

    told = set(hook.deliveries.values_list("kind", flat=True))
    assert told == {"cases.opened", "people.renamed"}


def test_a_refusal_is_tried_again_later_and_a_thank_you_is_enough(
    anna: Colleague, shop: Receiver
) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    follow()
    shop.answer = status(500)

    assert deliver(hook) == services.Outcome(500, "HTTP 500")
    assert deliver(hook, now=LATER + timedelta(seconds=9)) is None
    shop.answer = status(204)
    assert deliver(hook, now=LATER + timedelta(seconds=10)) == services.Outcome(204, "")
    assert deliver(hook, now=LATER + timedelta(days=1)) is None


def test_after_three_days_it_is_given_up_and_stays_to_be_seen(
    anna: Colleague, shop: Receiver
) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    follow()
    shop.answer = status(503)
    delivery = Delivery.objects.get(webhook=hook)

    while delivery.given_up_at is None:
        deliver(hook, now=delivery.next_at)
        delivery.refresh_from_db()

    assert delivery.given_up_at - LATER == timedelta(days=3)
    assert (delivery.attempts, delivery.status, delivery.error) == (11, 503, "HTTP 503")
    assert delivery.delivered_at is None


def test_a_redirect_is_not_followed(anna: Colleague, shop: Receiver) -> None:
    """T10: an address that was checked must not lead to one that was not."""
    with receiver() as inside:
        shop.answer = status(307, Location=inside.url)
        hook, _ = webhook(anna, shop.url, "cases.*")
        happened()
        follow()

        outcome = deliver(hook)

        assert outcome is not None
        assert "redirect" in outcome.error
        assert inside.told == []


def test_a_private_address_hears_nothing_unless_the_installation_allows_it(
    anna: Colleague, shop: Receiver
) -> None:
    """T09: a webhook is no way to knock at the doors of the house."""
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    follow()
    delivery = services.lease_next(hook.pk, now=LATER)
    assert delivery is not None

    outcome = services.send(delivery, now=LATER)

    assert "not on the public internet" in outcome.error
    assert shop.told == []


def test_gone_closes_the_webhook(anna: Colleague, shop: Receiver) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    happened()
    follow()
    shop.answer = status(410)

    deliver(hook)

    hook.refresh_from_db()
    assert hook.closed_at == LATER
    assert deliver(hook, now=LATER + timedelta(days=1)) is None
    assert set(hook.deliveries.values_list("given_up_at", flat=True)) == {LATER}
    happened()
    assert follow() == 0


def test_what_a_killed_sender_had_in_hand_is_sent_by_another_after_its_lease(
    anna: Colleague, shop: Receiver
) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    follow()
    killed = services.lease_next(hook.pk, now=LATER)
    assert killed is not None

    assert services.lease_next(hook.pk, now=LATER + timedelta(seconds=59)) is None
    assert deliver(hook, now=LATER + timedelta(seconds=60)) == services.Outcome(200, "")

    # Were it only asleep: what it writes down late changes nothing.
    services.write_down(killed, services.Outcome(None, "tardi"), now=LATER + timedelta(hours=1))
    delivery = Delivery.objects.get(webhook=hook)
    assert (delivery.error, delivery.delivered_at) == ("", LATER + timedelta(seconds=60))


def test_in_a_pause_nothing_is_sent_and_nothing_is_lost(anna: Colleague, shop: Receiver) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    follow()
    services.pause_webhook(hook, by=anna, now=LATER)
    happened()

    assert follow() == 0
    assert deliver(hook) is None

    services.resume_webhook(hook, by=anna, now=LATER)
    assert follow() == 1
    assert [deliver(hook) for _ in range(3)] == [services.Outcome(200, "")] * 2 + [None]


def test_it_is_sent_again_when_somebody_wants_it(anna: Colleague, shop: Receiver) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")
    happened()
    follow()
    deliver(hook)

    services.send_again(Delivery.objects.get(webhook=hook), now=LATER + timedelta(hours=1))
    deliver(hook, now=LATER + timedelta(hours=1))

    assert len(shop.told) == 2
    assert shop.told[0].headers["ascolto-id"] == shop.told[1].headers["ascolto-id"]


def test_a_test_is_told_like_a_deed(anna: Colleague, shop: Receiver) -> None:
    hook, _ = webhook(anna, shop.url, "cases.*")

    services.send_test(hook, by=anna, now=LATER)
    deliver(hook)

    assert json.loads(shop.told[0].body)["kind"] == "ascolto.test"


def test_only_an_owner_makes_a_webhook(anna: Colleague) -> None:
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)

    with pytest.raises(services.NotTheOwner):
        webhook(marta, "https://negozio.example/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://negozio.example/",
        "https://",
        "https://io:segreto@negozio.example/",
        "https://negozio.example/ spazio",
        "https://negozio.example:99999/",
        f"https://negozio.example/{'a' * 500}",
    ],
)
def test_what_is_no_address_is_refused_at_once(anna: Colleague, url: str) -> None:
    with pytest.raises(services.NoAddress):
        webhook(anna, url)
