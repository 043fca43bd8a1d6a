"""What the posts of a wave have in common."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ascolto.listening.policy.folding import fold

WORDS = re.compile(r"\w+(?:[-/.]\w+)*")
MOST = 8
SHARE = 0.25  # of the posts, at the least
FEWEST = 3  # posts
SHORTEST = 4  # letters
# Words that every Italian or English post has; the earlier posts say the rest.
EVERYBODYS = frozenset(
    fold(
        "anche ancora avete abbiamo adesso alla alle allo agli come cosa così con dal dalla dalle"
        " degli dei del della delle dello dopo dove essere fare fatto hanno loro mentre molto negli"
        " nella nelle nessuno niente noi nostro oggi ogni ora per perché però più poco prima quale"
        " quando quanto quella quelle quelli quello questa queste questi questo qui senza sempre"
        " siamo siete sono sono stata stato sulla sulle sullo tanto tutta tutte tutti tutto una uno"
        " vostra vostro about after again been before from have here just more only that their them"
        " there they this very were what when where which will with would your https http www"
    ).split()
)


def shared_words(
    posts: Sequence[str], *, before: Sequence[str] = (), known: Iterable[str] = ()
) -> list[str]:
    """Words that many of `posts` have and few of those `before`, the most telling first.

    Words as they are written most often. `known` are the monitor's own: nobody learns from them.
    """
    ours = {word for term in known for word in fold(term).split()}
    inside, spelled = _counted(posts)
    earlier, _ = _counted(before)
    least = max(FEWEST, SHARE * len(posts))
    telling = {
        word: many / len(posts) - (earlier[word] / len(before) if before else 0)
        for word, many in inside.items()
        if many >= least and len(word) >= SHORTEST and word not in EVERYBODYS | ours
    }
    chosen = [word for word, more in telling.items() if more > SHARE / 2]
    chosen.sort(key=lambda word: (-telling[word], word))
    return [spelled[word].most_common(1)[0][0] for word in chosen[:MOST]]


def _counted(posts: Sequence[str]) -> "tuple[Counter[bytes], dict[bytes, Counter[str]]]":
    """In how many posts each word is, and how it is written."""
    inside: Counter[bytes] = Counter()
    spelled: dict[bytes, Counter[str]] = {}
    for post in posts:
        here = {
            b" ".join(fold(written).split()): written.lower() for written in WORDS.findall(post)
        }
        inside.update(here.keys())
        for folded, written in here.items():
            spelled.setdefault(folded, Counter())[written] += 1
    return inside, spelled
