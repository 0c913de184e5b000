"""Small catalogues made of front matter alone, and the real one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import Catalogue

MakeCatalogue = Callable[..., Catalogue]

_LAW = {
    "kind": "statute",
    "citation": "Act 1",
    "jurisdiction": "US",
    "status": "in-force",
    "dates": {"enacted": "2020-01-01"},
    "as_of": "2026-01",
    "protects": "minors",
    "synthetic": "explicit",
    "conduct": ["produce"],
}
_CASE = {
    **_LAW,
    "kind": "case",
    "citation": "A v. B",
    "status": "final",
    "dates": {"decided": "2024-03-04"},
    "court": "High Court",
    "outcome": "convicted",
}
_SOURCE = {"id": "s1", "title": "Source", "publisher": "Court", "url": "https://example.org/a", "official": True}
_BODY = "\n\n## At a glance\n\n{0} is a text. It has two sentences.[^s1]\n\n## Holding\n\n{0} held this.[^s1]\n"


@pytest.fixture
def make(tmp_path: Path) -> MakeCatalogue:
    """Write one document for each dictionary (`kind: case` starts from a decision, else from a statute); load them."""

    def build(*fronts: dict[str, Any]) -> Catalogue:
        root = tmp_path / "documents" / "test"
        root.mkdir(parents=True, exist_ok=True)
        for front in fronts:
            base = _CASE if front.get("kind") == "case" else _LAW
            data = {"title": front["id"], "sources": [_SOURCE], **base, **front}
            text = f"---\n{yaml.safe_dump(data, allow_unicode=True)}---{_BODY.format(front['id'])}"
            (root / f"{front['id']}.md").write_text(text, encoding="utf-8")
        catalogue = Catalogue.load(root.parent)
        assert not catalogue.faults
        return catalogue

    return build
