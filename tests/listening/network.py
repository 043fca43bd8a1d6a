"""A network that does what it is asked, or says why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ascolto.channels.ports import Parcel, Sent


@dataclass
class Network:
    no: Exception | None = None
    reposted: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    carried: list[Parcel] = field(default_factory=list)

    def repost(self, answers: Mapping[str, Any], *, key: str) -> Sent:
        if self.no:
            raise self.no
        self.reposted.append(key)
        return Sent("POSTED", carried_as=f"at://us/{answers['uri']}")

    def withdraw(self, carried_as: str) -> None:
        if self.no:
            raise self.no
        self.withdrawn.append(carried_as)

    def carry(self, parcel: Parcel) -> Sent:
        if self.no:
            raise self.no
        self.carried.append(parcel)
        return Sent("POSTED")
