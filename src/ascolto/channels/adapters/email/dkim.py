"""DKIM signatures (RFC 6376, RFC 8463), on `cryptography`: dkimpy comes without a wheel."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

Kind = Literal["rsa", "ed25519"]
PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

SMALLEST_RSA_BITS = 1024  # RFC 8301 §3.2
RSA_BITS = 2048  # larger keys do not fit everywhere in the DNS
# Named once more than they occur: a second From or Subject put in on the way breaks the signature.
_OVERSIGNED = ("from", "to", "subject", "date", "message-id", "in-reply-to", "references",
               "reply-to", "cc")  # fmt: skip
_SIGNED = (*_OVERSIGNED, "mime-version", "content-type", "content-transfer-encoding",
           "auto-submitted")  # fmt: skip
_DOMAIN = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
_SELECTOR = re.compile(r"(?=.{1,120}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9-]+)*")
_SPACES = re.compile(rb"[ \t]+")
_TXT_PIECE = 255
_LINE = 60


class BadKey(ValueError):
    """No key, selector or domain DKIM can sign with. Never quotes the key."""


def new_key(kind: Kind = "rsa") -> str:
    """A private key as PEM text."""
    key: PrivateKey = (
        ed25519.Ed25519PrivateKey.generate()
        if kind == "ed25519"
        else rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    )
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode("ascii")


@dataclass(frozen=True, slots=True)
class Signer:
    domain: str
    selector: str
    key: PrivateKey = field(repr=False)

    @classmethod
    def from_pem(cls, *, domain: str, selector: str, pem: str) -> "Signer":
        """Raises `BadKey`."""
        if not _DOMAIN.fullmatch(domain) or not _SELECTOR.fullmatch(selector):
            raise BadKey(f"not a domain and selector: {domain!r}, {selector!r}")
        try:
            key = serialization.load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise BadKey("not a private key in PEM form, or one with a password") from None
        if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SMALLEST_RSA_BITS:
            return cls(domain, selector, key)
        if isinstance(key, ed25519.Ed25519PrivateKey):
            return cls(domain, selector, key)
        raise BadKey("DKIM knows RSA keys of 1024 bits or more and Ed25519 keys")

    @property
    def algorithm(self) -> str:
        return "rsa-sha256" if isinstance(self.key, rsa.RSAPrivateKey) else "ed25519-sha256"

    def signed(self, raw: bytes) -> bytes:
        """The mail with its signature on top. `raw` has CRLF line ends."""
        head, _, body = raw.partition(b"\r\n\r\n")
        found = _fields(head + b"\r\n")
        names = [name for name in _SIGNED for other, _ in found if other == name.encode()]
        names += _OVERSIGNED
        body_hash = base64.b64encode(hashlib.sha256(_relaxed_body(body)).digest()).decode()
        unsigned = (
            f"DKIM-Signature: v=1; a={self.algorithm}; c=relaxed/relaxed; d={self.domain};\r\n"
            f" s={self.selector}; h={_folded(names)};\r\n bh={body_hash};\r\n b="
        )
        covered = b"".join(_chosen(found, names)) + _relaxed(unsigned.encode()).removesuffix(
            b"\r\n"
        )
        signature = base64.b64encode(self._sign(covered)).decode()
        rows = [signature[at : at + 70] for at in range(0, len(signature), 70)]
        return (unsigned + "\r\n  ".join(rows) + "\r\n").encode() + raw

    def dns_name(self) -> str:
        return f"{self.selector}._domainkey.{self.domain}"

    def dns_value(self) -> str:
        """What the TXT record at `dns_name` must say."""
        public = self.key.public_key()
        if isinstance(public, rsa.RSAPublicKey):
            kind = "rsa"
            data = public.public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        else:
            kind = "ed25519"
            data = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return f"v=DKIM1; k={kind}; p={base64.b64encode(data).decode()}"

    def dns_line(self) -> str:
        """The same as one line of a zone file: strings of at most 255 characters."""
        value = self.dns_value()
        pieces = [value[at : at + _TXT_PIECE] for at in range(0, len(value), _TXT_PIECE)]
        return " ".join([f"{self.dns_name()}. IN TXT", *(f'"{piece}"' for piece in pieces)])

    def _sign(self, covered: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(covered, padding.PKCS1v15(), hashes.SHA256())
        # RFC 8463 §3: Ed25519 signs the SHA-256 of the data.
        return self.key.sign(hashlib.sha256(covered).digest())


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """(lower-case name, whole field) in order."""
    fields = re.split(rb"(?<=\r\n)(?![ \t])", head)
    return [(one.partition(b":")[0].strip().lower(), one) for one in fields if one]


def _chosen(found: list[tuple[bytes, bytes]], names: list[str]) -> list[bytes]:
    """The fields named, in canonical form; of equal ones the lowest first (RFC 6376 §5.4.2)."""
    left = list(found)
    chosen = []
    for name in names:
        at = next((at for at in reversed(range(len(left))) if left[at][0] == name.encode()), None)
        if at is not None:
            chosen.append(_relaxed(left.pop(at)[1]))
    return chosen


def _relaxed(one: bytes) -> bytes:
    """RFC 6376 §3.4.2."""
    name, _, value = one.partition(b":")
    unfolded = _SPACES.sub(b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip().lower() + b":" + unfolded + b"\r\n"


def _relaxed_body(body: bytes) -> bytes:
    """RFC 6376 §3.4.4."""
    lines = [_SPACES.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    whole = b"\r\n".join(lines).rstrip(b"\r\n")
    return whole + b"\r\n" if whole else b""


def _folded(names: list[str]) -> str:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > _LINE:
            lines.append("")
        lines[-1] += f"{name}:"
    return "\r\n  ".join(lines).rstrip(":")
