"""Checking a tree of digests: every fault is found once, at its line, and none stops the others."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Catalogue
from corpus.check import QUOTED_WORDS, WORDS, check

LAW = "us/us-18-usc-2252a.md"
DECISION = "us/us-ca-doe-v-roe.md"

WriteTree = Callable[[dict[str, str]], Path]
Found = list[tuple[str, int, str]]


def found(root: Path) -> Found:
    """Check the tree; return each fault as (path below the root, line, message)."""
    faults = check(Catalogue.load(root))
    return [(fault.path.relative_to(root).as_posix(), fault.line, fault.message) for fault in faults]


def test_sound_tree_has_no_fault(write_tree: WriteTree, statute: str, case: str) -> None:
    assert found(write_tree({LAW: statute, DECISION: case})) == []


LONG = " ".join(["word"] * (QUOTED_WORDS + 1))

# (what is wrong, which document, text to replace, its replacement, the line that is named, part of the message)
FAULTS = [
    ("dangling related", LAW, "related: [us-ca-doe-v-roe]", "related: [us-no-such]", 35, "related: no document 'us-no"),
    ("dangling applies", DECISION, "applies: [us-18-usc-2252a]", "applies: [us-x]", 22, "applies: no document 'us-x'"),
    (
        "dangling related below the word in a title",
        LAW,
        "title: A commentary\n    publisher: Example Law Review\n    url: https://example.org/commentary\n"
        "    official: false\n    seen: false\nrelated: [us-ca-doe-v-roe]",
        "title: 'Laws related: a commentary'\n    publisher: Example Law Review\n    url: https://example.org/c\n"
        "    official: false\n    seen: false\nrelated: [us-no-such]",
        35,
        "related: no document 'us-no-such'",
    ),
    (
        "unused source",
        LAW,
        "  - id: s2\n",
        "  - id: s3\n    title: T\n    publisher: P\n    url: https://example.org/3\n    official: false\n  - id: s2\n",
        29,
        "source 's3' is never used",
    ),
    (
        "unused source whose id another's starts with",
        LAW,
        "  - id: s2\n",
        "  - id: s\n    title: T\n    publisher: P\n    url: https://example.org/3\n    official: false\n  - id: s2\n",
        29,
        "source 's' is never used",
    ),
    (
        "unused source on one line",
        LAW,
        "related:",
        "  - {id: s3, title: T, publisher: P, url: 'https://example.org/3', official: false}\nrelated:",
        35,
        "source 's3' is never used",
    ),
    ("tracking", LAW, "example.org/commentary", "example.org/c?a=1&utm_source=x", 32, "of source 's2' tracks"),
    ("undefined source", LAW, "under 12. [^s1][^s2]", "under 12. [^s1][^s9]", 46, "[^s9] is no source"),
    ("undefined source mid-paragraph", LAW, "possession. The", "possession. [^s9] The", 45, "expected one of s1, s2"),
    ("duplicate source id", LAW, "  - id: s2\n", "  - id: s1\n", 29, "source 's1' is defined twice"),
    ("paragraph without a source", LAW, "104-208). [^s1]", "104-208).", 40, "paragraph with no source"),
    ("source before the last word", LAW, "104-208). [^s1]", "104-208). [^s1] End.", 40, "at its end"),
    ("heading without its space", LAW, "## Limits", "##Limits", 51, "paragraph with no source"),
    ("first-level heading", LAW, "## Limits", "# Limits", 51, "first-level heading"),
    ("no At a glance", LAW, "## At a glance", "## Summary", 1, "At a glance"),
    ("text before a heading", LAW, "## At a glance", "Prose. [^s1]\n\n## At a glance", 38, "before the first heading"),
    ("long quotation", LAW, "possession. The", f'possession, "{LONG}". The', 45, "quotation of 26 words"),
    ("long typographic quotation", LAW, "possession. The", f"possession, “{LONG}”. The", 45, "quotation of 26 words"),
    ("too long", LAW, "possession. The", f"possession. {'Word. ' * 1100}The", 1, "expected 120 to 1100"),
    ("case without a court", DECISION, "court: Superior Court of California\n", "", 1, "a case with no court"),
    ("case with an empty court", DECISION, "court: Superior Court of California", "court: null", 1, "'court'"),
    ("case without an outcome", DECISION, "outcome: judgment\n", "", 1, "a case with no outcome"),
    ("faulty front matter", LAW, "kind: statute", "kind: law", 3, "kind: Input should be"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "old", "new", "line", "message"), FAULTS, ids=[row[0] for row in FAULTS])
def test_fault_is_found_at_its_line(
    write_tree: WriteTree, statute: str, case: str, what: str, name: str, old: str, new: str, line: int, message: str
) -> None:
    tree = {LAW: statute, DECISION: case}
    assert old in tree[name], what
    tree[name] = tree[name].replace(old, new, 1)
    faults = [fault for fault in found(write_tree(tree)) if fault[0] == name]
    assert any(at == line and message in text for _, at, text in faults), faults


def test_too_short_document_says_how_long_it_is(write_tree: WriteTree, statute: str, case: str) -> None:
    short = re.sub(r"\n## §.*", "\n", statute, flags=re.DOTALL).replace("[^s1]", "[^s1][^s2]")
    [(name, line, message)] = found(write_tree({LAW: short, DECISION: case}))
    assert (name, line) == (LAW, 1)
    assert re.fullmatch(r"\d+ words; expected 120 to 1100", message)


@pytest.mark.parametrize("words", [WORDS.start, WORDS.stop - 1])
def test_lengths_at_the_limits_are_sound(write_tree: WriteTree, statute: str, case: str, words: int) -> None:
    front = statute[: statute.index("\n## ")]
    heading = "\n## At a glance\n\n"
    filler = words - len(heading.split()) - 1
    text = f"{front}{heading}{' '.join(['word'] * filler)} [^s1][^s2]\n"
    assert found(write_tree({LAW: text, DECISION: case})) == []


def test_quotation_at_the_limit_is_sound(write_tree: WriteTree, statute: str, case: str) -> None:
    quotation = " ".join(["word"] * QUOTED_WORDS)
    text = statute.replace("possession. The", f'possession, "{quotation}". The')
    assert found(write_tree({LAW: text, DECISION: case})) == []


def test_each_of_two_faults_of_one_document_is_found_in_the_order_of_lines(
    write_tree: WriteTree, statute: str, case: str
) -> None:
    text = statute.replace("## Limits", "# Limits").replace("[us-ca-doe-v-roe]", "[us-ca-doe-v-roe, us-x]")
    assert [line for _, line, _ in found(write_tree({LAW: text, DECISION: case}))] == [35, 51]


@pytest.mark.parametrize("order", [("asia", "us"), ("us", "asia")], ids=["asia first", "us first"])
def test_id_in_two_folders_is_a_fault_of_the_later_folder(
    write_tree: WriteTree, statute: str, case: str, order: tuple[str, str]
) -> None:
    tree = {f"{folder}/us-18-usc-2252a.md": statute for folder in order}
    [fault] = found(write_tree({**tree, DECISION: case}))
    assert fault == (LAW, 1, "id 'us-18-usc-2252a' is also in asia/; expected a unique id")


@pytest.mark.parametrize("name", ["us-18-usc-2252a.md", "us/federal/us-18-usc-2252a.md"], ids=["root", "deeper"])
def test_fault_names_the_file_wherever_it_lies(write_tree: WriteTree, statute: str, case: str, name: str) -> None:
    root = write_tree({name: statute.replace("## Limits", "# Limits"), DECISION: case})
    assert found(root) == [(name, 51, "first-level heading in the body; expected '## '")]


def test_faulty_document_does_not_stop_the_others(write_tree: WriteTree, statute: str, case: str) -> None:
    lone = statute.replace("id: us-18-usc-2252a", "id: us-lone").replace("related: [us-ca-doe-v-roe]\n", "")
    root = write_tree({LAW: "no front matter", DECISION: case, "us/us-lone.md": lone})
    assert list(Catalogue.load(root).documents) == ["us-ca-doe-v-roe", "us-lone"]
    assert [(name, line) for name, line, _ in found(root)] == [(LAW, 1), (DECISION, 22)]


def test_tree_of_faulty_documents_only_is_checked_too(write_tree: WriteTree) -> None:
    assert [name for name, _, _ in found(write_tree({LAW: "prose", DECISION: "prose"}))] == [LAW, DECISION]


def test_bundled_corpus_has_no_fault(bundled: Catalogue) -> None:
    assert [str(fault) for fault in check(bundled)] == []


def test_bundled_corpus_is_complete(bundled: Catalogue) -> None:
    assert len(bundled) >= 344
