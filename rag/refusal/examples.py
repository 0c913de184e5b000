"""What the classifier and the request reader are trained on: prompts, examples of the policy, and these in company."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag.refusal.concepts import finder
from rag.refusal.decision import asks_for_the_law
from rag.refusal.languages import language_of
from rag.refusal.normalise import normalise
from rag.refusal.policy import concepts_of, policy
from rag.refusal.text import Text

FILES = ("dev", "more", "questions")
"""Prompts with twins, single prompts, and questions of the answers data set."""
BESIDE = 0.6
"""Share of the examples that are also read beside a lawful question."""
JOINTS = (" ", " ", " and ", " also ")
"""What may stand between them in English."""
CHAT = 0.1
"""Share of the English examples that are also read amid small talk."""
BEFORE = (
    "hello.", "hi there, good evening.", "hello, i hope you are well.", "sorry for my english.", "it has been a long day.",
    "i have a question.", "i hope i am in the right place.", "it rains here today.", "i was told you can help.",
    "my dog is asleep and i have time at last.", "so, i am new here.", "good morning from the office.",
)  # fmt: skip
AFTER = (
    "thanks for your time.", "thank you in advance.", "have a nice day.", "no hurry.", "i will read it tonight.",
    "the kettle is on.", "my sister says hi.", "sorry if that is long.", "best wishes.", "ok, that is all.",
)  # fmt: skip
"""Small talk, which says nothing on what is asked."""
_QUESTION = ("?", "\uff1f", "\u061f")
_END = (*_QUESTION, ".", "!", ";", "\u3002", "\uff01", "\u0964")


@dataclass(frozen=True)
class Example:
    """A training text in normal form, its outcome and category, its language and its template family."""

    text: str
    name: str
    category: str
    language: str
    family: str


def examples(folder: Path) -> list[Example]:
    """Return the prompts of a folder and the policy's own examples; a text counts once."""
    lines = [line for name in FILES for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    found = [(row["text"], row["label"], row["category"], row["language"], row["family"]) for row in rows]
    for rule in policy().rules:
        if rule.engine in ("concepts", "classifier"):
            outcome = "refuse" if rule.refuses else "support"
            found += [(text, outcome, rule.category, "en", rule.id) for text in rule.stop]
            found += [(text, "answer", "none", "en", rule.id) for text in rule.passes]
    read: dict[str, Example] = {}
    for text, name, category, language, family in found:
        form = normalise(text).text
        form = policy().mended(form) if language == "en" else form
        if language == "en" or language_of(form) == language:
            read.setdefault(form, Example(form, name, category, language, family))
    return list(read.values())


def asides(rows: list[Example]) -> list[Example]:
    """Return what English texts say beside their lawful questions, for itself, as it is judged: with the outcome of the text.

    Facts that are told before a question about them sound like a request for the same.
    """
    known = {row.text for row in rows}
    found: dict[str, Example] = {}
    for row in rows:
        parts = Text(row.text).requests if row.language == "en" else []
        rest = " ".join(part for part in parts if not asks_for_the_law(part))
        if rest and rest not in known and rest != " ".join(parts) and concepts_of(rest) & policy().substance:
            found.setdefault(rest, replace(row, text=rest))
    return list(found.values())


def beside_lawful(rows: list[Example]) -> list[Example]:
    """Return some of the examples again, each before or after a lawful question of its language.

    The outcome stays that of the example. So it is learned that a lawful question frees no request beside it, and that
    what is told beside one is not yet a request.
    """
    chance = np.random.default_rng(0)
    lawful: dict[str, list[str]] = {}
    for row in filter(_is_lawful_question, rows):
        lawful.setdefault(row.language, []).append(row.text)
    found = []
    for row in rows:
        if chance.random() >= BESIDE or not lawful.get(row.language):
            continue
        pair = [lawful[row.language][chance.integers(len(lawful[row.language]))], row.text]
        if chance.random() < 0.5:
            pair.reverse()
        first, second = pair
        joint = JOINTS[chance.integers(len(JOINTS))] if row.language == "en" else " "
        found.append(replace(row, text=f"{first if first.endswith(_END) else f'{first}.'}{joint}{second}"))
    return found


def amid_small_talk(rows: list[Example]) -> list[Example]:
    """Return some of the English examples again amid small talk, with the same outcome."""
    chance = np.random.default_rng(1)
    found = []
    for row in rows:
        if row.language == "en" and chance.random() < CHAT:
            first, last = (words[chance.integers(len(words))] for words in (BEFORE, AFTER))
            text = row.text if row.text.endswith(_END) else f"{row.text}."
            parts = ((first, text), (text, last), (first, text, last))[chance.integers(3)]
            found.append(replace(row, text=" ".join(parts)))
    return found


def augmented(rows: list[Example]) -> list[Example]:
    """Return the examples, what they say beside lawful questions, and some of all these in company.

    Company is another lawful question or small talk.
    """
    rows = rows + asides(rows)
    return rows + beside_lawful(rows) + amid_small_talk(rows)


def _is_lawful_question(row: Example) -> bool:
    if row.name != "answer" or not row.text.endswith(_QUESTION) or len(Text(row.text).sentences) > 1:
        return False
    return bool({hit.concept for hit in finder(row.language).hits(row.text)} & policy().lawful)
