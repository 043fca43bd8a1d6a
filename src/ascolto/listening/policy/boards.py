"""When a post of ours has become a help desk, and whose post it is. Pure."""

from dataclasses import dataclass

FEWEST = 20  # comments of the last hour
SHARE = 0.40  # of them that ask for help
TIMES = 2.0  # of what it was before
# Networks that bring us comments only of what stands on a page or an account of ours.
OWN_PAGES = frozenset({"FACEBOOK", "INSTAGRAM"})


@dataclass(frozen=True, slots=True)
class Talk:
    """Comments under one board, and those of them that ask for help."""

    comments: int
    help: int

    @property
    def share(self) -> float:
        return self.help / self.comments if self.comments else 0.0


def is_help_desk(last_hour: Talk, before: Talk) -> bool:
    """Whether its owner must know now. What nobody spoke under before has no usual share."""
    if last_hour.comments < FEWEST or last_hour.share < SHARE:
        return False
    return before.comments == 0 or last_hour.share >= TIMES * before.share


def may_be_ours(*, network: str, root: str, key: str, to_us: bool, under: str) -> bool:
    """Whether a comment stands under something that we published, as far as it tells itself.

    Elsewhere than on our own pages it says under what it stands; `root` alone may be anybody's.
    """
    if not to_us or not root or root == key:
        return False
    return network in OWN_PAGES or bool(under)
