"""The command line: what a person or a program gets, and what bad input is told."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ui import cli


@pytest.fixture
def run(data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `pincite …` in this process; return (exit code, standard output, standard error)."""
    monkeypatch.setenv("PINCITE_DATA_DIR", str(data_dir))
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["pincite", *arguments])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_ask_as_json_is_the_answer(run: Any) -> None:
    code, out, err = run("ask", "--json", "What sentence did the South Korean man get for his AI images?")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["outcome"] == "answered" and "two years and six months" in answer["text"]
    first = answer["sources"][0]
    assert first["document"] == "kr-busan-district-court-2023-ai-images"
    assert {"pinpoint", "title", "citation", "jurisdiction", "status", "as_of", "passage", "urls"} <= first.keys()


def test_ask_for_a_person(run: Any) -> None:
    code, out, _ = run("ask", "What must platforms do within 48 hours under the TAKE IT DOWN Act?")
    assert code == 0
    assert "[1]" in out and "in-force" in out and "https://" in out and "Not legal advice" in out


def test_batch_keeps_order_and_names_bad_lines(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "What is NCMEC?"}\nnot json\n\n{"question": ""}\n{"question": "18 USC 2256"}\n')
    code, out, _ = run("ask", "--batch", str(file))
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [row.get("question") or row.get("line") for row in rows] == ["What is NCMEC?", 2, 4, "18 USC 2256"]
    assert "Not JSON" in rows[1]["error"] and "empty" in rows[2]["error"]


def test_search_prints_passages_with_scores(run: Any) -> None:
    code, out, _ = run("search", "possession in Scotland", "-j", "GB-SCT", "-k", "3", "--json")
    rows = json.loads(out)
    assert code == 0 and len(rows) == 3
    assert all(row["jurisdiction"] == "GB-SCT" and row["score"] and row["text"] for row in rows)


def test_corpus_list_filters(run: Any) -> None:
    code, out, _ = run("corpus", "list", "--jurisdiction", "KR", "--kind", "case", "--json")
    rows = json.loads(out)
    assert code == 0 and rows
    assert {(row["jurisdiction"], row["kind"]) for row in rows} == {("KR", "case")}
    assert "No digest" in run("corpus", "list", "-j", "KR", "--kind", "bill")[1]


def test_corpus_show(run: Any) -> None:
    code, out, _ = run("corpus", "show", "us-18-usc-2256")
    assert code == 0 and "18 U.S.C. § 2256" in out and "At a glance" in out


def test_corpus_check_fails_on_a_fault(run: Any, tmp_path: Path) -> None:
    assert run("corpus", "check")[0] == 0
    (tmp_path / "bad.md").write_text("no front matter\n")
    (tmp_path / "corpus").mkdir()
    good = Path(cli.__file__).parents[1] / "corpus/documents/asia/kr-apcy-art-11.md"
    shutil.copy(good, tmp_path / "corpus")
    (tmp_path / "corpus" / "bad.md").write_text("no front matter\n")
    code, out, _ = run("corpus", "check", str(tmp_path / "corpus"))
    assert code == 1 and "bad.md:1: no front matter" in out


def test_corpus_seeds_check(run: Any, tmp_path: Path) -> None:
    assert run("corpus", "seeds", "--check", "--file", str(tmp_path / "s.jsonl"))[0] == 1
    assert run("corpus", "seeds", "--file", str(tmp_path / "s.jsonl"))[0] == 0
    assert run("corpus", "seeds", "--check", "--file", str(tmp_path / "s.jsonl"))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", ""), "the question is empty"),
        (("ask", "x" * 100_000), "shorten it"),
        (("ask", "law", "-j", "QQ"), "Unknown jurisdiction 'QQ'"),
        (("ask", "law", "--as-of", "2025-02-30"), "as_of"),
        (("ask", "--batch", "/no/such/file"), "can't be read"),
        (("corpus", "show", "kr-busan-court"), "Unknown document"),
        (("corpus", "list", "--kind", "poem"), "Unknown kind 'poem'. Allowed: "),
    ],
)
def test_bad_input_is_one_message(run: Any, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2 and message in err and "Traceback" not in err


def test_the_data_folder_can_not_be_used(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PINCITE_DATA_DIR", str(tmp_path / "file"))
    code, _, err = run("ask", "law")
    assert code == 2 and "PINCITE_DATA_DIR" in err


def test_help_names_every_command_and_the_program() -> None:
    done = subprocess.run([sys.executable, "-m", "ui.cli", "--help"], capture_output=True, text=True, timeout=60)
    assert all(name in done.stdout for name in ("ask", "search", "index", "serve", "corpus"))
    assert done.stdout.startswith("Usage: pincite ")


def test_it_tells_its_version(run: Any) -> None:
    code, out, _ = run("--version")
    assert code == 0 and re.fullmatch(r"pincite \d+\.\d+\.\d+\n", out)
