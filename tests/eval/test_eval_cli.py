"""The commands, on toy systems and the package's own corpus."""

import json
from pathlib import Path

import pytest
from toys import question
from typer.testing import CliRunner

from corpus.errors import PinciteError
from eval.cli import app
from eval.gate import Baseline

RUNNER = CliRunner()


def silent(*_: object) -> dict[str, str]:
    """Know nothing."""
    return {"outcome": "abstained", "text": "I know nothing."}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data.jsonl"
    rows = [question(id=f"q{number}", documents=["us-18-usc-2252a"]).model_dump_json() for number in range(3)]
    path.write_text("\n".join([*rows, "{"]), encoding="utf-8")
    return path


def invoke(*arguments: str) -> tuple[int, str, str]:
    result = RUNNER.invoke(app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_run_is_scored_compared_and_reported(data: Path, tmp_path: Path) -> None:
    system = f"python:{__name__}:silent"
    for name in ("a", "b"):
        code, out, err = invoke("answers", "--data", str(data), "--system", system, "--out", name, "--markdown")
        assert code == 0
        assert "| Answer accuracy | 0.000 | 0.000 to 0.708 | 3 |" in out
        assert f"{data}:4: not JSON" in err
        assert "1 malformed lines" in err
    code, out, _ = invoke("compare", "a", "b", "--markdown")
    assert code == 0
    assert "0 items gained, 0 lost" not in out
    assert "| Answer accuracy | 0.000 | 0.000 | +0.000 |" in out
    assert invoke("report", "a")[0] == 0
    assert (tmp_path / "a" / "report.html").stat().st_size > 10_000
    assert json.loads((tmp_path / "a" / "run.json").read_text(encoding="utf-8"))["malformed"] == 1


def test_the_default_folder_names_day_system_and_split(data: Path, tmp_path: Path) -> None:
    invoke("answers", "--data", str(data), "--system", f"python:{__name__}:silent", "--limit", "1")
    (folder,) = (tmp_path / "runs").iterdir()
    assert folder.name.endswith(f"-python-{__name__.replace('_', '-')}-silent-answers")


def test_a_failing_system_is_summed_up(data: Path) -> None:
    code, _, err = invoke("answers", "--data", str(data), "--system", "python:operator:index", "--out", "x")
    assert code == 0
    assert "3 of 3 items failed and scored zero" in err


def test_prompts_are_tabled_by_category(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "prompts.jsonl"
    path.write_text('{"text": "Is it a crime?", "label": "answer", "category": "technique"}\n', encoding="utf-8")
    code, out, _ = invoke("refusals", "--data", str(path), "--system", f"python:{__name__}:silent", "--markdown")
    assert code == 0
    assert "| technique | 1 |" in out
    assert "| answer | 0 | 0 | 1 | 0 |" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["answers", "--data", "none.jsonl"], "can't be read"),
        (["answers", "--system", "nothing"], "Unknown system"),
        (["compare", "x", "y"], "No run in x"),
        (["report", "x"], "No run in x"),
        (["gate", "--baseline", "none.json"], "can't be read"),
    ],
)
def test_bad_input_is_an_error_that_says_the_mend(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PinciteError, match=says):
        invoke(*arguments)


def test_new_floors_are_written_over_a_damaged_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.cli._gate_runs", lambda *_: {})
    path = tmp_path / "baseline.json"
    path.write_text("damaged", encoding="utf-8")
    code, out, _ = invoke("gate", "--accept", "--baseline", str(path))
    assert (code, out) == (0, f"wrote {path}\n")
    assert Baseline.read(path) == Baseline()


def test_the_data_sets_can_be_checked(data: Path) -> None:
    code, out, _ = invoke("check", "--data", str(data))
    assert code == 1
    assert f"{data}:4: not JSON" in out
    assert "3 rows, 4 faults" in out
