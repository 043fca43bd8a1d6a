from ascolto.channels.adapters.portal.letter import from_bytes
from ascolto.channels.ports import Heard


class PortalReader:
    """Reads what a customer wrote on his page. The page itself says which case it is."""

    def read(self, raw: bytes) -> Heard:
        letter = from_bytes(raw)
        return Heard(
            sender=letter.sender,
            subject=letter.subject,
            text=letter.text,
            files=letter.files,
            reading={"case": letter.case_id},
        )
