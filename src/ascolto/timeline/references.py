"""Opaque references: how a row speaks of something above it without a foreign key."""


class NotAReference(ValueError):
    """The text is no reference of the wanted kind."""


def reference(kind: str, pk: int) -> str:
    return f"{kind}:{pk}"


def referred(text: str, *, kind: str) -> int:
    """The id in "case:12", if it is one of `kind`."""
    name, _, number = text.partition(":")
    if name != kind or not number.isdigit():
        raise NotAReference(text)
    return int(number)
