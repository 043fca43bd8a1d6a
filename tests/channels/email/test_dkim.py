import base64
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.adapters.email.dkim import BadKey, Kind, Signer, new_key
from ascolto.channels.ports import HeardFile
from tests.channels.email.test_compose import PARCEL

# Debian's dkimpy under the system's own Python: a verifier that shares no code with us.
PYTHON = "/usr/bin/python3"
VERIFY = """
import base64, json, sys, dkim
given = json.load(sys.stdin)
txt = lambda name, timeout=5: given["dns"].get(name.decode().rstrip("."), "").encode() or None
print(dkim.verify(base64.b64decode(given["raw"]), dnsfunc=txt))
"""
TEXT = "Buongiorno,  \n\n\n.punto\n\tè  qui \n\n\n"
THREAD = replace(
    PARCEL,
    subject="Una   fattura molto lunga " * 8,
    in_reply_to="<c@casa.example>",
    references=tuple(f"<{n}@casa.example>" for n in range(30)),
    text=TEXT,
    files=(HeardFile("così.pdf", "application/pdf", b"x" * 500),),
)


@pytest.fixture(scope="module")
def _verifier() -> None:
    missing = (
        not Path(PYTHON).exists()
        or subprocess.run(  # noqa: S603 - fixed words
            [PYTHON, "-c", "import dkim, nacl"], capture_output=True, check=False
        ).returncode
    )
    if missing and {"CI", "ASCOLTO_CORPORA"} & os.environ.keys():
        pytest.fail("python3-dkim is demanded here")
    if missing:
        pytest.skip("python3-dkim is not installed")


def verifies(raw: bytes, signer: Signer) -> bool:
    dns = {signer.dns_name(): signer.dns_value()}
    given = json.dumps({"raw": base64.b64encode(raw).decode(), "dns": dns})
    done = subprocess.run(  # noqa: S603 - fixed words
        [PYTHON, "-c", VERIFY], input=given, capture_output=True, text=True, check=True
    )
    return done.stdout.strip() == "True"


def signer_with(kind: Kind) -> Signer:
    return Signer.from_pem(domain="azienda.example", selector="ascolto", pem=new_key(kind))


@pytest.mark.usefixtures("_verifier")
@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_another_program_finds_our_signature_good_and_any_change_bad(kind: Kind) -> None:
    signer = signer_with(kind)
    raw = signer.signed(compose(THREAD))

    assert verifies(raw, signer)
    assert verifies(signer.signed(compose(replace(PARCEL, text=""))), signer)
    assert not verifies(raw.replace(b"punto", b"virgola"), signer)
    assert not verifies(raw.replace(b"Giulia", b"Marta"), signer)
    assert not verifies(b"From: marta@casa.example\r\n" + raw, signer)
    assert not verifies(raw, signer_with(kind))


def test_the_line_for_the_dns_has_strings_that_fit() -> None:
    signer = signer_with("rsa")

    line = signer.dns_line()

    assert line.startswith('ascolto._domainkey.azienda.example. IN TXT "v=DKIM1; k=rsa; p=')
    strings = line.split('"')[1::2]
    assert "".join(strings) == signer.dns_value()
    assert max(map(len, strings)) <= 255


@pytest.mark.parametrize(
    ("domain", "selector", "pem"),
    [
        ("azienda.example", "ascolto", "non una chiave"),
        ("azienda", "ascolto", new_key("ed25519")),
        ("azienda.example;", "ascolto", new_key("ed25519")),
        ("azienda.example", "a;b=c", new_key("ed25519")),
    ],
    ids=["no key", "no domain", "a sign in the domain", "no selector"],
)
def test_what_cannot_sign_is_refused_at_once(domain: str, selector: str, pem: str) -> None:
    with pytest.raises(BadKey):
        Signer.from_pem(domain=domain, selector=selector, pem=pem)


def test_a_key_never_shows_itself() -> None:
    pem = new_key("ed25519")

    shown = repr(Signer.from_pem(domain="azienda.example", selector="ascolto", pem=pem))

    assert "key" not in shown.lower()
