"""What leaves for networks, and what their refusals mean to the outbox."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from ascolto.channels import ports
from ascolto.channels.adapters.meta.carrier import MetaCarrier
from ascolto.channels.adapters.meta.graph import Graph
from ascolto.channels.adapters.reviews.carrier import ReviewCarrier
from ascolto.channels.adapters.reviews.places import Google, Trustpilot
from ascolto.channels.adapters.telegram.api import Bot
from ascolto.channels.adapters.telegram.carrier import TelegramCarrier
from ascolto.channels.adapters.x.api import X
from ascolto.channels.adapters.x.carrier import XCarrier
from ascolto.channels.ports import Carrier, Parcel
from tests.channels.networks.shapes import PAGE, Network, network

PARCEL = Parcel(
    message_id="<1@alba.example>",
    from_address="",
    from_name="Elena, Alba",
    to_address="@giulia",
    to_name="Giulia",
    subject="",
    text="Eccomi, guardo adesso.\n",
    to_key="messenger:77",
    key="answer:1",
)
GRAPH_NO = {"error": {"code": 100, "message": "Invalid parameter"}}
GRAPH_BUSY = {"error": {"code": 613, "message": "Calls to this api have exceeded the rate limit"}}


@pytest.fixture
def api() -> Iterator[Network]:
    with network() as opened:
        yield opened


def meta(api: Network, kind: str = "FACEBOOK") -> MetaCarrier:
    return MetaCarrier(Graph("v1.0", "chiave", host=api.url), kind, PAGE)


def x(api: Network) -> XCarrier:
    return XCarrier(X("chiave", host=api.url), "42")


def telegram(api: Network) -> TelegramCarrier:
    return TelegramCarrier(Bot("123:abc", host=api.url))


def under_comment() -> Parcel:
    return replace(PARCEL, public=True, answers={"comment": "9_1"})


def test_a_public_answer_stands_under_its_comment(api: Network) -> None:
    api.will_answer({"id": "9_2"})

    sent = meta(api).carry(under_comment())

    (asked,) = api.asked
    assert (asked.method, asked.path) == ("POST", "/v1.0/9_1/comments")
    assert asked.told == {"message": "Eccomi, guardo adesso."}
    assert asked.headers["authorization"] == "Bearer chiave"
    assert (sent.kind, sent.carried_as) == ("POSTED", "9_2")


def test_what_may_have_been_posted_is_looked_for_before_it_is_posted_again(api: Network) -> None:
    ours = {"id": "9_2", "from": {"id": PAGE}, "message": "Eccomi, guardo adesso."}
    api.will_answer(
        {"data": [{"id": "9_8", "from": {"id": "5"}, "message": ours["message"]}, ours]}
    )

    sent = meta(api).carry(replace(under_comment(), maybe_twice=True))

    assert sent.carried_as == "9_2"
    assert [asked.method for asked in api.asked] == ["GET"]


def test_a_private_answer_to_a_comment_goes_to_its_author(api: Network) -> None:
    api.will_answer({"message_id": "m1"})

    meta(api).carry(replace(PARCEL, answers={"comment": "9_1"}))

    assert api.asked[0].path == f"/v1.0/{PAGE}/messages"
    assert api.asked[0].told["recipient"] == {"comment_id": "9_1"}


def test_whatsapp_is_sent_to_the_number(api: Network) -> None:
    api.will_answer({"messages": [{"id": "wamid.1"}]})

    sent = meta(api, "WHATSAPP").carry(replace(PARCEL, to_key="+393331234567"))

    assert api.asked[0].told["to"] == "393331234567"
    assert sent.carried_as == "wamid.1"


def test_an_id_that_a_stranger_chose_stays_one_part_of_the_path(api: Network) -> None:
    api.will_answer({"id": "1"})

    meta(api).carry(replace(under_comment(), answers={"comment": "../me/feed?x="}))

    assert api.asked[0].path == "/v1.0/..%2Fme%2Ffeed%3Fx%3D/comments"


def test_x_puts_the_answer_under_the_post(api: Network) -> None:
    api.will_answer({"data": {"id": "200"}})

    sent = x(api).carry(replace(PARCEL, public=True, answers={"post": "100"}))

    assert api.asked[0].told["reply"] == {"in_reply_to_tweet_id": "100"}
    assert (sent.carried_as, sent.url) == ("x:200", "https://x.com/i/status/200")


def test_a_repost_on_x_is_taken_back(api: Network) -> None:
    api.will_answer({"data": {"retweeted": True}})

    sent = x(api).repost({"post": "100"}, key="repost:1")
    x(api).withdraw(sent.carried_as)

    assert [(one.method, one.path) for one in api.asked] == [
        ("POST", "/2/users/42/retweets"),
        ("DELETE", "/2/users/42/retweets/100"),
    ]


def test_x_refuses_to_repeat_itself_and_that_is_no_failure_of_a_second_try(api: Network) -> None:
    said = {"detail": "You are not allowed to create a Tweet with duplicate content."}
    api.will_answer(said, status=403)
    parcel = replace(PARCEL, public=True, answers={"post": "100"})

    assert x(api).carry(replace(parcel, maybe_twice=True)).kind == "POSTED"
    with pytest.raises(ports.Refused):
        x(api).carry(parcel)


def test_the_bot_writes_to_the_person_without_previews(api: Network) -> None:
    api.will_answer({"ok": True, "result": {"message_id": 8, "chat": {"id": 77}}})

    sent = telegram(api).carry(replace(PARCEL, to_key="telegram:77"))

    assert api.asked[0].path == "/bot123:abc/sendMessage"
    assert api.asked[0].told["chat_id"] == 77
    assert api.asked[0].told["link_preview_options"] == {"is_disabled": True}
    assert sent.carried_as == "telegram:77:8"


def test_the_key_of_the_bot_is_never_said_in_an_error() -> None:
    with pytest.raises(ports.NotNow) as refused:
        TelegramCarrier(Bot("123:segreto", host="http://127.0.0.1:9")).carry(
            replace(PARCEL, to_key="telegram:77")
        )

    assert "segreto" not in str(refused.value)
    assert refused.value.maybe_delivered


def test_a_review_is_answered_in_public_alone(api: Network) -> None:
    api.will_answer({"access_token": "t"}, {"comment": "…"})
    place = Google("accounts/1/locations/2", "id", "s", "r", host=api.url, sign_in=api.url)

    sent = ReviewCarrier(place).carry(replace(PARCEL, public=True, answers={"review": "r1"}))

    assert sent.carried_as == "review:r1"
    assert api.asked[1].method == "PUT"
    assert api.asked[1].path == "/v4/accounts/1/locations/2/reviews/r1/reply"
    with pytest.raises(ports.Refused):
        ReviewCarrier(place).carry(PARCEL)


def test_trustpilot_is_signed_in_by_key_and_secret(api: Network) -> None:
    api.will_answer({"access_token": "t"}, {})
    place = Trustpilot("u1", "chiave", "segreto", host=api.url)

    ReviewCarrier(place).carry(replace(PARCEL, public=True, answers={"review": "r1"}))

    assert api.asked[0].headers["authorization"].startswith("Basic ")
    assert api.asked[1].headers["authorization"] == "Bearer t"


Make = Callable[[Network], Carrier]
CARRIERS: list[tuple[Make, Parcel, object, object]] = [
    (meta, under_comment(), GRAPH_NO, GRAPH_BUSY),
    (x, replace(PARCEL, public=True, answers={"post": "1"}), {"detail": "no"}, {"detail": "slow"}),
    (
        telegram,
        replace(PARCEL, to_key="telegram:7"),
        {"ok": False, "error_code": 403, "description": "bot was blocked by the user"},
        {"ok": False, "error_code": 429, "parameters": {"retry_after": 3}},
    ),
]
NAMES = ["meta", "x", "telegram"]


@pytest.mark.parametrize(("make", "parcel", "no", "_busy"), CARRIERS, ids=NAMES)
def test_a_no_for_good_is_not_tried_again(
    api: Network, make: Make, parcel: Parcel, no: object, _busy: object
) -> None:
    api.will_answer(no, status=403)

    with pytest.raises(ports.Refused):
        make(api).carry(parcel)


@pytest.mark.parametrize(("make", "parcel", "_no", "busy"), CARRIERS, ids=NAMES)
def test_a_network_that_is_busy_is_asked_later(
    api: Network, make: Make, parcel: Parcel, _no: object, busy: object
) -> None:
    api.will_answer(busy, status=429)

    with pytest.raises(ports.NotNow) as refused:
        make(api).carry(parcel)

    assert not refused.value.maybe_delivered


@pytest.mark.parametrize(("make", "parcel", "_no", "_busy"), CARRIERS[:2], ids=NAMES[:2])
def test_after_a_broken_answer_it_may_have_been_delivered(
    api: Network, make: Make, parcel: Parcel, _no: object, _busy: object
) -> None:
    api.will_answer({}, status=502)

    with pytest.raises(ports.NotNow) as refused:
        make(api).carry(parcel)

    assert refused.value.maybe_delivered
