"""The desk on the command line: twelve questions of a policy team, every form of output, and bad input."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from corpus import Catalogue, PinciteError
from ui import console
from ui.desk import register


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> Any:
    """Run a command of the desk over the real corpus, read once; return what it printed, or raise what it told."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("ui.desk._catalogue", lambda: catalogue)
    app = typer.Typer(pretty_exceptions_enable=False)
    register(app)

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return call


def documents(printed: str) -> list[str]:
    return [row["document"] for row in json.loads(printed)]


@pytest.mark.parametrize(
    ("arguments", "among", "not_among"),
    [
        (("cases", "--min-months", "61"), "gb-r-v-nelson-2024", "gb-r-v-tyler-2025"),
        (("cases", "--min-months", "60", "--jurisdiction", "GB"), "gb-r-v-tyler-2025", "us-united-states-v-dean"),
        (("cases", "--outcome", "convicted", "--outcome", "pleaded-guilty", "--without", "distribute"),
         "kr-busan-district-court-2023-ai-images", "kr-snu-deepfake-case"),
        (("laws", "--as-of", "2023", "--status", "in-force", "--synthetic", "explicit", "--certain"),
         "cn-deep-synthesis-provisions", "gb-serious-crime-act-2015-s69"),
        (("compare", "KR", "GB", "US", "JP", "DE", "--question", "possess"), "kr-apcy-art-11", "fr-cp-227-23"),
        (("laws", "--changed-from", "2024", "--sort", "changed"), "nl-sr-252", "us-defiance-act"),
        (("cases", "--law", "18 U.S.C. § 1466A"), "us-united-states-v-whorley", "us-united-states-v-williams"),
        (("laws", "--status", "pending", "--conduct", "provide-tools"),
         "eu-com-2024-60-recast", "us-tn-code-39-17-1002"),
        (("timeline", "--from", "2026-06", "--event", "effective"),
         "eu-ai-act-2026-nudification-ban", "us-18-usc-1466a"),
        (("cases", "--outcome", "acquitted"), "se-nja-2012-s-400", "gb-r-v-nelson-2024"),
        (("compare", "--question", "request"), "gb-sexual-offences-act-2003-s66e-66f", "us-18-usc-1466a"),
        (("coverage", "--gap", "unseen-source"), "us-18-usc-1466a", "gb-r-v-tyler-2025"),
    ],
)  # fmt: skip
def test_twelve_questions(run: Any, arguments: tuple[str, ...], among: str, not_among: str) -> None:
    found = documents(run(*arguments, "--json"))
    assert among in found and not_among not in found


@pytest.mark.parametrize("command", ["cases", "laws", "compare", "timeline", "coverage"])
def test_each_command_has_each_form(run: Any, command: str, catalogue: Catalogue, tmp_path: Path) -> None:
    rows = json.loads(run(command, "--json"))
    assert rows and all("document" in row and row["corpus_version"] == catalogue.version for row in rows)
    assert len(list(csv.DictReader(io.StringIO(run(command, "--csv"))))) == len(rows)
    assert run(command, "--markdown").startswith("# ")
    assert run(command).strip()
    for ending in ("csv", "json", "md", "bib", "csl.json"):
        target = tmp_path / f"desk.{ending}"
        assert run(command, "--out", str(target)) == ""
        assert target.stat().st_size > 100


def test_the_corpus_of_the_settings_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINCITE_CORPUS_DIR", str(tmp_path))
    app = typer.Typer()
    register(app)
    assert "No documents in" in str(CliRunner().invoke(app, ["cases"]).exception)


def test_json_has_no_value_that_json_does_not_know(run: Any) -> None:
    printed = run("cases", "--sort=-months", "--json")
    assert "Infinity" not in printed and "NaN" not in printed
    assert json.loads(printed)[0]["life"] is True


