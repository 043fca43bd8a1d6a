"""T40 for networks: nothing is kept before the signature is verified over the raw bytes."""

import base64
import hashlib
import hmac

import httpx
import pytest

from ascolto.channels.adapters.webhook.fake import SignedPost
from ascolto.channels.models import Arrival, Channel
from tests.api.webhooks import post_once, send, with_lane
from tests.channels.networks.shapes import (
    APP_SECRET,
    TOKEN,
    channel,
    comment,
    from_meta,
    from_x,
    meta_channel,
    whatsapp,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_queue")]

ANOTHER = "un altro"


def x_channel() -> Channel:
    return channel(Channel.Kind.X, "x", {}, consumer_secret=APP_SECRET)


def get(path: str) -> httpx.Response:
    return with_lane(lambda client: client.get(path))


def test_a_signed_comment_is_kept_once_however_often_it_is_brought() -> None:
    meta_channel()
    post = from_meta(comment())

    async def thrice(client: httpx.AsyncClient) -> list[httpx.Response]:
        return [await send(client, post, "pagina") for _ in range(3)]

    answers = with_lane(thrice)

    assert [one.status_code for one in answers] == [200] * 3
    assert [one.json()["duplicate"] for one in answers] == [False, True, True]
    assert Arrival.objects.count() == 1


def test_a_batch_is_kept_as_the_things_it_brings() -> None:
    meta_channel()

    answer = post_once(from_meta(*[comment(number) for number in range(25)]), "pagina")

    assert answer.json() == {"kept": 25, "duplicates": 0}
    assert Arrival.objects.count() == 25


@pytest.mark.parametrize("kind", ["meta", "x"])
@pytest.mark.parametrize("harm", ["other secret", "other body", "no signature", "empty signature"])
def test_what_is_not_signed_by_the_network_is_not_kept(kind: str, harm: str) -> None:
    name = meta_channel().name if kind == "meta" else x_channel().name
    post = from_meta(comment()) if kind == "meta" else from_x(tweet_create_events=[])
    if harm == "other secret":
        post = from_meta(comment(), secret=ANOTHER) if kind == "meta" else _forged(post)
    elif harm == "other body":
        post = SignedPost(post.body.replace(b": ", b":", 1), post.headers)
    else:
        signature = "" if harm == "no signature" else "sha256="
        kept = {"Content-Type": "application/json"}
        header = "X-Hub-Signature-256" if kind == "meta" else "x-twitter-webhooks-signature"
        post = SignedPost(post.body, {**kept, **({header: signature} if signature else {})})

    assert post_once(post, name).status_code == 401
    assert Arrival.objects.count() == 0


@pytest.mark.parametrize("missing", ["app_secret", "verify_token"])
def test_a_door_without_its_secret_stays_shut(missing: str) -> None:
    secrets = {"app_secret": APP_SECRET, "verify_token": TOKEN}
    del secrets[missing]
    channel(Channel.Kind.FACEBOOK, "pagina", {}, **secrets)

    assert post_once(from_meta(comment(), secret=""), "pagina").status_code == 401
    assert post_once(from_meta(comment()), "pagina").status_code == 401
    assert Arrival.objects.count() == 0


def test_what_was_signed_and_is_not_understood_is_kept_for_a_person() -> None:
    meta_channel()

    answer = post_once(from_meta({"strange": True}), "pagina")

    assert answer.status_code == 200
    assert Arrival.objects.count() == 1


def test_meta_asks_whether_we_are_us() -> None:
    meta_channel()
    asked = f"hub.mode=subscribe&hub.verify_token={TOKEN}&hub.challenge=1158201444"

    answer = get(f"/in/pagina/?{asked}")

    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"] == "text/plain"


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "hub.mode=subscribe&hub.verify_token=altro&hub.challenge=1",
        f"hub.mode=unsubscribe&hub.verify_token={TOKEN}&hub.challenge=1",
        f"hub.mode=subscribe&hub.verify_token={TOKEN}&hub.challenge=<script>",
    ],
)
def test_whoever_asks_otherwise_hears_nothing(asked: str) -> None:
    meta_channel()

    assert get(f"/in/pagina/?{asked}").status_code == 405


def test_x_gets_the_answer_to_its_challenge() -> None:
    x_channel()

    answer = get("/in/x/?crc_token=abc-123")

    code = hmac.new(APP_SECRET.encode(), b"abc-123", hashlib.sha256).digest()
    expected = "sha256=" + base64.b64encode(code).decode()
    assert answer.json() == {"response_token": expected}


def test_nobody_is_greeted_at_a_door_that_is_not_there() -> None:
    assert get("/in/nessuno/?crc_token=abc").status_code == 404


def test_statuses_of_one_message_are_kept_each_and_once() -> None:
    meta_channel(Channel.Kind.WHATSAPP, "whatsapp")
    statuses = [{"id": "wamid.1", "status": one} for one in ("read", "sent", "read", "delivered")]

    post_once(from_meta(whatsapp(statuses=statuses), about="whatsapp_business_account"), "whatsapp")

    assert Arrival.objects.count() == 3


def _forged(post: SignedPost) -> SignedPost:
    code = base64.b64encode(hmac.new(ANOTHER.encode(), post.body, hashlib.sha256).digest()).decode()
    return SignedPost(post.body, {**post.headers, "x-twitter-webhooks-signature": f"sha256={code}"})
