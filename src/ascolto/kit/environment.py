"""Settings from the environment, refused loudly when they make no sense."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PREFIX = "ASCOLTO_"
YES = frozenset({"1", "true", "yes", "on", "sì", "si"})
NO = frozenset({"0", "false", "no", "off"})
LONGEST_SECRET = 64 * 1024


class BadSetting(ValueError):
    """A setting that cannot be meant. The message names it and says what is allowed."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A setting of ours by its name, which nobody reads: most likely a slip of the pen."""

    name: str
    nearest: str | None

    def __str__(self) -> str:
        hint = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"{self.name} is not a setting of Ascolto{hint}"


@dataclass(frozen=True, slots=True)
class Environment:
    """Reads settings by name and remembers which it was asked for.

    A value of blanks alone counts as not set, because that is what an empty line in an env file
    gives. A secret may stand in a file, named by the same setting with `_FILE` added.
    """

    values: Mapping[str, str]
    _known: set[str] = field(default_factory=set, init=False)

    def text(self, name: str, default: str = "") -> str:
        return self._read(name) or default

    def number(self, name: str, default: int, *, low: int = 0, high: int = 2**31 - 1) -> int:
        """A whole number from `low` to `high`, both included."""
        raw = self._read(name)
        if raw is None:
            return default
        if not raw.isascii() or not raw.removeprefix("-").isdigit() or not low <= int(raw) <= high:
            raise BadSetting(f"{name} must be a whole number from {low} to {high}, not {raw!r}")
        return int(raw)

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self._read(name)
        if raw is None:
            return default
        if raw.casefold() in YES:
            return True
        if raw.casefold() in NO:
            return False
        raise BadSetting(f"{name} must be yes or no, not {raw!r}")

    def choice(self, name: str, default: str, options: Collection[str]) -> str:
        raw = self._read(name)
        if raw is None:
            return default
        if raw not in options:
            raise BadSetting(f"{name} must be one of {', '.join(sorted(options))}, not {raw!r}")
        return raw

    def path(self, name: str, default: Path) -> Path:
        """A path, made absolute from where the process was started."""
        raw = self._read(name)
        chosen = default if raw is None else Path(raw).expanduser()
        if "\0" in str(chosen):
            raise BadSetting(f"{name} must be a path, not {raw!r}")
        return chosen.absolute()

    def listing(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Several values separated by commas; empty ones are left out."""
        raw = self._read(name)
        if raw is None:
            return default
        return tuple(part.strip() for part in raw.split(",") if part.strip())

    def secret(self, name: str) -> str | None:
        """The secret itself, or the content of the file that `<name>_FILE` names."""
        given = self._read(name)
        file = self._read(f"{name}_FILE")
        if given is not None and file is not None:
            raise BadSetting(f"set either {name} or {name}_FILE, not both")
        if file is None:
            return given
        try:
            with Path(file).open(encoding="utf-8") as opened:
                content = opened.read(LONGEST_SECRET).strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise BadSetting(f"{name}_FILE cannot be read: {problem}") from problem
        if not content:
            raise BadSetting(f"{name}_FILE names an empty file: {file}")
        return content

    def unknown(self) -> list[Unknown]:
        """Settings beginning with ASCOLTO_ that nobody asked for. Call when all were read."""
        strange = sorted(
            name for name in self.values if name.startswith(PREFIX) and name not in self._known
        )
        return [Unknown(name, self._nearest(name)) for name in strange]

    def _nearest(self, name: str) -> str | None:
        near = difflib.get_close_matches(name, sorted(self._known), n=1, cutoff=0.7)
        return near[0] if near else None

    def _read(self, name: str) -> str | None:
        self._known.add(name)
        raw = self.values.get(name, "").strip()
        return raw or None
