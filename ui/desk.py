"""The policy desk on the command line: `pincite cases`, `laws`, `compare`, `timeline` and `coverage`.

Each prints a table, or with --json, --csv or --markdown the same rows for a program, a spreadsheet or a memo; --out
writes a file in the format of its ending.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.catalogue import Catalogue
from corpus.errors import PinciteError
from corpus.query import (
    CaseQuery,
    CaseRow,
    CoverageQuery,
    FacetValue,
    LawQuery,
    Laws,
    Precedents,
    Result,
    TimelineQuery,
    compare,
    coverage,
    distribution,
    tally,
    timeline,
)
from corpus.query.dates import parse_span

Many = list[str] | None

_CASES = ("document", "date", "court", "outcome", "sentence", "status")
"""The columns of decisions that a terminal has room for."""

Jurisdiction = Annotated[
    Many,
    typer.Option("--jurisdiction", "-j", metavar="CODE", help="KR, GB, US-CA or a name; a country includes its parts."),
]
Conduct = Annotated[Many, typer.Option(metavar="WORD", help="produce, possess, distribute, threaten, …")]
Protects = Annotated[Many, typer.Option(metavar="WORD", help="minors, adults or any.")]
Synthetic = Annotated[
    Many, typer.Option(metavar="WORD", help="explicit, covered, disputed, excluded or not-addressed.")
]
Status = Annotated[Many, typer.Option(metavar="WORD", help="in-force, pending, final, … (on the day of --as-of).")]
Kind = Annotated[Many, typer.Option(metavar="WORD", help="statute, regulation, bill, treaty, case, …")]
Text = Annotated[str | None, typer.Option(help="Words to look for; the best match comes first.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="What stood then: YYYY, YYYY-MM or YYYY-MM-DD.")
]
Certain = Annotated[bool, typer.Option("--certain", help="With --as-of: only what surely stood so on that day.")]
Sort = Annotated[str | None, typer.Option(metavar="KEY", help="Sort by this; -KEY for the reverse.")]
Counts = Annotated[bool, typer.Option("--counts", help="Print how many there are of each facet value instead.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a list of objects, each naming its document.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print a memo in Markdown.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a file: .csv .json .md .docx .bib or .csl.json.")]


def register(app: typer.Typer) -> None:
    """Add the desk's commands to an application."""
    app.command("cases")(cases)
    app.command("laws")(laws)
    app.command("compare")(compare_jurisdictions)
    app.command("timeline")(show_timeline)
    app.command("coverage")(show_coverage)


