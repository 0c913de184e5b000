"""The bundled corpus, and two small sound documents from which a test makes its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Catalogue
from corpus.catalogue import BUNDLED

STATUTE = """\
---
id: us-18-usc-2252a
kind: statute
title: Activities relating to child pornography
citation: 18 U.S.C. § 2252A
aliases: [possession statute, PROTECT Act offence]
jurisdiction: US
status: in-force
dates:
  enacted: 1996-09-30
  amended: 2018-12
as_of: 2025-06
protects: minors
synthetic: explicit
conduct: [distribute, possess]
penalties:
  - conduct: [possess]
    prison_years_min: 0
    prison_years_max: 10
    fine: null
    note: 20 years if the image shows a child under 12
sources:
  - id: s1
    title: 18 U.S.C. 2252A
    publisher: Office of the Law Revision Counsel
    url: https://uscode.house.gov/2252A
    date: 2025-01
    official: true
  - id: s2
    title: A commentary
    publisher: Example Law Review
    url: https://example.org/commentary
    official: false
    seen: false
related: [us-ca-doe-v-roe]
---

## At a glance

Section 2252A of Title 18 punishes the distribution and the possession of child pornography in the United States.
Section 2252A of Title 18 took effect on 30 September 1996 (Pub. L. 104-208). [^s1]

## § 2252A(b)(2) — penalties for possession

Section 2252A(b)(2) of Title 18 sets at most 10 years of imprisonment for possession. The maximum under section
2252A(b)(2) is 20 years if the image shows a child under 12. [^s1][^s2]

Commentary on section 2252A(b)(2) of Title 18 notes that the range rises to 10 to 20 years with a prior conviction.
[^s2]

## Limits

Section 2252A(c) of Title 18 gives an affirmative defence to a person who possessed fewer than three images, took
prompt steps to destroy them and reported the matter to a law enforcement agency. The defence in section 2252A(c)
does not reach morphed images of identifiable minors, and it was still in force when this digest was written. [^s1]
"""

CASE = """\
---
id: us-ca-doe-v-roe
kind: case
title: Doe v. Roe
citation: Doe v. Roe (Cal. Super. Ct. 2025)
jurisdiction: US-CA
status: final
dates:
  decided: 2025-03-04
as_of: 2025-07
protects: adults
synthetic: covered
conduct: [civil-remedy]
court: Superior Court of California
parties: Doe v. Roe
outcome: judgment
sentence:
  prison_months: null
  suspended: null
  fine: 1,500 dollars
  other: null
applies: [us-18-usc-2252a]
sources:
  - id: s1
    title: Doe v. Roe, judgment
    publisher: Superior Court of California
    url: https://courts.example.org/doe-v-roe
    date: 2025-03-04
    official: true
---

## At a glance

The Superior Court of California gave judgment for the plaintiff in Doe v. Roe on 4 March 2025. Doe v. Roe concerned a
sexual deepfake of an adult that the defendant had shared with others in a closed group without any consent. [^s1]

## Facts

The defendant in Doe v. Roe shared the altered image of the plaintiff with twelve members of a closed group. The
plaintiff in Doe v. Roe learnt of the image from a colleague and asked the operator of the group to remove it. [^s1]

## Holding

The Superior Court of California held in Doe v. Roe that an altered image is a depiction of the person whose face it
shows, because an ordinary viewer takes the person to be shown. The Superior Court of California left open in
Doe v. Roe whether a label on the image would have changed the result. [^s1]
"""

WriteTree = Callable[[dict[str, str]], Path]


@pytest.fixture(scope="session")
def bundled() -> Catalogue:
    return Catalogue.load(BUNDLED)


@pytest.fixture
def statute() -> str:
    return STATUTE


@pytest.fixture
def case() -> str:
    return CASE


@pytest.fixture
def write_tree(tmp_path: Path) -> WriteTree:
    """Write texts at their paths below a new folder; return the folder."""

    def write(files: dict[str, str]) -> Path:
        root = tmp_path / "documents"
        root.mkdir(exist_ok=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return root

    return write
