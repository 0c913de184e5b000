"""The catalogue: what it loads, what each facet selects, and when its version changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Catalogue, PinciteError, UnknownValueError

WriteTree = Callable[[dict[str, str]], Path]

LAW = "us/us-18-usc-2252a.md"
DECISION = "us/us-ca-doe-v-roe.md"
KOREA = "asia/kr-report.md"

STATUTE_ID = "us-18-usc-2252a"
CASE_ID = "us-ca-doe-v-roe"
REPORT_ID = "kr-report"


@pytest.fixture
def files(statute: str, case: str) -> dict[str, str]:
    report = (
        statute.replace(f"id: {STATUTE_ID}", f"id: {REPORT_ID}")
        .replace("kind: statute", "kind: report")
        .replace("status: in-force", "status: published")
        .replace("jurisdiction: US", "jurisdiction: KR")
        .replace("as_of: 2025-06", "as_of: 2026-01")
        .replace("conduct: [distribute, possess]", "conduct: [possess, enforcement]")
    )
    return {LAW: statute, DECISION: case, KOREA: report}


@pytest.fixture
def catalogue(write_tree: WriteTree, files: dict[str, str]) -> Catalogue:
    return Catalogue.load(write_tree(files))


def test_documents_are_in_the_order_of_their_ids(catalogue: Catalogue) -> None:
    assert list(catalogue.documents) == [REPORT_ID, STATUTE_ID, CASE_ID]
    assert len(catalogue) == 3


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({}, [REPORT_ID, STATUTE_ID, CASE_ID]),
        ({"jurisdiction": ["US"]}, [STATUTE_ID, CASE_ID]),
        ({"jurisdiction": ["US-CA"]}, [CASE_ID]),
        ({"jurisdiction": ["us-ca"]}, [CASE_ID]),
        ({"jurisdiction": [" kr "]}, [REPORT_ID]),
        ({"jurisdiction": ["KR", "US-CA"]}, [REPORT_ID, CASE_ID]),
        ({"kind": ["statute"]}, [STATUTE_ID]),
        ({"kind": ["statute", "report"]}, [REPORT_ID, STATUTE_ID]),
        ({"kind": ["treaty"]}, []),
        ({"status": ["in-force"]}, [STATUTE_ID]),
        ({"status": ["final", "published"]}, [REPORT_ID, CASE_ID]),
        ({"status": ["lapsed"]}, []),
        ({"conduct": ["possess"]}, [REPORT_ID, STATUTE_ID]),
        ({"conduct": ["enforcement", "civil-remedy"]}, [REPORT_ID, CASE_ID]),
        ({"conduct": ["train-model"]}, []),
        ({"jurisdiction": ["US"], "conduct": ["possess"]}, [STATUTE_ID]),
        ({"jurisdiction": ["US"], "kind": ["case"], "status": ["final"]}, [CASE_ID]),
        ({"jurisdiction": ["KR"], "kind": ["case"]}, []),
    ],
)
def test_select_takes_any_value_of_a_facet_and_all_facets(
    catalogue: Catalogue, facets: dict[str, list[str]], expected: list[str]
) -> None:
    assert [document.id for document in catalogue.select(**facets)] == expected


@pytest.mark.parametrize(
    ("facets", "what", "nearest"),
    [
        ({"jurisdiction": ["US-CB"]}, "Unknown jurisdiction 'US-CB'.", "Did you mean US-CA"),
        ({"jurisdiction": ["Korea"]}, "Unknown jurisdiction 'KOREA'.", "KR"),
        ({"kind": ["statutes"]}, "Unknown kind 'statutes'.", "Did you mean statute"),
        ({"kind": ["law"]}, "Unknown kind 'law'.", "Allowed: article, bill, case"),
        ({"status": ["in force"]}, "Unknown status 'in force'.", "in-force"),
        ({"conduct": ["posess"]}, "Unknown conduct 'posess'.", "Did you mean possess"),
        ({"kind": ["case", "x" * 100]}, "x" * 57 + "…", "Allowed:"),
    ],
)
def test_unknown_value_is_told_the_nearest(
    catalogue: Catalogue, facets: dict[str, list[str]], what: str, nearest: str
) -> None:
    with pytest.raises(UnknownValueError) as caught:
        catalogue.select(**facets)
    assert what in caught.value.message
    assert nearest in caught.value.hint


def test_get_gives_the_document_of_an_id(catalogue: Catalogue) -> None:
    assert catalogue.get(CASE_ID).title == "Doe v. Roe"


def test_get_of_an_unknown_id_names_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownValueError, match=r"Unknown document 'us-18-usc-2252'\. Did you mean us-18-usc-2252a"):
        catalogue.get("us-18-usc-2252")


def test_hint_for_many_allowed_values_shows_some() -> None:
    error = UnknownValueError("document", "?", (f"document-{number:03}" for number in range(50)))
    assert error.hint == (
        "There are 50, for example document-000, document-001, document-002, document-003, document-004."
    )


def test_jurisdictions_include_the_countries_of_subdivisions(write_tree: WriteTree, case: str) -> None:
    assert Catalogue.load(write_tree({DECISION: case})).jurisdictions == {"US", "US-CA"}


def test_as_of_is_the_newest_of_all(catalogue: Catalogue) -> None:
    assert catalogue.as_of == "2026-01"


def test_bundled_countries_include_their_subdivisions(bundled: Catalogue) -> None:
    states = [document for document in bundled.documents.values() if document.jurisdiction.startswith("US-")]
    selected = {document.id for document in bundled.select(jurisdiction=["US"])}
    assert states
    assert {document.id for document in states} < selected


# --- version --------------------------------------------------------------------------------------------------------


def test_version_is_twelve_hexadecimal_digits_and_stable(catalogue: Catalogue) -> None:
    assert len(catalogue.version) == 12
    assert int(catalogue.version, 16) >= 0
    assert Catalogue.load(catalogue.root).version == catalogue.version


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return root


def test_version_does_not_depend_on_where_the_folder_lies(tmp_path: Path, files: dict[str, str]) -> None:
    here = write(tmp_path / "here", files)
    there = write(tmp_path / "far" / "away" / "there", dict(reversed(files.items())))
    assert Catalogue.load(here).version == Catalogue.load(there).version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("possession", "Possession"),
        ("as_of: 2025-06", "as_of: 2025-07"),
        ("was written. [^s1]\n", "was written. [^s1]\n\n"),
    ],
)
def test_version_changes_with_a_byte(tmp_path: Path, files: dict[str, str], old: str, new: str) -> None:
    before = Catalogue.load(write(tmp_path / "before", files))
    after = Catalogue.load(write(tmp_path / "after", {**files, LAW: files[LAW].replace(old, new, 1)}))
    assert after.version != before.version


def test_version_changes_with_a_document_more_or_less(tmp_path: Path, files: dict[str, str]) -> None:
    whole = Catalogue.load(write(tmp_path / "whole", files))
    part = Catalogue.load(write(tmp_path / "part", {LAW: files[LAW], DECISION: files[DECISION]}))
    assert whole.version != part.version


# --- folders with nothing in them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["missing", "empty", "other files", "file"])
def test_folder_without_documents_is_an_error_with_a_hint(tmp_path: Path, what: str) -> None:
    root = tmp_path / "documents"
    if what == "file":
        root.write_text("a file", encoding="utf-8")
    elif what != "missing":
        root.mkdir()
    if what == "other files":
        (root / "notes.txt").write_text("no digest", encoding="utf-8")
    with pytest.raises(PinciteError) as caught:
        Catalogue.load(root)
    assert str(root) in caught.value.message
    assert "PINCITE_CORPUS_DIR" in caught.value.hint


def test_folder_of_faulty_documents_only_loads_as_empty(write_tree: WriteTree) -> None:
    catalogue = Catalogue.load(write_tree({LAW: "prose"}))
    assert (len(catalogue), len(catalogue.faults), catalogue.as_of) == (0, 1, "")