def cases(
    jurisdiction: Jurisdiction = None,
    court: Annotated[Many, typer.Option(metavar="NAME", help="A court's name or a part of it.")] = None,
    outcome: Annotated[Many, typer.Option(metavar="WORD", help="convicted, pleaded-guilty, acquitted, …")] = None,
    conduct: Conduct = None,
    without: Annotated[Many, typer.Option(metavar="WORD", help="Conduct that the decision is not about.")] = None,
    protects: Protects = None,
    synthetic: Synthetic = None,
    law: Annotated[Many, typer.Option(metavar="LAW", help='A law applied: id, name or "18 U.S.C. § 1466A".')] = None,
    status: Status = None,
    suspended: Annotated[bool | None, typer.Option(help="Only suspended, or only immediate, imprisonment.")] = None,
    min_months: Annotated[
        float | None, typer.Option(help="Months of imprisonment, at least; life is above all.")
    ] = None,
    max_months: Annotated[float | None, typer.Option(help="Months of imprisonment, at most.")] = None,
    decided_from: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Decided then or later.")] = None,
    decided_to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Decided then or before.")] = None,
    text: Text = None,
    as_of: AsOf = None,
    certain: Certain = False,
    sort: Sort = None,
    counts: Counts = False,
    sentences: Annotated[bool, typer.Option("--sentences", help="Print how terms of prison are spread.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """List decisions, with sentence, holding and the laws they applied."""
    from ui.export import view_of_cases

    catalogue = _catalogue()
    query = CaseQuery(
        jurisdiction=_all(jurisdiction),
        court=_all(court),
        outcome=_all(outcome),
        conduct=_all(conduct),
        without=_all(without),
        protects=_all(protects),
        synthetic=_all(synthetic),
        law=_all(law),
        status=_all(status),
        suspended=suspended,
        months_min=min_months,
        months_max=max_months,
        decided_from=decided_from,
        decided_to=decided_to,
        documents=_found(text),
        as_of=as_of,
        certain=certain,
        sort=sort or "",
    )
    result = Precedents(catalogue).find(query)
    if counts:
        _print_counts(result, as_json)
    elif sentences:
        _print_sentences(result)
    else:
        _deliver(view_of_cases(catalogue, result), _CASES, as_json, as_csv, as_markdown, out)


def laws(
    jurisdiction: Jurisdiction = None,
    kind: Kind = None,
    status: Status = None,
    conduct: Conduct = None,
    protects: Protects = None,
    synthetic: Synthetic = None,
    name: Annotated[Many, typer.Option(metavar="LAW", help="Id, name or citation of a law.")] = None,
    passed_from: Annotated[str | None, typer.Option(metavar="DATE", help="Became law then or later.")] = None,
    passed_to: Annotated[str | None, typer.Option(metavar="DATE", help="Became law then or before.")] = None,
    changed_from: Annotated[str | None, typer.Option(metavar="DATE", help="Passed or amended then or later.")] = None,
    changed_to: Annotated[str | None, typer.Option(metavar="DATE", help="Passed or amended then or before.")] = None,
    effective_from: Annotated[str | None, typer.Option(metavar="DATE", help="In effect since then or later.")] = None,
    effective_to: Annotated[str | None, typer.Option(metavar="DATE", help="In effect since then or before.")] = None,
    min_years: Annotated[float | None, typer.Option(help="Highest maximum of prison in years, at least.")] = None,
    max_years: Annotated[float | None, typer.Option(help="Highest maximum of prison in years, at most.")] = None,
    text: Text = None,
    as_of: AsOf = None,
    certain: Certain = False,
    sort: Sort = None,
    counts: Counts = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """List laws, bills and treaties, with status, dates and penalties."""
    from ui.export import view_of_laws

    catalogue = _catalogue()
    query = LawQuery(
        jurisdiction=_all(jurisdiction),
        kind=_all(kind),
        status=_all(status),
        conduct=_all(conduct),
        protects=_all(protects),
        synthetic=_all(synthetic),
        name=_all(name),
        passed_from=passed_from,
        passed_to=passed_to,
        changed_from=changed_from,
        changed_to=changed_to,
        effective_from=effective_from,
        effective_to=effective_to,
        years_min=min_years,
        years_max=max_years,
        documents=_found(text),
        as_of=as_of,
        certain=certain,
        sort=sort or "",
    )
    result = Laws(catalogue).find(query)
    if counts:
        _print_counts(result, as_json)
    else:
        shown = ("document", "law", "status", "passed", "amended", "synthetic")
        _deliver(view_of_laws(catalogue, result), shown, as_json, as_csv, as_markdown, out)


def compare_jurisdictions(
    jurisdictions: Annotated[
        Many, typer.Argument(metavar="[CODE]...", help="KR GB US …; all where none is named.")
    ] = None,
    question: Annotated[
        Many,
        typer.Option(
            "--question", "-q", metavar="KEY",
            help="create, possess, share, threaten, request, provide-tools (each for minors and adults, or "
            "possess-minors …), synthetic, max-prison, civil-remedy, platform-duty, since; all where none is named.",
        ),
    ] = None,
    as_of: AsOf = None,
    subdivisions: Annotated[bool, typer.Option(help="Open the cells that differ by subdivision.")] = True,
    sort: Annotated[str | None, typer.Option(metavar="KEY", help="jurisdiction (as named) or question.")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:  # fmt: skip
    """Compare jurisdictions: what each punishes and provides, with citation, status and documents."""
    from ui.export import view_of_comparison

    catalogue = _catalogue()
    comparison = compare(catalogue, _all(jurisdictions), _all(question), as_of)
    comparison = comparison.sorted(sort or "jurisdiction")
    if not subdivisions:
        comparison = comparison.closed()
    shown = ("jurisdiction", "question", "answer", "citation", "status")
    _deliver(view_of_comparison(catalogue, comparison), shown, as_json, as_csv, as_markdown, out)


def show_timeline(
    jurisdiction: Jurisdiction = None,
    kind: Kind = None,
    event: Annotated[Many, typer.Option(metavar="WORD", help="enacted, effective, amended, decided, …")] = None,
    conduct: Conduct = None,
    protects: Protects = None,
    synthetic: Synthetic = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Then or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Then or before.")] = None,
    as_of: AsOf = None,
    sort: Sort = None,
    counts: Counts = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """List what happened when: bills, enactments, commencements, amendments, ends of laws and decisions."""
    from ui.export import view_of_timeline

    catalogue = _catalogue()
    query = TimelineQuery(
        jurisdiction=_all(jurisdiction),
        kind=_all(kind),
        event=_all(event),
        conduct=_all(conduct),
        protects=_all(protects),
        synthetic=_all(synthetic),
        start=start,
        end=end,
        as_of=as_of,
        sort=sort or "",
    )
    result = timeline(catalogue, query)
    if counts:
        _print_counts(result, as_json)
    else:
        shown = ("date", "event", "title", "document")
        _deliver(view_of_timeline(catalogue, result), shown, as_json, as_csv, as_markdown, out)


def show_coverage(
    jurisdiction: Jurisdiction = None,
    kind: Kind = None,
    gap: Annotated[
        Many, typer.Option(metavar="WORD", help="stale, unseen-source, reported-only or no-official-source.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day from which age is reckoned (YYYY-MM-DD).")
    ] = None,
    sort: Sort = None,
    counts: Counts = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """Say what the corpus holds, how fresh it is, and where it is weak."""
    from ui.export import view_of_coverage

    catalogue = _catalogue()
    today: date | None = parse_span("as-of date", as_of).last if as_of else None
    result = coverage(catalogue, CoverageQuery(_all(jurisdiction), _all(kind), _all(gap), today, sort or ""))
    if counts:
        _print_counts(result, as_json)
    elif any((gap, as_json, as_csv, as_markdown, out)):
        shown = ("document", "kind", "as of", "gaps", "sources not seen", "reported facts")
        _deliver(view_of_coverage(catalogue, result), shown, as_json, as_csv, as_markdown, out)
    else:
        _print_table(
            ("jurisdiction", "kind", "documents"),
            [(row.jurisdiction_name, row.kind, str(row.count)) for row in tally(result.rows)],
        )
        _print_table(("gap", "documents"), [(value.value, str(value.count)) for value in result.facets["gap"]])


def _catalogue() -> Catalogue:
    from rag.settings import settings

    return Catalogue.load(settings().corpus_dir)


def _all(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(values or ())


def _found(text: str | None) -> tuple[str, ...] | None:
    """The documents that a search finds, best first; None where nothing is searched."""
    if text is None:
        return None
    if not text.strip():
        raise PinciteError("The text to look for is empty.", "Give some words, or leave --text out.")
    from ui import console

    with console.opened() as assistant:
        passages = assistant.retriever.search(text, k=100)
    return tuple(dict.fromkeys(found.passage.document for found in passages))


def _deliver(view: Any, shown: Sequence[str], as_json: bool, as_csv: bool, as_markdown: bool, out: Path | None) -> None:
    """Print the view in the form that was asked for, or write it to a file."""
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
        places = [view.columns.index(column) for column in shown]
        if view.rows:
            _print_table(shown, [[row[place] for place in places] for row in view.rows])
        console.out.print(view.summary, markup=False)
        for note in view.notes:
            console.out.print(note, markup=False, style="dim")
        console.out.print(view.stamp.text, markup=False, style="dim")


def _print_counts(result: Result[Any], as_json: bool) -> None:
    import json

    from ui import console

    values: list[FacetValue] = [value for facet in result.facets.values() for value in facet]
    if as_json:
        rows = [{"facet": value.facet, "value": value.value, "count": value.count} for value in values]
        console.print_line(json.dumps(rows, ensure_ascii=False))
    else:
        _print_table(("facet", "value", "count"), [(value.facet, value.value, str(value.count)) for value in values])


def _print_sentences(result: Result[CaseRow]) -> None:
    rows = [(band.label, str(len(band.immediate)), str(len(band.suspended))) for band in distribution(result.rows)]
    _print_table(("imprisonment", "immediate", "suspended"), rows)


def _print_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from ui import console

    table = Table(header_style="bold")
    for column in columns:
        # An id has to be copied in one piece.
        table.add_column(column, overflow="fold", no_wrap=column in ("document", "date"))
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.out.print(table)
