"""The refusal data set, for the tests of this folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.refusal import Decision

DATA = Path(__file__).parents[3] / "eval" / "datasets" / "refusals"

Judge = Callable[..., Decision]


def prompts(split: str, language: str | None = None) -> list[dict[str, Any]]:
    """Return the rows of a split, of English (`en`) or of all other languages (`other`)."""
    lines = (DATA / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if language is None or (row["language"] == "en") == (language == "en")]
