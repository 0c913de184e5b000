"""Formats by name and by the ending of a file."""

import codecs
from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.errors import PinciteError, UnknownValueError
from ui.export.bibliography import to_bibtex, to_csl
from ui.export.memo import memo_of, to_markdown
from ui.export.sheet import to_csv, to_json
from ui.export.view import View
from ui.export.word import to_docx

FORMATS: Mapping[str, Callable[[View], str | bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "md": lambda view: to_markdown(memo_of(view)),
    "docx": lambda view: to_docx(memo_of(view)),
    "bib": to_bibtex,
    "csl.json": to_csl,
}
"""Each format by the ending of its file."""


def format_of(path: Path) -> str:
    """Return the format that a file's ending asks for.

    Raises:
        PinciteError: no format has that ending.
    """
    for ending in sorted(FORMATS, key=len, reverse=True):
        if path.name.lower().endswith(f".{ending}"):
            return ending
    endings = ", ".join(f".{ending}" for ending in FORMATS)
    raise PinciteError(f"No format for {path.name!r}.", f"Let the name end in one of {endings}.")


def render(view: View, form: str) -> bytes:
    """Return the export in a format of FORMATS, text as UTF-8.

    Raises:
        UnknownValueError: there is no such format.
    """
    if form not in FORMATS:
        raise UnknownValueError("format", form, FORMATS)
    made = FORMATS[form](view)
    return made if isinstance(made, bytes) else made.encode("utf-8")


def write(view: View, path: Path) -> None:
    """Write the export to a file, in the format of its ending.

    Raises:
        PinciteError: no format has that ending, or the file can't be written.
    """
    form = format_of(path)
    # Spreadsheets take a CSV file for text of the local code page unless it begins with a byte order mark.
    made = (codecs.BOM_UTF8 if form == "csv" else b"") + render(view, form)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise PinciteError(f"{path} can't be written: {error.strerror}.", "Choose another place.") from None
