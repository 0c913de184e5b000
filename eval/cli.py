"""`pincite eval …`: run a data set, compare runs, write a report, check the data, hold the gate.

Heavy packages are imported inside the commands that need them, so that `--help` answers at once.
"""

import tempfile
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue
    from corpus.errors import Fault
    from eval.data import DataSet
    from eval.gate import Verdict
    from eval.results import Run, RunKind
    from eval.systems import System

app = typer.Typer(
    help="Score answers, refusals and retrieval; compare systems; hold the accepted floors.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Split(StrEnum):
    """The part of a data set that is asked."""

    DEV = "dev"
    TEST = "test"


Data = Annotated[Path | None, typer.Option("--data", metavar="FILE", help="JSON lines; the default is Pincite's own.")]
System_ = Annotated[
    str,
    typer.Option(
        "--system",
        metavar="SYSTEM",
        help="pincite, pincite@URL, stock, stock:K, openai:MODEL@URL or python:module:function.",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Where results go; the default is runs/DATE-SYSTEM-SPLIT.")
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Only the first so many items.")]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by", metavar="DIMENSION", help="Also by type, jurisdiction, kind, difficulty, category, language, target."
    ),
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print tables in Markdown.")]


@app.command()
def ablation(split: Annotated[Split, typer.Option(help="The split of Pincite's own data set.")] = Split.DEV) -> None:
    """Say what each part of the answering is worth: the same questions without one part at a time."""
    from eval.ablation import ablation as table
    from eval.data import DATASETS, read_answers
    from rag.assistant import Assistant

    items = list(read_answers(DATASETS / "answers" / f"{split}.jsonl").items)
    typer.echo(table(Assistant.open(), items).markdown())


@app.command()
def answers(
    data: Data = None,
    split: Annotated[Split, typer.Option(help="The split of Pincite's own data set.")] = Split.DEV,
    system: System_ = "pincite",
    out: Out = None,
    limit: Limit = None,
    by: By = None,
    judge: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Let a chat model judge the nuggets, too (LangChain's name of it)."),
    ] = None,
    markdown: Markdown = False,
) -> None:
    """Ask every question and score the answers; an interrupted run is finished by the same command."""
    from eval import show
    from eval.data import DATASETS, read_answers

    asked = read_answers(data or DATASETS / "answers" / f"{split}.jsonl")
    run = _run("answers", asked, system, out, None if data else split.value, limit)
    _print_run(run, by or ["type"], markdown)
    if judge:
        _print_judged(run, judge, markdown)
    show.faults(asked.faults)
    show.errors(run)


@app.command()
def refusals(
    data: Data = None,
    split: Annotated[Split, typer.Option(help="The split of Pincite's own data set.")] = Split.DEV,
    system: System_ = "pincite",
    out: Out = None,
    limit: Limit = None,
    by: By = None,
    markdown: Markdown = False,
) -> None:
    """Put every prompt to the system and score what it refuses; FILE may be the XSTest prompts as CSV."""
    from eval import show
    from eval.data import DATASETS, read_refusals
    from eval.grids import confusion

    asked = read_refusals(data or DATASETS / "refusals" / f"{split}.jsonl")
    run = _run("refusals", asked, system, out, None if data else split.value, limit)
    _print_run(run, by or ["category", "language", "target"], markdown)
    show.grid(confusion(run), markdown)
    show.faults(asked.faults)
    show.errors(run)


@app.command()
def retrieval(
    sections: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sections to search: {id, title, section, text} a line.")
    ] = None,
    queries: Annotated[Path | None, typer.Option(metavar="FILE", help="Queries: {query, id} a line.")] = None,
    limit: Limit = None,
    markdown: Markdown = False,
) -> None:
    """Index any file of sections and print hit@1, hit@5, hit@10 and MRR of the queries."""
    from eval import show
    from eval.data import DATASETS, RetrievalItem, SectionItem, read_rows
    from eval.grids import figures
    from eval.metrics import RETRIEVAL
    from eval.retrieval import evaluate, open_sections
    from rag.assistant import Assistant
    from rag.index import model_identity
    from rag.settings import settings

    folder = getattr(settings(), "retrieval_data", None) or DATASETS / "retrieval"
    texts = read_rows(sections or _first(folder, "sections.jsonl.gz", "sections.jsonl"), SectionItem)
    asked = read_rows(queries or folder / "queries.jsonl", RetrievalItem)
    encoder = Assistant.open(tell=show.tell).index.encoder
    with show.progress("Encoding sections", len(texts.items)) as (bar, task):
        index = open_sections(
            texts,
            encoder,
            model_identity(settings().model),
            settings().data_dir / "eval",
            lambda done, _: bar.update(task, completed=done),
        )
    items = asked.items[:limit]
    with show.progress("Searching", len(items)) as (bar, task):
        found = evaluate(index, items, lambda: bar.advance(task))
    title = f"{len(items)} queries over {len(texts.items)} sections"
    show.grid(figures(RETRIEVAL, found, title), markdown)
    show.faults([*texts.faults, *asked.faults])


@app.command("compare")
def compare_runs(
    a: Annotated[Path, typer.Argument(metavar="A", help="Folder of a run.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Folder of another run of the same data.")],
    markdown: Markdown = False,
) -> None:
    """Print what B does better or worse than A, whether that could be chance, and the items that flipped."""
    from eval import show
    from eval.compare import compare
    from eval.grids import of_comparison, of_flips
    from eval.results import read_run

    comparison = compare(read_run(a), read_run(b))
    show.grid(of_comparison(comparison), markdown)
    show.grid(of_flips(comparison), markdown)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The page; the default is DIR/report.html.")] = None,
) -> None:
    """Write one HTML page about a run, which opens from disk with no network."""
    from corpus.catalogue import Catalogue
    from eval import show
    from eval.report import write_report
    from eval.results import read_run
    from rag.settings import settings

    page = out or folder / "report.html"
    write_report(read_run(folder), Catalogue.load(settings().corpus_dir), page)
    show.out.print(f"wrote {page}", markup=False, soft_wrap=True)


