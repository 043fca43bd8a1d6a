"""What every reader promises, whatever bytes it is given."""

from ascolto.channels.ports import Heard, Reader, Unreadable
from ascolto.people.policy import normal_form


def keeps_the_contract_of_readers(reader: Reader, raw: bytes) -> None:
    """Either something storable was heard, from somebody, or a sentence says why not."""
    heard, reason = _read(reader, raw)
    if heard is None:
        assert reason.strip()
        return
    assert heard.sender is not None
    assert normal_form(heard.sender.kind, heard.sender.value)
    words = [heard.text, heard.subject, heard.message_id, *heard.references]
    for text in (*words, *(file.name for file in heard.files)):
        assert "\0" not in text
        text.encode()  # what cannot be encoded cannot be stored


def _read(reader: Reader, raw: bytes) -> tuple[Heard | None, str]:
    try:
        return reader.read(raw), ""
    except Unreadable as problem:
        return None, str(problem)
