"""No telemetry: indexing, start and question open no connection but to this machine."""

import json
import subprocess
import sys
from pathlib import Path

_ASK = """
import json, sys
seen = []

def hook(event, arguments):
    if event in {"socket.connect", "socket.sendto"}:
        seen.append(arguments[1])
    elif event == "socket.getaddrinfo":
        seen.append(arguments[0])

sys.addaudithook(hook)
sys.argv = ["pincite", *sys.argv[1:]]
from ui import cli
try:
    cli.app(standalone_mode=False)
finally:
    print(json.dumps([str(address) for address in seen]), file=sys.stderr)
"""


def _run(data: Path, corpus: Path | None, *arguments: str) -> tuple[str, list[str]]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(data), "PINCITE_DATA_DIR": str(data)}
    if corpus:
        environment["PINCITE_CORPUS_DIR"] = str(corpus)
    done = subprocess.run(
        [sys.executable, "-c", _ASK, *arguments], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(done.stderr.splitlines()[-1])


def test_indexing_connects_to_nothing(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "corpus" / "documents" / "asia"
    corpus = tmp_path / "corpus" / "asia"
    corpus.mkdir(parents=True)
    name = "kr-busan-district-court-2023-ai-images.md"
    (corpus / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    _, addresses = _run(tmp_path / "data", corpus.parent, "index")
    assert addresses == []


def test_a_question_connects_to_nothing(data_dir: Path) -> None:
    printed, addresses = _run(data_dir, None, "ask", "--json", "What did the Busan court decide?")
    assert json.loads(printed)["outcome"] == "answered"
    assert addresses == []
