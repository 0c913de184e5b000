"""Exports, opened again: the same rows, the date and the version of the corpus, and no cell that runs."""

import csv
import dataclasses
import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Catalogue, PinciteError, UnknownValueError
from corpus.query import (
    CaseQuery,
    CoverageQuery,
    LawQuery,
    Laws,
    Precedents,
    TimelineQuery,
    compare,
    coverage,
    timeline,
)
from rag.model import Answer, AnswerSentence, AnswerSource, Understood
from ui.export import (
    FORMATS,
    View,
    format_of,
    memo_of,
    render,
    to_csv,
    to_docx,
    to_json,
    view_of_answer,
    view_of_cases,
    view_of_comparison,
    view_of_coverage,
    view_of_laws,
    view_of_timeline,
    write,
)
from ui.export.bibliography import escaped
from ui.export.memo import to_markdown
from ui.export.sheet import safe_cell
from ui.export.word import printable


@pytest.fixture(scope="module")
def views(catalogue: Catalogue) -> dict[str, View]:
    cases = Precedents(catalogue).find(CaseQuery(months_min=60))
    found = Laws(catalogue).find(LawQuery(jurisdiction=("KR", "US"), as_of="2023"))
    return {
        "cases": view_of_cases(catalogue, cases),
        "laws": view_of_laws(catalogue, found),
        "compare": view_of_comparison(catalogue, compare(catalogue, ["KR", "DE", "US"], ["possess"])),
        "timeline": view_of_timeline(catalogue, timeline(catalogue, TimelineQuery(start="2026"))),
        "coverage": view_of_coverage(catalogue, coverage(catalogue, CoverageQuery(("KR", "JP")))),
        "answer": view_of_answer(catalogue, _answer(catalogue)),
        "empty": view_of_cases(catalogue, Precedents(catalogue).find(CaseQuery(months_min=9999, months_max=9999))),
    }


def _answer(catalogue: Catalogue) -> Answer:
    law = catalogue.get("us-18-usc-1466a")
    source = AnswerSource(
        number=1, document=law.id, pinpoint="§ 1466A(c)", title=law.title, citation=law.citation, jurisdiction="US",
        jurisdiction_name="United States", kind=law.kind, status=law.status, as_of=law.as_of, passage="The passage.",
        urls=(law.sources[0].url,),
    )  # fmt: skip
    return Answer(
        question="=Must the child exist?", outcome="answered", text="No real child is required [1].",
        sentences=(AnswerSentence(text="No real child is required.", citations=(1,)),), sources=(source,),
        understood=Understood(question="Must the child exist?"),
    )  # fmt: skip


NAMES = ("cases", "laws", "compare", "timeline", "coverage", "answer", "empty")


@pytest.mark.parametrize("name", NAMES)
def test_csv_opened_again_has_the_same_rows(views: dict[str, View], name: str) -> None:
    view = views[name]
    head, *rows = list(csv.reader(io.StringIO(to_csv(view), newline="")))
    stamp = list(view.stamp.fields)
    assert head == [*view.columns, *stamp]
    assert len(rows) == len(view.rows)
    for written, row in zip(rows, view.rows, strict=True):
        assert [cell.removeprefix("'") for cell in written[: len(row)]] == [cell.removeprefix("'") for cell in row]
        assert written[len(row) :] == list(view.stamp.fields.values())


@pytest.mark.parametrize("name", NAMES)
def test_json_opened_again_names_each_document(views: dict[str, View], name: str) -> None:
    view = views[name]
    opened = json.loads(to_json(view))
    if name == "answer":
        assert opened["corpus_version"] == view.stamp.corpus_version
        assert Answer.model_validate({key: opened[key] for key in Answer.model_fields}) == view.answer
        return
    assert [row["document"] for row in opened] == [record["document"] for record in view.records]
    assert all(row["corpus_as_of"] == view.stamp.corpus_as_of and row["corpus_version"] for row in opened)


@pytest.mark.parametrize("name", NAMES)
def test_the_markdown_memo_has_its_parts_and_its_stamp(views: dict[str, View], name: str) -> None:
    text = to_markdown(memo_of(views[name]))
    assert re.findall(r"^## (.+)$", text, re.M) == [
        "Short answer", "Background law", "Analysis by jurisdiction", "Caveats", "Sources",
    ]  # fmt: skip
    assert views[name].stamp.text in text and "not legal advice" in text
    for document in views[name].documents:
        assert f"[{document.id}]" in text


