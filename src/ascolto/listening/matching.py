"""Which monitors a text is for: one lexicon for all the words of all of them.

Pure: neither Django nor a database. A term is found by one word of it, its anchor, in one look
at the folded text; phrases are then looked at whole, and only rules that were touched are
judged.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from ascolto.listening.policy.folding import BETWEEN, EDGE, WORD, fold, fold_many, places
from ascolto.listening.policy.lexicon import Lexicon
from ascolto.listening.policy.rules import Near, Rule, author_form, language_form
from ascolto.listening.policy.terms import SIGNS, Term, term_of


class Hit(Struct, frozen=True):
    """A monitor that wants the text, and the terms of its rule that were found."""

    monitor: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule and the number of its monitor."""

    monitor: int
    rule: Rule


class Matcher:
    """All rules together. Made once, asked often; knows nothing of who asks."""

    def __init__(self, watches: Iterable[Watch]) -> None:
        self._judges: list[_Judge] = []
        self._by_anchor: dict[bytes, list[int]] = {}  # a word -> terms it may be of
        self._terms: list[Term] = []
        self._wanted_by: list[list[int]] = []  # number of a term -> judges that look for it
        self._by_author: dict[str, list[int]] = defaultdict(list)
        self._numbers: dict[bytes, int] = {}
        self._plain: set[int] = set()  # judges for whom one word of any, alone, is enough
        for watch in watches:
            self._add(watch)
        # Who looks for no tag and no handle need not see their signs.
        self._signs = any(term.anchor[1:2] in SIGNS for term in self._terms)
        self._lexicon = Lexicon(self._by_anchor)

    def match(
        self, text: str, language: str = "", author: str = "", aliases: Sequence[str] = ()
    ) -> list[Hit]:
        """Monitors that want this text, in the order in which they were given.

        `author` and `aliases` are names of one person: his handle, the id of his network. A
        language that is not known excludes nothing: few words rarely say theirs, and a call for
        help must not be lost for it.
        """
        folded = fold(text, signs=self._signs)
        seen = {found.word for found in self._lexicon.found(folded)}
        if not seen and not self._by_author:
            return []
        return self._hits(seen, folded, language, _names(author, aliases))

    def match_many(
        self, texts: Sequence[str], who: Callable[[int], tuple[str, str]] | None = None
    ) -> list[tuple[int, list[Hit]]]:
        """`match` for many at once, twice as fast: those that are wanted, by their number.

        `who` gives language and author of a text by its number.
        """
        if self._by_author:
            alone = (
                (at, self.match(text, *(who(at) if who else ()))) for at, text in enumerate(texts)
            )
            return [(at, hits) for at, hits in alone if hits]
        folded = fold_many(texts, signs=self._signs)
        found = self._lexicon.found(folded)
        if not found:
            return []
        ends = places(folded, BETWEEN)
        seen: dict[int, set[bytes]] = {}
        for word, begin in found:
            seen.setdefault(bisect(ends, begin), set()).add(word)
        wanted = []
        for at, anchors in seen.items():
            one = b"".join([EDGE, folded[ends[at - 1] + 1 if at else 0 : ends[at]], b" "])
            language, author = who(at) if who else ("", "")
            hits = self._hits(anchors, one, language, _names(author, ()))
            if hits:
                wanted.append((at, hits))
        return wanted

    def _hits(
        self, seen: set[bytes], folded: bytes, language: str, names: frozenset[str]
    ) -> list[Hit]:
        present = self._present(seen, folded)
        touched = {judge for term in present for judge in self._wanted_by[term]}
        if self._by_author:
            for name in names:
                touched.update(self._by_author.get(name, ()))
        if not touched:
            return []
        if len(present) == len(touched) == 1 and not touched.isdisjoint(self._plain):
            return self._plain_hit(*present, *touched)
        return self._judged(touched, Said(present, folded, language_form(language), names))

    def _judged(self, touched: set[int], said: "Said") -> list[Hit]:
        hits = []
        for at in sorted(touched):
            judge = self._judges[at]
            words = judge.words(said)
            if words is not None:
                hits.append(Hit(judge.monitor, words))
        return hits

    def _plain_hit(self, term: int, at: int) -> list[Hit]:
        """One word of a rule that asks for nothing else: most matches are that."""
        judge = self._judges[at]
        return [Hit(judge.monitor, (judge.any[term],))]

    def _present(self, seen: set[bytes], folded: bytes) -> set[int]:
        present = set()
        for anchor in seen:
            for number in self._by_anchor[anchor]:
                whole = self._terms[number].whole
                if whole is None or whole.search(folded):
                    present.add(number)
        return present

    def _add(self, watch: Watch) -> None:
        rule, at = watch.rule, len(self._judges)
        judge = _Judge(
            monitor=watch.monitor,
            rule=rule,
            any={self._number(term): term for term in rule.any},
            all={self._number(term): term for term in rule.all},
            none=frozenset(self._number(term) for term in rule.none),
            near=[
                _Pair(near, self._number(near.one), self._number(near.other)) for near in rule.near
            ],
        )
        for pair in judge.near:
            pair.terms = (self._terms[pair.one], self._terms[pair.other])
        self._judges.append(judge)
        if rule == Rule(any=rule.any, none=rule.none) and judge.none.isdisjoint(judge.any):
            self._plain.add(at)
        wanted = {*judge.any, *judge.all, *(pair.one for pair in judge.near)}
        for number in wanted:
            self._wanted_by[number].append(at)
        if not wanted:
            for author in rule.authors:
                self._by_author[author].append(at)

    def _number(self, written: str) -> int:
        """The number of a term; the same for two that are the same when they are folded."""
        folded = fold(written)
        if folded not in self._numbers:
            term = term_of(written)
            self._numbers[folded] = len(self._terms)
            self._by_anchor.setdefault(term.word, []).append(len(self._terms))
            self._terms.append(term)
            self._wanted_by.append([])
        return self._numbers[folded]


