"""Pinned to an address, a fetch still asks for the name and checks the certificate against it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ascolto.kit.fetch import FetchFailed, fetch


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "shop.example")])
    today = datetime.now(tz=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, SHA256())
    )
    file = folder / "shop.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return file


@pytest.fixture
def names_asked_for(tmp_path: Path) -> Iterator[tuple[int, list[str]]]:
    """A port where TLS is spoken, and the server names that clients asked for there."""
    names: list[str] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    context.sni_callback = lambda _, name, __: names.append(name or "")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_shake_hands, args=[listener, context])
        thread.start()
        yield listener.getsockname()[1], names
        thread.join()


def _shake_hands(listener: socket.socket, context: ssl.SSLContext) -> None:
    opened, _ = listener.accept()
    with opened, suppress(OSError), context.wrap_socket(opened, server_side=True):
        pass


def test_the_name_is_asked_for_and_a_certificate_of_nobody_is_not_trusted(
    names_asked_for: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, names = names_asked_for
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [here])

    with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(f"https://shop.example:{port}/", private_ok_for={"shop.example"})

    assert names == ["shop.example"]
