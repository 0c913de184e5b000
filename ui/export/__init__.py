"""Any view or answer as a file: CSV, JSON, Markdown memo, DOCX, BibTeX and CSL-JSON, each with its date and version."""

from ui.export.bibliography import to_bibtex, to_csl
from ui.export.files import FORMATS, format_of, render, write
from ui.export.memo import Memo, memo_of
from ui.export.sheet import to_csv, to_json
from ui.export.view import (
    Stamp,
    View,
    view_of_answer,
    view_of_cases,
    view_of_comparison,
    view_of_coverage,
    view_of_laws,
    view_of_timeline,
)
from ui.export.word import to_docx

__all__ = [
    "FORMATS",
    "Memo",
    "Stamp",
    "View",
    "format_of",
    "memo_of",
    "render",
    "to_bibtex",
    "to_csl",
    "to_csv",
    "to_docx",
    "to_json",
    "view_of_answer",
    "view_of_cases",
    "view_of_comparison",
    "view_of_coverage",
    "view_of_laws",
    "view_of_timeline",
    "write",
]