def _names(author: str, aliases: Sequence[str]) -> frozenset[str]:
    return frozenset(author_form(one) for one in (author, *aliases) if one)


class Said(Struct, frozen=True):
    """One text as the judges see it."""

    present: set[int]
    folded: bytes
    language: str
    names: frozenset[str]


@dataclass(slots=True)
class _Pair:
    near: Near
    one: int
    other: int
    terms: tuple[Term, ...] = field(default=())

    def found(self, said: Said) -> bool:
        if not {self.one, self.other} <= said.present:
            return False
        spans = [term.spans(said.folded) for term in self.terms]
        return any(
            self._close(said.folded, left, right)
            for left in spans[0]
            for right in spans[1]
            if left != right
        )

    def _close(self, folded: bytes, left: tuple[int, int], right: tuple[int, int]) -> bool:
        first, second = sorted((left, right))
        between = folded[first[1] : second[0]]
        return first[1] <= second[0] + 1 and len(WORD.findall(between)) <= self.near.between


@dataclass(slots=True)
class _Judge:
    monitor: int
    rule: Rule
    any: dict[int, str]
    all: dict[int, str]
    none: frozenset[int]
    near: list[_Pair]

    def words(self, said: Said) -> tuple[str, ...] | None:
        """The terms that were found, or None if the rule does not hold."""
        rule = self.rule
        if not (self.all.keys() <= said.present) or not self.none.isdisjoint(said.present):
            return None
        if rule.languages and said.language and said.language not in rule.languages:
            return None
        if rule.authors and rule.authors.isdisjoint(said.names):
            return None
        if not rule.not_authors.isdisjoint(said.names):
            return None
        found = [self.any[number] for number in sorted(self.any.keys() & said.present)]
        for pair in self.near:
            if pair.found(said):
                found += [pair.near.one, pair.near.other]
        if (self.any or self.near) and not found:
            return None
        return tuple(dict.fromkeys([*found, *self.all.values()]))
