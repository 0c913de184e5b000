"""Three digests, and answers about them whose every score can be worked out by hand."""

from typing import Any

from eval.data import AnswerItem

DOCUMENT = """\
---
id: {id}
kind: {kind}
title: {title}
citation: {title}
jurisdiction: {jurisdiction}
status: in-force
dates: {{enacted: 2020-02-06}}
as_of: 2025-06
protects: minors
synthetic: explicit
conduct: [possess]
penalties:
  - conduct: [possess]
    prison_years_max: {years}
sources:
  - {{id: s1, title: Text, publisher: Ministry, url: https://example.org/{id}, official: true}}
---
## At a glance

{first} {second}[^s1]
"""

FIRST = {
    "xa-act": "The Images Act of Andorra punishes possession with up to 10 years in prison.",
    "xb-act": "The Pictures Act of Belgium punishes possession with up to 2 years and 6 months in prison.",
    "xc-act": "The Likeness Act of Chile is in force since 6 February 2020.",
}
SECOND = {
    "xa-act": "The Images Act of Andorra covers computer-made images.",
    "xb-act": "The Pictures Act of Belgium was amended in 2023.",
    "xc-act": "The Likeness Act of Chile names no minimum term.",
}
PASSAGE = {name: f"{FIRST[name]} {SECOND[name]}" for name in FIRST}


def question(**fields: Any) -> AnswerItem:
    """Return a question about Andorra with some fields changed."""
    values: dict[str, Any] = {
        "id": "q1",
        "question": "How long can one go to prison for possession in Andorra?",
        "type": "penalty",
        "nuggets": [{"text": "10 years", "any": ["up to 10 years"], "vital": True}],
        "documents": ["xa-act"],
        "outcome": "answered",
        "difficulty": "easy",
    }
    return AnswerItem.model_validate({**values, **fields})


def unanswerable(**fields: Any) -> AnswerItem:
    """Return a question that the corpus can't answer."""
    return question(**{"type": "unanswerable", "nuggets": [], "documents": [], "outcome": "abstained", **fields})


def source(number: int, document: str) -> dict[str, Any]:
    """Return the source that cites a document's only passage."""
    return {"number": number, "document": document, "passage": PASSAGE[document], "title": document, "pinpoint": "1"}


def answered(*sentences: tuple[str, str], outcome: str = "answered") -> dict[str, Any]:
    """Return an answer of (sentence, cited document) pairs, as Pincite writes it."""
    numbers = {document: number for number, document in enumerate(dict.fromkeys(name for _, name in sentences), 1)}
    return {
        "outcome": outcome,
        "text": " ".join(f"{text} [{numbers[name]}]" for text, name in sentences),
        "sentences": [{"text": text, "citations": [numbers[name]]} for text, name in sentences],
        "sources": [source(number, name) for name, number in numbers.items()],
    }
