"""The policy desk on the command line: `pincite cases`, `laws`, `compare`, `timeline` and `coverage`.

Each prints a table, or with --json, --csv or --markdown the same rows for a program, a spreadsheet or a memo; --out
writes a file in the format of its ending.
"""

from pathlib import Path
from typing import Annotated

import typer

from corpus.catalogue import Catalogue
from corpus.query import compare, tally
from ui import deliver
from ui.queries import Desk, documents_found

Many = list[str] | None

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
Limit = Annotated[int | None, typer.Option(metavar="N", help="Only the first N rows; the summary tells how many more.")]
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
    limit: Limit = None,
    counts: Counts = False,
    sentences: Annotated[bool, typer.Option("--sentences", help="Print how terms of prison are spread.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """List decisions, with sentence, holding and the laws they applied."""
    from ui.export import view_of_cases

    desk = _desk()
    result = desk.find_cases(locals())
    if counts:
        deliver.deliver_counts(result, as_json)
    elif sentences:
        deliver.deliver_sentences(result)
    else:
        view = view_of_cases(desk.catalogue, result.head(limit))
        deliver.deliver(view, deliver.CASES, as_json=as_json, as_csv=as_csv, as_markdown=as_markdown, out=out)


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
    limit: Limit = None,
    counts: Counts = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """List laws, bills and treaties, with status, dates and penalties."""
    from ui.export import view_of_laws

    desk = _desk()
    result = desk.find_laws(locals())
    if counts:
        deliver.deliver_counts(result, as_json)
    else:
        view = view_of_laws(desk.catalogue, result.head(limit))
        deliver.deliver(view, deliver.LAWS, as_json=as_json, as_csv=as_csv, as_markdown=as_markdown, out=out)


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
    comparison = compare(catalogue, jurisdictions or (), question or (), as_of).sorted(sort or "jurisdiction")
    view = view_of_comparison(catalogue, comparison if subdivisions else comparison.closed())
    deliver.deliver(view, deliver.COMPARISON, as_json=as_json, as_csv=as_csv, as_markdown=as_markdown, out=out)


def show_timeline(
    jurisdiction: Jurisdiction = None,
    kind: Kind = None,
    event: Annotated[Many, typer.Option(metavar="WORD", help="enacted, effective, amended, decided, …")] = None,
    conduct: Conduct = None,
    protects: Protects = None,
    synthetic: Synthetic = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Then or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Then or before.")] = None,
    text: Text = None,
    as_of: AsOf = None,
    sort: Sort = None,
    limit: Limit = None,
    counts: Counts = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """List what happened when: bills, enactments, commencements, amendments, ends of laws and decisions."""
    from ui.export import view_of_timeline

    desk = _desk()
    result = desk.find_events(locals())
    if counts:
        deliver.deliver_counts(result, as_json)
    else:
        view = view_of_timeline(desk.catalogue, result.head(limit))
        deliver.deliver(view, deliver.TIMELINE, as_json=as_json, as_csv=as_csv, as_markdown=as_markdown, out=out)


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
    limit: Limit = None,
    counts: Counts = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """Say what the corpus holds, how fresh it is, and where it is weak."""
    from ui.export import Stamp, view_of_coverage

    desk = _desk()
    result = desk.find_holdings(locals())
    if counts:
        deliver.deliver_counts(result, as_json)
    elif any((gap, limit, sort, as_json, as_csv, as_markdown, out)):
        view = view_of_coverage(desk.catalogue, result.head(limit))
        deliver.deliver(view, deliver.COVERAGE, as_json=as_json, as_csv=as_csv, as_markdown=as_markdown, out=out)
    else:
        deliver.deliver_tally(tally(result.rows), result.facets["gap"], Stamp.of(desk.catalogue).text)


def _catalogue() -> Catalogue:
    from rag.settings import settings

    return Catalogue.load(settings().corpus_dir)


def _desk() -> Desk:
    """The desk over the corpus in use; only a search for free text opens the index."""
    return Desk(_catalogue(), _searched)


def _searched(text: str) -> tuple[str, ...]:
    from ui import console

    with console.opened() as assistant:
        return documents_found(assistant, text)
