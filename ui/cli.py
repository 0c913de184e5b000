"""The command line: `pincite ask`, `search`, `index`, `serve`, `corpus …`, `refusal …`, `eval …` and the desk's.

Heavy packages are imported inside the commands that need them, so that `--help` and `corpus` answer at once.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.catalogue import Catalogue
from corpus.errors import PinciteError
from corpus.model import Document
from eval.cli import app as eval_app
from ui.desk import register as register_desk

app = typer.Typer(
    name="pincite",
    help="Cited answers about the law on AI-generated sexual abuse material and non-consensual deepfakes. "
    "Not legal advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
corpus_app = typer.Typer(help="List, show and check the digests.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(corpus_app, name="corpus")
refusal_app = typer.Typer(help="See how requests are judged.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(refusal_app, name="refusal")
app.add_typer(eval_app, name="eval")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program instead of text for a person.")]
Jurisdictions = Annotated[
    list[str] | None,
    typer.Option(
        "--jurisdiction", "-j", metavar="CODE", help="Only this jurisdiction (KR, GB, US-CA); may be repeated."
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The law of that day: YYYY, YYYY-MM or YYYY-MM-DD.")
]


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        from ui import console

        console.print_line(f"pincite {version('pincite')}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    """Take the options that stand before any command; each acts through its callback."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in plain words.")] = None,
    jurisdiction: Jurisdictions = None,
    as_of: AsOf = None,
    history: Annotated[
        list[str] | None, typer.Option("--history", metavar="QUESTION", help="An earlier question; may be repeated.")
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE", help="Answer JSON lines of {question, history?, as_of?}; - is stdin."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer a question, each sentence with its citation."""
    from rag.model import Question
    from ui import console

    if batch is not None:
        _ask_batch(batch)
        return
    asked = Question.parse(
        {"question": question or "", "history": history, "jurisdictions": jurisdiction, "as_of": as_of}
    )
    with console.opened() as assistant:
        answer = assistant.invoke(asked)
    if as_json:
        console.print_line(answer.model_dump_json())
    else:
        console.print_answer(answer)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="What to look for.")],
    jurisdiction: Jurisdictions = None,
    as_of: AsOf = None,
    count: Annotated[int, typer.Option("--count", "-k", min=1, max=100, help="How many passages.")] = 8,
    as_json: Json = False,
) -> None:
    """Print the passages that fit best, with their scores."""
    from rag.model import Question
    from rag.retrieve import Scope, as_langchain
    from ui import console

    asked = Question.parse({"question": text, "jurisdictions": jurisdiction, "as_of": as_of})
    with console.opened() as assistant:
        found = assistant.retriever.search(asked.question, count, Scope.of(asked))
        documents = assistant.index.catalogue.documents
    if as_json:
        items = [as_langchain(item, documents[item.passage.document]) for item in found]
        rows = [{"passage": item.id, "text": item.page_content, **item.metadata} for item in items]
        console.print_line(json.dumps(rows, ensure_ascii=False))
    else:
        console.print_passages(found, dict(documents))


@app.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build it anew, whatever is there.")] = False,
) -> None:
    """Build the index, or bring it up to date; asking does this by itself."""
    from ui import console

    with console.opened(rebuild=rebuild) as assistant:
        ready = assistant.index
    console.out.print(
        f"The index holds {len(ready.catalogue)} documents, {len(ready.passages)} passages and "
        f"{len(ready.sentences)} sentences of corpus {ready.catalogue.version}, as of {ready.catalogue.as_of}."
    )


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 is every network.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
) -> None:
    """Start the web page and its API."""
    from rag.settings import settings
    from ui import console
    from ui.web import serve as serve_page

    with console.opened() as assistant:
        serve_page(assistant, host=host or settings().host, port=port or settings().port, tell=console.print_line)


@app.command("mcp")
def mcp_server() -> None:
    """Serve the MCP tools over standard input and output, for an assistant that speaks the protocol."""
    from ui import console
    from ui.mcp import serve_stdio

    with console.opened() as assistant:
        serve_stdio(assistant)


