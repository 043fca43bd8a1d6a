"""Set a page in type. The words are data to the typesetter, never its language."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
_FONTS = ("font_source_sans_pro", "font_source_serif_pro")


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """A PDF of `template` (a file of this folder), with `data` as the JSON it reads."""
    made = typst.compile(
        HERE / template,
        root=HERE,  # it can read nothing else
        font_paths=_font_folders(),
        ignore_system_fonts=True,  # the same paper on every machine
        sys_inputs={"page": json.dumps(data)},
    )
    if not isinstance(made, bytes):
        raise TypeError("a document of one file was asked for")
    return made


@cache
def _font_folders() -> list[Path]:
    return [Path(str(files(package))) / "files" for package in _FONTS]
