"""CSV and JSON: a table for a spreadsheet that runs nothing, and the same rows as objects for a program."""

import csv
import io
import json
from typing import Any

from ui.export.view import View

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet run a cell (OWASP, "CSV Injection"), full-width forms included."""


def to_csv(view: View) -> str:
    """Return the rows as CSV (RFC 4180); every row carries the date and version of the corpus."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    stamp = view.stamp.fields
    writer.writerow([*map(safe_cell, view.columns), *stamp])
    for row in view.rows:
        writer.writerow([safe_cell(cell) for cell in (*row, *stamp.values())])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Return the text so that a spreadsheet shows it and does not run it: an apostrophe is put before a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_json(view: View) -> str:
    """Return the rows as a list of objects, or an answer as its object; each carries date and version of the corpus."""
    if view.answer is not None:
        return _dumped({**view.answer.model_dump(mode="json"), **view.stamp.fields})
    return _dumped([{**record, **view.stamp.fields} for record in view.records])


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
