"""Tokens that nobody can guess, and signatures that nobody else can make."""

import base64
import hashlib
import hmac
import secrets

from ascolto.kit import keyring

TOKEN_BYTES = 24  # 192 bits
SIGNATURE_BYTES = 15  # 120 bits: 24 characters in base 32, with nothing left over


def new_token() -> str:
    """A random token for a URL or an address. Store its `token_hash`, never itself."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """32 bytes to store and to look up. A token is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def is_token(token: str, stored: bytes) -> bool:
    """Whether `stored` is the hash of `token`, in a time that tells nothing."""
    return hmac.compare_digest(token_hash(token), stored)


def sign(purpose: str, value: str) -> str:
    """A signature of `value` under the installed secret: 24 characters, a–z and 2–7.

    Lower case, because what carries it (an address, a Message-ID) may come back in another case.
    Each purpose has its own key: a signature made for one thing proves nothing about another.
    """
    return signature(keyring.current()[0], purpose, value)


def verify(purpose: str, value: str, given: str) -> bool:
    """Whether `given` is our signature of `value`, under the secret of now or an older one."""
    offered = given.lower().encode("utf-8", "surrogatepass")
    good = [
        hmac.compare_digest(signature(secret, purpose, value).encode(), offered)
        for secret in keyring.current()
    ]
    return any(good)


def signature(secret: bytes, purpose: str, value: str) -> str:
    key = keyring.purpose_key(secret, f"signature:{purpose}")
    code = hmac.digest(key, value.encode("utf-8", "surrogatepass"), "sha256")
    return base64.b32encode(code[:SIGNATURE_BYTES]).decode().lower()
