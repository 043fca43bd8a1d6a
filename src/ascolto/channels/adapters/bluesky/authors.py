"""Who stands behind a DID: asked for what we keep, remembered for a while."""

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ascolto.channels.adapters.bluesky.seen import Author
from ascolto.channels.adapters.bluesky.xrpc import Account, XrpcError
from ascolto.kit.fetch import FetchFailed, Refused

REMEMBERED = 3600.0  # seconds
MOST = 2000
AT_ONCE = 25  # the most that one call answers
AWAY = 300.0  # seconds for which a view that did not answer is left alone


@dataclass
class Authors:
    """Total: without an answer an author is his DID."""

    account: Account
    _known: OrderedDict[str, tuple[float, Author]] = field(default_factory=OrderedDict)
    _away_until: float = 0.0

    def learn(self, dids: Iterable[str]) -> None:
        """Ask for many at once: a wave of posts must not wait for its authors one by one."""
        unknown = [did for did in dict.fromkeys(dids) if did not in self._known]
        for start in range(0, len(unknown), AT_ONCE):
            part = unknown[start : start + AT_ONCE]
            found = self._view("app.bsky.actor.getProfiles", actors=part)
            profiles = found.get("profiles") if found else None
            for profile in profiles if isinstance(profiles, list) else []:
                self._remember(_author(str(profile.get("did")), profile))

    def of(self, did: str) -> Author:
        at, known = self._known.get(did, (0.0, None))
        if known is not None and time.monotonic() - at < REMEMBERED:
            return known
        author = self._asked(did)
        self._remember(author)
        return author

    def _remember(self, author: Author) -> None:
        self._known[author.did] = (time.monotonic(), author)
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def _asked(self, did: str) -> Author:
        profile = self._view("app.bsky.actor.getProfile", actor=did)
        if profile is None:
            try:
                profile = self.account.get("com.atproto.repo.describeRepo", repo=did)
            except (XrpcError, FetchFailed, Refused):
                profile = {}
        return _author(did, profile)

    def _view(self, method: str, **asked: str | list[str]) -> dict[str, Any] | None:
        """From the view of the whole network, which a server of its own may not have."""
        if time.monotonic() < self._away_until:
            return None
        try:
            return self.account.get(method, **asked)
        except XrpcError as problem:
            if problem.later:
                self._away_until = time.monotonic() + AWAY
        except (FetchFailed, Refused):
            self._away_until = time.monotonic() + AWAY
        return None


def _author(did: str, profile: Mapping[str, Any]) -> Author:
    followers = profile.get("followersCount")
    return Author(
        did,
        handle=_plain(profile.get("handle")),
        name=_plain(profile.get("displayName")),
        followers=followers if isinstance(followers, int) else None,
    )


def _plain(value: object) -> str:
    return value if isinstance(value, str) and value != "handle.invalid" else ""
