"""Speed of the policy desk's filters over the corpus multiplied: `python -m eval.benchmarks.desk [FACTOR [ROUNDS]]`."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median, quantiles

from corpus.catalogue import Catalogue
from corpus.model import Document
from corpus.query import CaseQuery, LawQuery, Laws, Precedents, Timeline, TimelineQuery, compare
from rag.settings import settings


def multiplied(catalogue: Catalogue, factor: int) -> Catalogue:
    """Return the catalogue with each document `factor` times, under new ids that point to each other within a copy."""
    documents: dict[str, Document] = {}
    for copy in range(factor):
        for document in catalogue.documents.values():
            name = _copied(document.id, copy)
            documents[name] = document.model_copy(
                update={
                    "id": name,
                    "applies": tuple(_copied(law, copy) for law in document.applies),
                    "related": tuple(_copied(other, copy) for other in document.related),
                }
            )
    return replace(catalogue, documents=documents)


def timings(catalogue: Catalogue, rounds: int) -> dict[str, dict[str, float]]:
    """Return p50 and p95 in milliseconds of typical questions to the desk."""
    precedents, laws, events = Precedents(catalogue), Laws(catalogue), Timeline(catalogue)
    asked: dict[str, Callable[[], object]] = {
        "cases, no filter": lambda: precedents.find(),
        "cases, 60 months or more in GB": lambda: precedents.find(CaseQuery(months_min=60, jurisdiction=("GB",))),
        "cases, law applied by citation": lambda: precedents.find(CaseQuery(law=("18 U.S.C. § 1466A",))),
        "cases, as of 2020": lambda: precedents.find(CaseQuery(as_of="2020", outcome=("affirmed",))),
        "laws, no filter": lambda: laws.find(),
        "laws, explicit, in force in 2023": lambda: laws.find(
            LawQuery(as_of="2023", status=("in-force",), synthetic=("explicit",))
        ),
        "compare, five countries on possession": lambda: compare(
            catalogue, ("KR", "GB", "US", "JP", "DE"), ("possess",)
        ),
        "timeline, 2025": lambda: events.find(TimelineQuery(start="2025", end="2025")),
    }
    return {name: _measured(ask, rounds) for name, ask in asked.items()}


def _measured(ask: Callable[[], object], rounds: int) -> dict[str, float]:
    ask()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": round(median(taken), 2), "p95_ms": round(quantiles(taken, n=20)[-1], 2)}


def _copied(name: str, copy: int) -> str:
    return f"{name}-copy{copy}" if copy else name


def main() -> None:
    """Print the figures as one JSON object."""
    given = [int(value) for value in sys.argv[1:3]]
    factor, rounds = (*given, *(10, 50)[len(given) :])
    catalogue = multiplied(Catalogue.load(settings().corpus_dir), factor)
    report = {"documents": len(catalogue), "rounds": rounds, "questions": timings(catalogue, rounds)}
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
