"""How the desk's commands hand over what they found: a table for a terminal, a form for a program, or a file."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import PinciteError
from corpus.query import CaseRow, Count, FacetValue, Result, distribution
from ui.export import View

Layout = Sequence[tuple[str, tuple[str, ...]]]
"""Columns of a terminal: each heading with the columns of the view that stand there, one below the other."""

CASES: Layout = (
    ("decision", ("case", "document")),
    ("date", ("date",)),
    ("outcome", ("outcome", "status")),
    ("sentence", ("sentence",)),
)
LAWS: Layout = (
    ("law", ("law", "document")),
    ("status", ("status",)),
    ("passed", ("passed",)),
    ("amended", ("amended",)),
    ("AI-made", ("synthetic",)),
)
COMPARISON: Layout = (
    ("jurisdiction", ("jurisdiction",)),
    ("question", ("question",)),
    ("answer", ("answer",)),
    ("law", ("citation", "status")),
)
TIMELINE: Layout = (
    ("date", ("date",)),
    ("event", ("event",)),
    ("title", ("title", "document")),
    ("jurisdiction", ("jurisdiction",)),
)
COVERAGE: Layout = (
    ("document", ("title", "document")),
    ("kind", ("kind",)),
    ("as of", ("as of",)),
    ("weakness", ("gaps",)),
    ("sources not seen", ("sources not seen",)),
    ("reported facts", ("reported facts",)),
)


def deliver(view: View, layout: Layout, *, as_json: bool, as_csv: bool, as_markdown: bool, out: Path | None) -> None:
    """Print the view in the form that was asked for, or write it to a file.

    Raises:
        PinciteError: several forms were asked for, or the file can't be written.
    """
    from ui import console
    from ui.export import render, write

    forms = [form for form, asked in (("json", as_json), ("csv", as_csv), ("md", as_markdown)) if asked]
    if len(forms) > 1:
        raise PinciteError("Only one of --json, --csv and --markdown can be printed.", "Leave the others out.")
    if out:
        write(view, out)
        console.err.print(f"Wrote {out}: {len(view.rows)} rows.", markup=False)
    if forms:
        console.print_line(render(view, forms[0]).decode("utf-8").rstrip("\r\n"))
    elif not out:
        _print_view(view, layout)


def deliver_counts(result: Result[Any], as_json: bool) -> None:
    """Print how many rows there are of each value of each facet."""
    from ui import console

    values: list[FacetValue] = [value for facet in result.facets.values() for value in facet]
    if as_json:
        rows = [{"facet": value.facet, "value": value.value, "count": value.count} for value in values]
        console.print_line(json.dumps(rows, ensure_ascii=False))
    else:
        console.print_table(
            ("facet", "value", "count"), [(value.facet, value.value, str(value.count)) for value in values]
        )


def deliver_sentences(result: Result[CaseRow]) -> None:
    """Print how many terms of imprisonment fall into each band."""
    from ui import console

    bands = [(band.label, str(len(band.immediate)), str(len(band.suspended))) for band in distribution(result.rows)]
    console.print_table(("imprisonment", "immediate", "suspended"), bands)


def deliver_tally(counts: Iterable[Count], gaps: Iterable[FacetValue], stamp: str) -> None:
    """Print how many documents there are by jurisdiction and kind, and how many have each weakness."""
    from ui import console

    console.print_table(
        ("jurisdiction", "kind", "documents"), [(row.jurisdiction_name, row.kind, str(row.count)) for row in counts]
    )
    console.print_table(("weakness", "documents"), [(value.value, str(value.count)) for value in gaps])
    console.out.print(stamp, markup=False, style="dim")


def _print_view(view: View, layout: Layout) -> None:
    from ui import console

    if view.rows:
        places = [[view.columns.index(column) for column in stacked] for _, stacked in layout]
        rows = [["\n".join(row[place] for place in stacked if row[place]) for stacked in places] for row in view.rows]
        console.print_table([heading for heading, _ in layout], rows)
    console.out.print(view.summary, markup=False)
    for note in view.notes:
        console.out.print(note, markup=False, style="dim")
    console.out.print(view.stamp.text, markup=False, style="dim")
