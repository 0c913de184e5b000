"""What `pincite eval` prints: tables and progress for a person, Markdown for a document."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from corpus.errors import Fault
from eval.grids import Grid
from eval.results import Run

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

MAX_LISTED = 20
"""How many faults or errors are printed in full; the rest is counted."""


def grid(table: Grid, markdown: bool = False) -> None:
    """Print a table."""
    if markdown:
        out.print(table.markdown(), markup=False, soft_wrap=True)
        out.print()
        return
    shown = Table(title=escape(table.title) or None, title_justify="left", title_style="bold")
    for number, column in enumerate(table.columns):
        shown.add_column(escape(column), justify="left" if number == 0 else "right")
    for row in table.rows:
        shown.add_row(*map(escape, row))
    out.print(shown)


def faults(found: Iterable[Fault]) -> None:
    """Print malformed lines as `file:line: what`, and how many there are (on standard error)."""
    listed = list(found)
    for fault in listed[:MAX_LISTED]:
        err.print(escape(str(fault)), soft_wrap=True)
    if listed:
        err.print(f"{len(listed)} malformed lines; they are in no figure.")


def errors(run: Run) -> None:
    """Print a summary of the items on which the system failed (on standard error)."""
    reasons = Counter(result.error for result in run.results if result.error)
    if not reasons:
        return
    err.print(f"{run.info.errors} of {len(run.results)} items failed and scored zero:")
    for reason, count in reasons.most_common(MAX_LISTED):
        err.print(f"  {count} × {escape(str(reason))}", soft_wrap=True)


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[tuple[Progress, TaskID]]:
    """Show a progress bar (on standard error, gone when done); yield it and the task's number."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
    )
    with bar:
        yield bar, bar.add_task(what, total=total)


def tell(line: str) -> None:
    """Print one line of news (on standard error)."""
    err.print(escape(line))
