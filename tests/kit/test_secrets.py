"""What is sealed stays sealed; keys can be changed; a wrong one says so."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ascolto.kit import keyring
from ascolto.kit.environment import BadSetting, Environment
from ascolto.kit.secrets import (
    WrongKey,
    installation_secret,
    old_secrets,
    seal,
    seal_anew,
    seal_with,
    unseal,
    unseal_with,
)
from ascolto.kit.tokens import is_token, new_token, sign, token_hash, verify

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture(autouse=True)
def _secret_installed() -> Iterator[None]:
    before = keyring.current()
    keyring.install(NEW, OLD)
    yield
    keyring.install(*before)


@given(some.text())
def test_what_was_sealed_can_be_opened(text: str) -> None:
    assert unseal_with([NEW], seal_with([NEW], text)) == text


def test_what_is_sealed_does_not_show() -> None:
    assert b"pa55word" not in seal("pa55word")
    assert seal("pa55word") != seal("pa55word")


def test_another_key_opens_nothing_and_says_what_to_do() -> None:
    with pytest.raises(WrongKey, match="ASCOLTO_OLD_SECRET_KEYS"):
        unseal_with([NEW], seal_with([OLD], "hush"))


@pytest.mark.parametrize("position", [0, 10, -1])
def test_one_changed_byte_opens_nothing(position: int) -> None:
    sealed = bytearray(seal("hush"))
    sealed[position] ^= 1

    with pytest.raises(WrongKey):
        unseal(bytes(sealed))


def test_after_a_change_of_keys_the_old_one_still_opens_until_sealed_anew() -> None:
    sealed = seal_with([OLD], "hush")

    assert unseal(sealed) == "hush"
    assert unseal_with([NEW], seal_anew([NEW, OLD], sealed)) == "hush"


def test_the_first_start_makes_a_secret_for_its_owner_alone(tmp_path: Path) -> None:
    secret = installation_secret(Environment({}), tmp_path / "var")

    assert len(secret) >= 64
    assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600
    assert installation_secret(Environment({}), tmp_path / "var") == secret


def test_many_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    made: set[bytes] = set()
    threads = [
        threading.Thread(target=lambda: made.add(installation_secret(Environment({}), tmp_path)))
        for _ in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    installation_secret(Environment({}), tmp_path)
    (tmp_path / "secret.key").chmod(0o644)

    with pytest.raises(BadSetting, match="can be read by others"):
        installation_secret(Environment({}), tmp_path)


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="at least 32 characters"):
        installation_secret(Environment({"ASCOLTO_SECRET_KEY": "short"}), tmp_path)


def test_the_environment_comes_first(tmp_path: Path) -> None:
    environment = Environment({"ASCOLTO_SECRET_KEY": "e" * 40, "ASCOLTO_OLD_SECRET_KEYS": "f" * 32})

    assert installation_secret(environment, tmp_path) == b"e" * 40
    assert old_secrets(environment) == (b"f" * 32,)
    assert list(tmp_path.iterdir()) == []


def test_a_token_is_known_again_by_its_hash_alone() -> None:
    token = new_token()

    assert len(token) >= 22
    assert len(token_hash(token)) == 32
    assert is_token(token, token_hash(token))
    assert not is_token(new_token(), token_hash(token))


@given(some.text(), some.text())
def test_a_signature_holds_for_its_purpose_and_value_alone(value: str, other: str) -> None:
    signed = sign("message-id", value)

    assert verify("message-id", value, signed.upper())
    assert not verify("sign-in", value, signed)
    assert not verify("message-id", value, "a" + signed[1:]) or signed.startswith("a")
    assert verify("message-id", other, signed) == (other == value)


def test_a_signature_has_at_least_96_bits_and_suits_an_address() -> None:
    signed = sign("message-id", "42")

    assert len(signed) * 5 >= 96
    assert signed.isalnum()
    assert signed == signed.lower()


def test_a_signature_of_the_old_secret_is_still_known() -> None:
    keyring.install(OLD)
    signed = sign("message-id", "42")

    keyring.install(NEW, OLD)
    assert verify("message-id", "42", signed)

    keyring.install(NEW)
    assert not verify("message-id", "42", signed)


@pytest.mark.parametrize("garbage", ["", "à", "a" * 10_000, "\ud800"])
def test_garbage_is_no_signature(garbage: str) -> None:
    assert not verify("message-id", "42", garbage)
