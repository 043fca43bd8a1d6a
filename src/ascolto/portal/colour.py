"""A company's colour made readable: on paper by day, on ink by night. Pure.

Contrast as WCAG 2.2 measures it (relative luminance, 1.4.3); 4.5 is its AA for text.
"""

import re
from dataclasses import dataclass

Rgb = tuple[int, int, int]
PAPER: Rgb = (245, 243, 238)  # --bg of the tokens, light and dark
NIGHT: Rgb = (19, 23, 24)
WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
OURS: Rgb = (15, 93, 97)  # where a company has no colour, or one that is none
READABLE = 4.6  # a little above AA, for what rounding takes away
BRIGHT = 7.0  # by night a colour that is only just readable looks switched off
STEPS = 50
DARKEST = 0.04045  # below it sRGB is linear
_HEX = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Shades:
    """What a theme needs of a colour, each as CSS writes it."""

    accent: str
    hover: str
    weak: str
    ink: str


def palette(colour: str) -> tuple[Shades, Shades]:
    """The shades for light and for dark pages. What cannot be read is moved until it can."""
    own = _parsed(colour)
    light = _shades(own, _Ground(PAPER, away=BLACK, least=READABLE, weak=0.12))
    dark = _shades(own, _Ground(NIGHT, away=WHITE, least=BRIGHT, weak=0.22))
    return light, dark


def contrast(one: Rgb, other: Rgb) -> float:
    """1 for the same, 21 for black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the colour stands on, and how far it must stand out."""

    paper: Rgb
    away: Rgb  # the end of the scale to move it to
    least: float  # contrast
    weak: float  # how much of it stands behind our words


def _shades(own: Rgb, ground: _Ground) -> Shades:
    weak = _mixed(own, ground.paper, ground.weak)
    # It stands on the page and on its own weak shade; both must let it be read.
    accent = next(
        shade
        for shade in (_mixed(ground.away, own, step / STEPS) for step in range(STEPS + 1))
        if contrast(shade, ground.paper) >= ground.least and contrast(shade, weak) >= READABLE
    )
    ink = max((WHITE, BLACK), key=lambda candidate: contrast(candidate, accent))
    # Under the pointer it moves away from its ink, so that the words on it stay readable.
    hover = _mixed(BLACK if ink == WHITE else WHITE, accent, 0.18)
    return Shades(as_css(accent), as_css(hover), as_css(weak), as_css(ink))


def _parsed(colour: str) -> Rgb:
    found = _HEX.fullmatch(colour.strip())
    if found is None:
        return OURS
    red, green, blue = (int(part, 16) for part in found.groups())
    return red, green, blue


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """So much of `one`, the rest of `other`."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= DARKEST else ((part + 0.055) / 1.055) ** 2.4


def as_css(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