@corpus_app.command("check")
def corpus_check(
    folder: Annotated[Path | None, typer.Argument(help="A tree of digests; the default is the corpus in use.")] = None,
) -> None:
    """Say what is wrong with the digests, as `file:line: …`; exit 1 if anything is."""
    from corpus.check import check
    from ui import console

    catalogue = _catalogue(folder)
    faults = check(catalogue)
    for fault in faults:
        console.print_line(str(fault))
    console.print_line(f"{len(catalogue)} documents, {len(faults)} faults")
    if faults:
        raise typer.Exit(1)


@corpus_app.command("list")
def corpus_list(
    jurisdiction: Jurisdictions = None,
    kind: Annotated[list[str] | None, typer.Option(help="statute, case, bill, …; may be repeated.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="in-force, pending, final, …; may be repeated.")] = None,
    conduct: Annotated[list[str] | None, typer.Option(help="produce, possess, distribute, …; may be repeated.")] = None,
    as_json: Json = False,
) -> None:
    """List the digests that match every filter."""
    from ui import console

    found = _catalogue(None).select(jurisdiction or (), kind or (), status or (), conduct or ())
    if as_json:
        console.print_line(json.dumps([_front_matter(document) for document in found], ensure_ascii=False))
    elif not found:
        console.out.print("No digest matches all filters; leave one out.")
    else:
        console.print_documents(found)


@corpus_app.command("show")
def corpus_show(document_id: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """Print one digest in full."""
    from ui import console

    document = _catalogue(None).get(document_id)
    if as_json:
        console.print_line(json.dumps({**_front_matter(document), "text": document.text}, ensure_ascii=False))
    else:
        console.print_document(document)


@corpus_app.command("seeds")
def corpus_seeds(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the file is current; exit 1 if not.")
    ] = False,
    file: Annotated[Path, typer.Option(help="The file of records.")] = Path("seeds/sources.jsonl"),
) -> None:
    """Write the record of each source address of the corpus."""
    from corpus.seeds import is_current, seed_lines
    from ui import console

    catalogue = _catalogue(None)
    if check:
        current = is_current(file, catalogue)
        console.print_line(f"{file} is {'current' if current else 'stale: run pincite corpus seeds'}")
        raise typer.Exit(0 if current else 1)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(seed_lines(catalogue), encoding="utf-8")
    console.print_line(f"wrote {file}")


@refusal_app.command("explain")
def refusal_explain(
    text: Annotated[str, typer.Argument(help="The request to judge.")],
    history: Annotated[
        list[str] | None, typer.Option("--history", metavar="QUESTION", help="An earlier question; may be repeated.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the normalised text, the rules that fired, the classifier's scores and the decision."""
    from dataclasses import asdict

    from rag.model import Question
    from rag.refusal import explain
    from ui import console

    asked = Question.parse({"question": text, "history": history})
    with console.opened() as assistant:
        shown = explain(asked.question, asked.history, assistant.index.encoder.read)
    if as_json:
        console.print_line(json.dumps(asdict(shown), ensure_ascii=False))
    else:
        console.print_explanation(shown)


register_desk(app)


def main() -> None:
    """Run the command line; an error that a person can mend is one message and exit code 2."""
    try:
        app(prog_name="pincite")
    except PinciteError as error:
        from ui import console

        console.fail(str(error))
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)


def _ask_batch(file: str) -> None:
    """Answer every line; a line that can't be answered gets an object with `error`, and the exit code is 1."""
    from ui import console

    failed = False
    with _lines(file) as lines, console.opened() as assistant:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                answer = assistant.invoke(_question(line))
            except PinciteError as error:
                failed = True
                console.print_line(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False))
            else:
                console.print_line(answer.model_dump_json())
    if failed:
        raise typer.Exit(1)


def _question(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise PinciteError(f"Not JSON: {error}.", "Write one object of {question, history?, as_of?} a line.") from None
    if not isinstance(value, dict):
        raise PinciteError("Not an object.", "Write one object of {question, history?, as_of?} a line.")
    return value


@contextmanager
def _lines(file: str) -> Iterator[Iterable[str]]:
    if file == "-":
        yield sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8") as lines:
            yield lines
    except (OSError, UnicodeDecodeError) as error:
        raise PinciteError(f"{file} can't be read: {getattr(error, 'strerror', None) or error}.") from None


def _catalogue(folder: Path | None) -> Catalogue:
    from rag.settings import settings

    return Catalogue.load(folder or settings().corpus_dir)


def _front_matter(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude={"text", "sections", "digest"}, exclude_none=True)


if __name__ == "__main__":
    main()