@pytest.mark.parametrize("name", NAMES)
def test_docx_opened_again_says_what_the_memo_says(views: dict[str, View], name: str) -> None:
    memo = memo_of(views[name])
    opened = docx.Document(io.BytesIO(to_docx(memo)))
    headings = [one.text for one in opened.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [section.heading for section in memo.sections]
    assert memo.stamp in [one.text for one in opened.paragraphs]
    cells = [[cell.text for cell in row.cells] for table in opened.tables for row in table.rows]
    grids = [block for section in memo.sections for block in section.blocks if hasattr(block, "columns")]
    assert cells == [[printable(cell) for cell in row] for grid in grids for row in (grid.columns, *grid.rows)]


@pytest.mark.parametrize("name", NAMES)
def test_csl_json_has_one_item_of_the_right_type_for_each_document(views: dict[str, View], name: str) -> None:
    items = {item["id"]: item for item in json.loads(render(views[name], "csl.json"))}
    assert set(items) == {document.id for document in views[name].documents}
    types = {
        "statute": "legislation", "regulation": "legislation", "bill": "bill", "treaty": "treaty",
        "case": "legal_case", "guidance": "report", "report": "report", "article": "webpage",
        "platform-policy": "webpage", "resource": "webpage",
    }  # fmt: skip
    for document in views[name].documents:
        item = items[document.id]
        assert (item["type"], item["title"]) == (types[document.kind], document.title)
        assert item["URL"] in {source.url for source in document.sources}
        assert document.kind != "case" or item["URL"] == document.sources[0].url, "not the statute's page"
        assert views[name].stamp.corpus_version in item["note"]


@pytest.mark.parametrize("name", NAMES)
def test_bibtex_opened_again_has_each_document(views: dict[str, View], name: str) -> None:
    text = render(views[name], "bib").decode()
    assert views[name].stamp.text in text
    entries = {key: kind for kind, key in re.findall(r"^@(\w+)\{([\w-]+),$", text, re.M)}
    kinds = {"case": "jurisdiction", "statute": "legislation", "bill": "legislation", "treaty": "legal"}
    for document in views[name].documents:
        assert entries[document.id] == kinds.get(document.kind, entries[document.id])
        assert f"title = {{{escaped(document.title)}}}" in text
    assert len(entries) == len(views[name].documents)
    assert _balanced(text)


def _balanced(text: str) -> bool:
    return len(re.findall(r"(?<!\\)\{", text)) == len(re.findall(r"(?<!\\)\}", text))


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_runs_as_a_formula(views: dict[str, View], first: str) -> None:
    evil = f"{first}HYPERLINK(1)"
    view = dataclasses.replace(
        views["empty"], columns=("a", evil), rows=((evil, "plain"),), records=({"document": "x"},)
    )
    for row in csv.reader(io.StringIO(to_csv(view), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in row)


@given(st.text())
def test_a_safe_cell_keeps_its_text_and_never_runs(text: str) -> None:
    safe = safe_cell(text)
    assert safe in (text, f"'{text}")
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(max_size=300))
def test_any_text_can_be_put_into_a_word_document(text: str) -> None:
    docx.Document().add_paragraph(printable(text))


@given(st.text(alphabet=st.sampled_from("a\\{}&%$#_~^ ")))
def test_escaped_text_never_opens_or_closes_a_field(text: str) -> None:
    assert _balanced(escaped(text))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", "csv"),
        ("A.JSON", "json"),
        ("a.md", "md"),
        ("a.docx", "docx"),
        ("a.bib", "bib"),
        ("a.csl.json", "csl.json"),
    ],
)
def test_a_file_has_the_format_of_its_ending(views: dict[str, View], tmp_path: Path, name: str, form: str) -> None:
    assert format_of(Path(name)) == form
    write(views["cases"], tmp_path / name)
    written = (tmp_path / name).read_bytes()
    assert written.removeprefix(b"\xef\xbb\xbf") == render(views["cases"], form) or form == "docx"
    assert written.startswith({"csv": b"\xef\xbb\xbf", "docx": b"PK"}.get(form, b""))


@pytest.mark.parametrize("path", ["a.pdf", "a", "json"])
def test_an_unknown_ending_names_the_known(views: dict[str, View], tmp_path: Path, path: str) -> None:
    with pytest.raises(PinciteError, match=re.escape(".csl.json")):
        write(views["cases"], tmp_path / path)
    with pytest.raises(UnknownValueError, match="Unknown format"):
        render(views["cases"], "pdf")


def test_a_file_that_cannot_be_written_is_told(views: dict[str, View], tmp_path: Path) -> None:
    with pytest.raises(PinciteError, match="can't be written"):
        write(views["cases"], tmp_path / "missing" / "a.csv")


def test_every_format_carries_the_chosen_day(views: dict[str, View]) -> None:
    for form in set(FORMATS) - {"docx"}:
        assert "2023" in render(views["laws"], form).decode()
    assert "Law as of 2023" in memo_of(views["laws"]).stamp


def test_a_memo_warns_of_bills(views: dict[str, View]) -> None:
    assert any(note.startswith("Bills, not law") and "S. 1837" in note for note in views["compare"].notes)


def test_an_empty_view_says_what_to_try(views: dict[str, Any]) -> None:
    assert "Taking away" in to_markdown(memo_of(views["empty"]))