@app.command()
def check(data: Data = None) -> None:
    """Say what is wrong with the data sets, as `file:line: …`; exit 1 if anything is."""
    from corpus.catalogue import Catalogue
    from eval import show
    from eval.check import check_answers
    from eval.data import read_answers
    from eval.trace import Digests
    from rag.settings import settings

    digests = Digests(Catalogue.load(settings().corpus_dir))
    if data:
        asked = read_answers(data)
        rows, faults = len(asked.items), check_answers(asked, digests)
    else:
        rows, faults = _check_all(digests)
    for fault in faults:
        show.out.print(str(fault), markup=False, soft_wrap=True)
    show.out.print(f"{rows} rows, {len(faults)} faults")
    if faults:
        raise typer.Exit(1)


@app.command()
def gate(
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The accepted floors; the default is eval/baseline.json.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Write the present figures as the new floors.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the runs in this folder.")] = None,
    markdown: Markdown = False,
) -> None:
    """Ask the dev questions and test prompts; exit 1 where a figure is below its floor by more than its interval."""
    from eval import show
    from eval.gate import BASELINE, Baseline

    path = baseline or BASELINE
    floors = Baseline() if accept else Baseline.read(path)
    with tempfile.TemporaryDirectory() as scratch:
        runs = _gate_runs(floors, out or Path(scratch), accept)
    if accept:
        Baseline.of(runs).write(path)
        show.out.print(f"wrote {path}", markup=False, soft_wrap=True)
        return
    found: list[Verdict] = []
    broken: list[str] = []
    for kind, run in runs.items():
        _print_run(run, ["type"] if kind == "answers" else ["category"], markdown)
        for name, judged in floors.judge(run).items():
            _print_verdicts(judged, name, markdown)
            found += judged
            broken += [f"{verdict.metric.name} ({name})" for verdict in judged if not verdict.holds]
        show.errors(run)
    malformed = sum(run.info.malformed for run in runs.values())
    if broken or malformed:
        show.err.print(f"The gate fails: {', '.join(broken) or f'{malformed} malformed lines'}.")
        raise typer.Exit(1)
    show.err.print(f"The gate holds: {len(found)} floors.")


def _gate_runs(floors: Any, folder: Path, accept: bool) -> "dict[RunKind, Run]":
    """Run the data sets that have floors; all there are where new ones are accepted."""
    from eval.data import DATASETS, read_answers, read_refusals

    runs: dict[RunKind, Run] = {}
    if floors.answers or accept:
        asked = read_answers(DATASETS / "answers" / "dev.jsonl")
        runs["answers"] = _run("answers", asked, "pincite", folder / "answers", "dev", None)
    if floors.refusals or accept:
        prompts = read_refusals(DATASETS / "refusals" / "test.jsonl")
        runs["refusals"] = _run("refusals", prompts, "pincite", folder / "refusals", "test", None)
    return runs


