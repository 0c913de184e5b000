"""Seeds: one record for each source address, whoever cites it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import Catalogue
from corpus.seeds import is_current, seed_lines, seed_records

WriteTree = Callable[[dict[str, str]], Path]

COMMITTED = Path(__file__).parents[2] / "seeds" / "sources.jsonl"
SHARED = "https://example.org/shared"
FIELDS = ["url", "publisher", "title", "date", "official", "seen", "documents"]


def source(name: str, url: str, official: bool = False, seen: bool = True, date: str = "") -> str:
    lines = [f"  - id: {name}", f"    title: Title {name}", f"    publisher: Publisher {name}", f"    url: {url}"]
    lines += [f"    date: {date}"] if date else []
    lines += [f"    official: {str(official).lower()}", f"    seen: {str(seen).lower()}"]
    return "\n".join(lines) + "\n"


def digest(name: str, sources: str) -> str:
    return (
        f"---\nid: {name}\nkind: report\ntitle: T\ncitation: C\njurisdiction: KR\nstatus: published\n"
        f"dates:\n  published: 2023\nas_of: 2023\nprotects: any\nsynthetic: covered\nconduct: [possess]\n"
        f"sources:\n{sources}---\n\n## At a glance\n\nA sentence on Korea. [^a]\n"
    )


def load(write_tree: WriteTree, **digests: str) -> Catalogue:
    return Catalogue.load(write_tree({f"asia/{name}.md": digest(name, text) for name, text in digests.items()}))


def test_record_has_the_fields_of_a_source_and_the_documents_that_cite_it(write_tree: WriteTree) -> None:
    catalogue = load(write_tree, one=source("a", SHARED, official=True, date="2023-09"))
    assert seed_records(catalogue) == [
        {
            "url": SHARED,
            "publisher": "Publisher a",
            "title": "Title a",
            "date": "2023-09",
            "official": True,
            "seen": True,
            "documents": ["one"],
        }
    ]


@pytest.mark.parametrize(
    ("what", "first", "second", "expected"),
    [
        ("documents of both", {}, {}, {"documents": ["one", "two"]}),
        ("publisher of the first", {}, {}, {"publisher": "Publisher a", "title": "Title a"}),
        ("date of the first", {"date": "2023"}, {"date": "2024"}, {"date": "2023"}),
        ("date of the second if the first has none", {}, {"date": "2024"}, {"date": "2024"}),
        ("no date", {}, {}, {"date": None}),
        ("official if the first says so", {"official": True}, {}, {"official": True}),
        ("official if the second says so", {}, {"official": True}, {"official": True}),
        ("not official if none says so", {}, {}, {"official": False}),
        ("seen if the first was", {"seen": True}, {"seen": False}, {"seen": True}),
        ("seen if the second was", {"seen": False}, {"seen": True}, {"seen": True}),
        ("not seen if none was", {"seen": False}, {"seen": False}, {"seen": False}),
    ],
)
def test_address_of_two_documents_is_one_record(
    write_tree: WriteTree, what: str, first: dict[str, Any], second: dict[str, Any], expected: dict[str, Any]
) -> None:
    one, two = source("a", SHARED, **first), source("b", SHARED, **second)
    [record] = seed_records(load(write_tree, one=one, two=two))
    assert {name: record[name] for name in expected} == expected, what


def test_address_twice_in_one_document_names_the_document_once(write_tree: WriteTree) -> None:
    [record] = seed_records(load(write_tree, one=source("a", SHARED) + source("b", SHARED)))
    assert record["documents"] == ["one"]


def test_records_are_sorted_by_address(write_tree: WriteTree) -> None:
    urls = ["https://example.org/b", "https://example.org/a", "http://example.org/c", "https://example.org/a/1"]
    catalogue = load(
        write_tree, one=source("a", urls[0]) + source("b", urls[1]), two="".join(map(source, "cd", urls[2:]))
    )
    assert [record["url"] for record in seed_records(catalogue)] == sorted(urls)


def test_lines_are_one_json_object_each_with_names_as_they_are_written(write_tree: WriteTree) -> None:
    korean = source("a", SHARED).replace("Title a", "아동ㆍ청소년의 성보호에 관한 법률")
    catalogue = load(write_tree, one=korean + source("b", "https://example.org/z"))
    text = seed_lines(catalogue)
    assert text.endswith("\n")
    assert "아동ㆍ청소년의 성보호에 관한 법률" in text
    assert [json.loads(line) for line in text.splitlines()] == seed_records(catalogue)
    assert [list(json.loads(line)) for line in text.splitlines()] == [FIELDS, FIELDS]


@pytest.mark.parametrize(
    ("what", "change", "current"),
    [
        ("the records", lambda data: data, True),
        ("a record less", lambda data: data[:0], False),
        ("a record more", lambda data: data + data, False),
        ("a changed title", lambda data: data.replace(b"Title a", b"Title b"), False),
        ("no newline at the end", lambda data: data.rstrip(b"\n"), False),
        ("other line ends", lambda data: data.replace(b"\n", b"\r\n"), False),
        ("not UTF-8", lambda data: data.replace(b"Title a", b"Title \xe9"), False),
    ],
)
def test_file_is_current_if_it_holds_exactly_the_records(
    write_tree: WriteTree, tmp_path: Path, what: str, change: Callable[[bytes], bytes], current: bool
) -> None:
    catalogue = load(write_tree, one=source("a", SHARED))
    path = tmp_path / "sources.jsonl"
    path.write_bytes(change(seed_lines(catalogue).encode()))
    assert is_current(path, catalogue) is current, what


def test_missing_file_is_not_current(write_tree: WriteTree, tmp_path: Path) -> None:
    assert is_current(tmp_path / "sources.jsonl", load(write_tree, one=source("a", SHARED))) is False


def test_committed_seeds_are_current(bundled: Catalogue) -> None:
    assert is_current(COMMITTED, bundled), "run `pincite corpus seeds` and commit seeds/sources.jsonl"


def test_committed_seeds_name_every_document(bundled: Catalogue) -> None:
    records = [json.loads(line) for line in COMMITTED.read_text(encoding="utf-8").splitlines()]
    assert {name for record in records for name in record["documents"]} == set(bundled.documents)
