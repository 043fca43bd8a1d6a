"""What a comment says, as far as it can be compared with another: see `causes`. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from ascolto.listening.policy.shared import EVERYBODYS
from ascolto.reading.features import plainly
from ascolto.reading.wording import meanings, words

BEGINNING = 5  # letters by which two words count as the same
SHORTEST = 3
# Meanings that tell of what a matter is; "line", "wait" or "parcel" are in every call for help.
MATTERS = frozenset(
    {
        "bill", "charge", "refund", "payment", "meter", "modem", "power", "gas_water", "outage",
        "tech", "repair", "furniture", "order", "contract", "app",
        "spamcalls", "event", "travel", "insurance", "food",
    }
)  # fmt: skip
EMPTY = frozenset(
    """
    alla allo agli aveva avevo avete abbia bella bene buon buona chi che ciao come con cosa cosi dal
    dalla dei del della dire ditemi dopo dove due tre quattro cinque ecco fa fare fate fatto fosse
    gia giorni giorno settimana settimane mesi mese anni anno ieri oggi domani sera mattina ore ora
    grazie hanno lavoro mai mia mie mio miei nessuno niente nulla noi non nostra nostro offerta
    ogni oltre per perche pero piu poi possibile qualcuno quale quando quanto quella quello questa
    questo qui sapete scusate sempre senza sia siamo siete sono stata stato stessa stesso sta stai
    sua suo sul sulla tanto tutta tutti tutto una uno vai vengono vi voi volta volte vorrei vostra
    vostro zero ancora anche fino entro circa solo invece mentre almeno ne mi ci si io tu lui lei
    loro nel nella nei nelle cui gli le la lo il un dal and are can for from have has not the this
    was what when why with you your still since
    """.split()  # noqa: SIM905 # a list of words is read as words
)


def said_in(text: str) -> frozenset[str]:
    """Beginnings of the words that say something, and what they mean (with a colon before)."""
    found: set[str] = set()
    for word in words(plainly(text)):
        meant = meanings(word)
        found.update(f":{one}" for one in meant if one in MATTERS)
        if tells(word):
            found.add(word[:BEGINNING])
    return frozenset(found)


def tells(word: str) -> bool:
    """Whether a word, as the rules look at it, says something of the matter."""
    plain = len(word) >= SHORTEST and word.isalpha() and word not in EMPTY
    return plain and word.encode() not in EVERYBODYS


def spelled(texts: Iterable[str]) -> dict[str, str]:
    """Of each beginning the word that is written most often; of as many, the shortest."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in words(plainly(text)):
            if tells(word):
                written[word[:BEGINNING]][word] += 1
    return {
        beginning: min(several, key=lambda word: (-several[word], len(word), word))
        for beginning, several in written.items()
    }
