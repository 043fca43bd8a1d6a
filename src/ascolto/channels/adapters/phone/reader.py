from ascolto.channels.adapters.phone.note import from_bytes
from ascolto.channels.ports import Heard


class PhoneReader:
    """Reads what a colleague wrote down of a call. He himself said in which case."""

    def read(self, raw: bytes) -> Heard:
        note = from_bytes(raw)
        return Heard(
            sender=note.sender,
            text=note.text.replace("\0", ""),
            reading={
                "case": note.case_id,
                "written_by": note.written_by,
                "answered": note.answered,
            },
        )
