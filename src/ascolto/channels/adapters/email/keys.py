"""The name under which a mail is known, so that the same one is taken in once."""

from ascolto.channels.adapters.email.identity_key import fingerprint


def external_id(raw: bytes) -> str:
    """Message-ID and content: a used Message-ID with other content is another mail."""
    message_id, digest = fingerprint(raw)
    return f"{(message_id or '')[:200]}#{digest}"
