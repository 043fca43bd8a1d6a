"""The two typefaces, cut down to the Latin letters and renamed.

"Source" is a reserved name of its makers (OFL 1.1, clause 3): a changed font may not carry it.
No font file is in the repository; these are made from the two packages Ascolto depends on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped] # it has no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # as above

# Latin of western and central Europe, the typography of Italian, arrows and the return key.
_LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2027),
    *(0x02C6, 0x02DA, 0x02DC, 0x202F, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x21B5, 0x25CB, 0x25CF, 0x25C6, 0x25A0),
]
_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "lnum", "tnum"]
_NAME_IDS = {1, 3, 4, 6, 16, 18}  # the records of the name table that say what a font is called


@dataclass(frozen=True, slots=True)
class _Face:
    package: str
    source: str
    family: str
    style: str


_FACES = (
    _Face("font_source_sans_pro", "SourceSansPro-Regular.otf", "Ascolto Sans", "Regular"),
    _Face("font_source_sans_pro", "SourceSansPro-It.otf", "Ascolto Sans", "It"),
    _Face("font_source_sans_pro", "SourceSansPro-Semibold.otf", "Ascolto Sans", "Semibold"),
    _Face("font_source_sans_pro", "SourceSansPro-Bold.otf", "Ascolto Sans", "Bold"),
    _Face("font_source_serif_pro", "SourceSerifPro-Semibold.otf", "Ascolto Serif", "Semibold"),
)


def build_fonts(target: Path) -> list[Path]:
    """Write the five woff2 files and their licences into `target`; what is there is left alone.

    Each file appears whole or not at all, so two processes may build at once.
    """
    target.mkdir(parents=True, exist_ok=True)
    return [*_licences(target), *(_build(face, target) for face in _FACES)]


def _build(face: _Face, target: Path) -> Path:
    made = target / f"{face.family.replace(' ', '')}-{face.style}.woff2"
    if made.exists():
        return made
    options = Options(flavor="woff2", hinting=False, layout_features=_FEATURES, notdef_outline=True)
    with files(face.package).joinpath("files", face.source).open("rb") as source:
        font = TTFont(source)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=_LETTERS)
        subsetter.subset(font)
        _rename(font, face)
        font.flavor = "woff2"
        unfinished = made.with_suffix(f".{id(font):x}")
        font.save(unfinished)
    unfinished.replace(made)
    return made


def _rename(font: TTFont, face: _Face) -> None:
    compact = f"{face.family.replace(' ', '')}-{face.style}"
    for record in font["name"].names:
        if record.nameID in _NAME_IDS:
            record.string = compact if record.nameID in {3, 6} else face.family
    if "CFF " in font:
        outlines = font["CFF "].cff
        outlines.fontNames = [compact]
        top = outlines.topDictIndex[0]
        top.FullName, top.FamilyName = f"{face.family} {face.style}", face.family


def _licences(target: Path) -> Iterator[Path]:
    for package in sorted({face.package for face in _FACES}):
        text = files(package).joinpath("files", "LICENSE.txt").read_bytes()
        kept = target / f"OFL-{package.removeprefix('font_')}.txt"
        kept.write_bytes(text)
        yield kept
