import pytest

from ascolto.kit.signing import offered, sign, verify

SECRET = "un segreto lungo e condiviso"  # noqa: S105 # of the tests alone
BODY = b'{"text": "ciao"}'
NOW = 1_772_622_000


def test_a_signature_is_the_hmac_of_timestamp_and_body() -> None:
    # Computed by hand: printf '1772622000.{"text": "ciao"}' | openssl dgst -sha256 -hmac "$SECRET"
    assert sign(SECRET, BODY, timestamp=NOW) == (
        "v1=381cf0a255eee7f5aef44d94ec8e74774073d1ea7551514424654082b10570a5"
    )


@pytest.mark.parametrize(
    ("secret", "body", "timestamp", "now", "good"),
    [
        pytest.param(SECRET, BODY, str(NOW), NOW, True, id="right"),
        pytest.param(SECRET, BODY, str(NOW), NOW + 300, True, id="just in time"),
        pytest.param(SECRET, BODY, str(NOW), NOW + 301, False, id="old"),
        pytest.param(SECRET, BODY, str(NOW), NOW - 301, False, id="from the future"),
        pytest.param("un altro segreto", BODY, str(NOW), NOW, False, id="other secret"),
        pytest.param("", BODY, str(NOW), NOW, False, id="empty secret"),
        pytest.param(SECRET, b'{"text":"ciao"}', str(NOW), NOW, False, id="written anew"),
        pytest.param(SECRET, BODY, str(NOW + 1), NOW, False, id="other timestamp"),
        pytest.param(SECRET, BODY, f"{NOW}.0", NOW, False, id="no whole number"),
        pytest.param(SECRET, BODY, "", NOW, False, id="no timestamp"),
        pytest.param(SECRET, BODY, "²", NOW, False, id="a digit of another script"),
    ],
)
def test_only_a_timely_signature_of_these_very_bytes_counts(
    secret: str, body: bytes, timestamp: str, now: float, *, good: bool
) -> None:
    signature = sign(SECRET, BODY, timestamp=NOW)

    assert verify(secret, body, timestamp=timestamp, signature=signature, now=now) is good


@pytest.mark.parametrize("header", ["", "v1=", "v1=abc", "v0=" + "0" * 64, "v1=" + "G" * 64])
def test_what_is_no_signature_is_not_offered(header: str) -> None:
    assert offered(header) == []


def test_two_signatures_serve_a_change_of_secret() -> None:
    both = f"{sign('il vecchio', BODY, timestamp=NOW)}, {sign(SECRET, BODY, timestamp=NOW)}"

    assert verify(SECRET, BODY, timestamp=str(NOW), signature=both, now=NOW)


def test_an_empty_secret_signs_nothing() -> None:
    with pytest.raises(ValueError, match="empty secret"):
        sign("", BODY, timestamp=NOW)
