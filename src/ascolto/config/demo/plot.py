"""What a matter of the past was about, and how it went. Slots in braces are filled in by chance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plot:
    """One kind of matter, said in two ways. `handed_to` names the team that could solve it."""

    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    answers: tuple[str, ...]
    asks_again: str = ""
    second_answer: str = ""
    note: str = ""
    handed_to: str = ""
    reason: str = ""
    mailbox: str = "assistenza"
    language: str = "it"
    document: str = ""  # the title of a PDF that goes with the answer
    thanked: bool = True
    share: int = 1


THANKS = (
    "Perfetto, grazie.",
    "Ora funziona, grazie mille per la velocità.",
    "Grazie, siete stati chiari.",
    "Tutto a posto, buona giornata.",
    "Ricevuto, grazie.",
    "Bene così. Grazie a lei.",
)
THANKS_EN = ("Perfect, thank you.", "That works now. Thanks for the quick reply.")
GREETINGS = ("Buongiorno,", "Salve,", "Buonasera,", "Buongiorno a tutti,")

STREETS = (
    "via Cibrario 41", "corso Francia 118", "via Madama Cristina 9", "via San Donato 62",
    "corso Regina Margherita 203", "via Nizza 77", "strada del Fortino 5", "via Garibaldi 30",
)  # fmt: skip
SUMS = ("24,90", "31,50", "47,20", "62,00", "18,35", "118,40")
NUMBERS = ("2026/8841", "2026/7710", "2026/9023", "2026/6655", "2026/9317")
DAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì")