def _run(
    kind: "RunKind", data: "DataSet[Any]", spec: str, out: Path | None, split: str | None, limit: int | None
) -> "Run":
    from eval import show
    from eval.run import Job, free_folder, key_of, run
    from eval.systems import resolve
    from rag.settings import settings

    system = resolve(spec, settings(), show.tell)
    named = "".join(char if char.isalnum() or char in ".-" else "-" for char in spec).strip("-")
    folder = out or Path("runs") / "-".join(filter(None, (date.today().isoformat(), named, split or kind)))
    job = Job(kind, data, system, _catalogue(system), folder, split, limit)
    if out is None:
        job = Job(kind, data, system, job.catalogue, free_folder(folder, key_of(job)), split, limit)
    with show.progress(f"{system.name} on {kind}", len(job.items)) as (bar, task):
        done = run(job, lambda _: bar.advance(task))
    show.tell(f"Results are in {job.folder}.")
    return done


def _catalogue(system: "System") -> "Catalogue":
    from corpus.catalogue import Catalogue
    from eval.systems import InProcess
    from rag.settings import settings

    if isinstance(system, InProcess):
        return system.assistant.index.catalogue
    return Catalogue.load(settings().corpus_dir)


def _print_run(run: "Run", dimensions: list[str], markdown: bool) -> None:
    from corpus.errors import UnknownValueError
    from eval import show
    from eval.grids import by_slice, of_run

    main = {
        "answers": ("accuracy", "accuracy_any_length", "vital_nugget_recall", "hit@5"),
        "refusals": ("declined_recall", "over_declined", "support_recall", "support_refused"),
    }
    metrics = [metric for metric in run.metrics if metric.name in main[run.info.kind]]
    show.grid(of_run(run), markdown)
    for dimension in dimensions:
        if dimension not in run.dimensions:
            raise UnknownValueError("dimension", dimension, run.dimensions)
        show.grid(by_slice(run, dimension, metrics), markdown)


def _print_judged(run: "Run", name: str, markdown: bool) -> None:
    from eval import show
    from eval.grids import figures
    from eval.judge import RECALL, Judge, judged_recall

    judge = Judge.open(name)
    with show.progress(f"{name} judges", len(run.results)) as (bar, task):
        found, unread = judged_recall(judge, run.results, lambda: bar.advance(task))
    show.grid(figures([RECALL], {RECALL.name: found}, f"Judged by {name}"), markdown)
    if unread:
        show.err.print(f"{unread} replies of the judge could not be read and count as zero.")


def _print_verdicts(found: "list[Verdict]", kind: str, markdown: bool) -> None:
    from eval import show
    from eval.grids import of_verdicts

    show.grid(of_verdicts(found, f"Gate: {kind}"), markdown)


def _check_all(digests: Any) -> "tuple[int, list[Fault]]":
    """Check every data set that is in the package."""
    from eval.check import check_answers, check_families, check_refusals, check_retrieval, check_splits
    from eval.data import DATASETS, RetrievalItem, SectionItem, read_answers, read_refusals, read_rows

    splits = {split.value: read_answers(DATASETS / "answers" / f"{split.value}.jsonl") for split in Split}
    train = read_answers(DATASETS / "answers" / "train.jsonl")
    faults = [fault for data in (train, *splits.values()) for fault in check_answers(data, digests)]
    faults += check_splits(splits) + check_splits({"train": train, "test": splits["test"]})
    rows = sum(len(data.items) for data in (train, *splits.values()))
    prompts = {split.value: read_refusals(DATASETS / "refusals" / f"{split.value}.jsonl") for split in Split}
    faults += [fault for data in prompts.values() for fault in check_refusals(data)] + check_families(prompts)
    rows += sum(len(data.items) for data in prompts.values())
    sections = read_rows(DATASETS / "retrieval" / "sections.jsonl", SectionItem)
    queries = read_rows(DATASETS / "retrieval" / "queries.jsonl", RetrievalItem)
    return rows + len(queries.items), faults + check_retrieval(sections, queries)


def _first(folder: Path, *names: str) -> Path:
    """Return the first of the files that exists, or the last one for an error message to name."""
    return next((folder / name for name in names if (folder / name).exists()), folder / names[-1])
