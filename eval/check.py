"""Check the data sets against the corpus: every nugget is in a document of its row, no document is in two splits."""

from collections.abc import Mapping
from pathlib import Path

from corpus.errors import Fault
from eval.data import AnswerItem, DataSet, RefusalItem, RetrievalItem, SectionItem
from eval.text import found
from eval.trace import Digests


def check_answers(data: DataSet[AnswerItem], digests: Digests) -> list[Fault]:
    """Return what is wrong with an answers data set: unread lines, unknown documents, nuggets that nothing carries."""
    faults = list(data.faults)
    for item in data.items:
        unknown = [name for name in item.documents if name not in digests.catalogue.documents]
        faults += [_fault(data, item.id, f"no document {name!r} in the corpus") for name in unknown]
        texts = [digests.text(name) for name in item.documents]
        faults += [
            _fault(data, item.id, f"nugget {number} matches none of its documents")
            for number, nugget in enumerate(item.nuggets, 1)
            if not any(found(pattern, text) for pattern in nugget.any for text in texts)
        ]
    return sorted(faults)


def check_splits(splits: Mapping[str, DataSet[AnswerItem]]) -> list[Fault]:
    """Return a fault for each document that rows of two splits share."""
    owners: dict[str, str] = {}
    faults = []
    for split, data in splits.items():
        for item in data.items:
            for name in item.documents:
                if owners.setdefault(name, split) != split:
                    faults.append(_fault(data, item.id, f"document {name!r} is also in the split {owners[name]!r}"))
    return faults


def check_refusals(data: DataSet[RefusalItem]) -> list[Fault]:
    """Return what is wrong with a refusals data set: unread lines, prompts that occur twice, twins of one side only."""
    faults = list(data.faults)
    seen: set[str] = set()
    labels: dict[str, set[str]] = {}
    for item in data.items:
        if item.id in seen:
            faults.append(Fault(data.paths[0], 1, f"a prompt of family {item.family!r} occurs twice"))
        seen.add(item.id)
        if item.twin:
            labels.setdefault(item.twin, set()).add(item.label)
    faults += [
        Fault(data.paths[0], 1, f"twin {name!r} pairs no refused prompt with another")
        for name, of_twin in labels.items()
        if "refuse" not in of_twin or len(of_twin) < 2
    ]
    return faults


def check_families(splits: Mapping[str, DataSet[RefusalItem]]) -> list[Fault]:
    """Return a fault for each template family that two splits share."""
    owners: dict[str, str] = {}
    shared: set[tuple[str, str]] = set()
    for split, data in splits.items():
        shared |= {
            (item.family, split)
            for item in data.items
            if item.family and owners.setdefault(item.family, split) != split
        }
    return [
        Fault(splits[split].paths[0], 1, f"family {name!r} is also in the split {owners[name]!r}")
        for name, split in sorted(shared)
    ]


def check_retrieval(sections: DataSet[SectionItem], queries: DataSet[RetrievalItem]) -> list[Fault]:
    """Return what is wrong with a retrieval data set: unread lines, and queries whose section is not there."""
    known = {section.id for section in sections.items}
    missing = sorted({query.id for query in queries.items} - known)
    unknown = [Fault(queries.paths[0], 1, f"no section {name!r}") for name in missing]
    return [*sections.faults, *queries.faults, *unknown]


def _fault(data: DataSet[AnswerItem], name: str, message: str) -> Fault:
    return Fault(data.paths[0], _line(data.paths[0], name), f"{name}: {message}")


def _line(path: Path, name: str) -> int:
    if path.is_dir():
        return 1
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if f'"{name}"' in line:
            return number
    return 1