def test_subdivisions_can_be_closed(run: Any) -> None:
    opened = json.loads(run("compare", "US", "-q", "possess-minors", "--json"))
    closed = json.loads(run("compare", "US", "-q", "possess-minors", "--no-subdivisions", "--json"))
    assert len(opened) > len(closed) == 1
    assert opened[0]["subdivisions"][0] == opened[1]["jurisdiction"]


def test_a_comparison_can_be_sorted_by_question(run: Any) -> None:
    rows = json.loads(run("compare", "KR", "JP", "-q", "possess", "--sort", "question", "--json"))
    assert [(row["jurisdiction"], row["question"]) for row in rows] == [
        ("KR", "possess-minors"), ("JP", "possess-minors"), ("KR", "possess-adults"), ("JP", "possess-adults"),
    ]  # fmt: skip


def test_counts_and_sentences(run: Any) -> None:
    counted = json.loads(run("cases", "--jurisdiction", "KR", "--counts", "--json"))
    assert {"facet": "jurisdiction", "value": "GB"}.items() <= next(
        row for row in counted if row["value"] == "GB"
    ).items()
    assert "over 20 years" in run("cases", "--sentences")


def test_a_limit_cuts_the_rows_and_the_summary_says_how_many_there_are(run: Any) -> None:
    assert len(documents(run("cases", "--limit", "3", "--json"))) == 3
    assert re.search(r"96 decisions of 96 in the corpus; the first 3 are shown\.", run("cases", "--limit", "3"))
    assert "3 laws of" not in run("laws", "--limit", "3")


def test_a_table_breaks_no_word_and_no_id(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console.out, "_width", 100)
    printed = run("cases", "--min-months", "61")
    assert max(map(len, printed.splitlines())) <= 100
    for document in documents(run("cases", "--min-months", "61", "--json")):
        assert re.search(rf"{document}\s", printed)
    assert "imprisonment" in printed and "pleaded-guilty" in printed


def test_an_empty_result_says_what_to_loosen(run: Any) -> None:
    assert "Taking away" in run("cases", "--jurisdiction", "FR", "--min-months", "900")
    assert json.loads(run("cases", "--jurisdiction", "FR", "--min-months", "900", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("cases", "--outcome", "convictd"), "Did you mean convicted"),
        (("cases", "--jurisdiction", "ZZ"), "Unknown jurisdiction"),
        (("cases", "--min-months", "9", "--max-months", "3"), "inverted"),
        (("cases", "--from", "2025-02-30"), "no such day"),
        (("cases", "--text", " "), "empty"),
        (("cases", "--json", "--csv"), "Only one"),
        (("laws", "--as-of", "soon"), "not a date"),
        (("laws", "--sort", "size"), "Allowed"),
        (("compare", "KR", "--question", "poses"), "Did you mean"),
        (("timeline", "--from", "2025", "--to", "2024"), "inverted"),
        (("coverage", "--gap", "holes"), "Allowed"),
        (("cases", "--out", "memo.pdf"), "end in one of"),
        (("cases", "--limit", "0"), "limit 0 is out of range"),
        (("cases", "--min-months", "nan"), "is not a number"),
        (("cases", "--law", "Act of the Moon"), "Unknown law"),
        (("cases", "--suspended", "--conduct", "steal"), "Allowed|Did you mean"),
        (("laws", "--passed-from", "2025", "--passed-to", "2024"), "inverted"),
        (("laws", "--min-years", "-3"), "negative"),
        (("laws", "--kind", "case"), "Unknown kind"),
        (("compare", "Atlantis"), "Unknown jurisdiction"),
        (("compare", "KR", "--as-of", "2024-13"), "not a date"),
        (("timeline", "--event", "birth"), "Unknown event"),
        (("coverage", "--as-of", "2025-02-29"), "no such day"),
    ],
)
def test_bad_input_is_told_with_what_to_do(run: Any, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(PinciteError, match=message):
        run(*arguments)


def test_free_text_goes_through_the_retriever(run: Any, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINCITE_DATA_DIR", str(data_dir))
    found = documents(run("cases", "--text", "manga drawings acquittal", "--json"))
    assert "se-nja-2012-s-400" in found[:3]
