"""Read `policy.yaml` and find the rules that a text fires."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from rag.refusal.concepts import FOLDER, english, english_words, read_yaml
from rag.refusal.normalise import normal_form
from rag.refusal.text import REFUSED, Text
from rag.refusal.words import Speller

Engine = Literal["concepts", "languages", "classifier", "conversation"]
SHORTEST_WORD = 5
"""Letters of a word of the concepts that misspellings are mended to."""
_LEANS = re.compile(
    r"\b(?:it|that|this|them|those|these|such|he|she|they|his|her|their|him|exactly|same|one|ones|there|apps?|tools?|steps?|software|prompts?|"
    r"settings|method|sites?|links?|images?|pictures?|videos?|pics|photos?|forum|fakes?|nudes?)\b"
)
"""Words by which a question leans on an earlier one."""


@dataclass(frozen=True)
class Rule:
    """One entry of the policy."""

    id: str
    category: str
    stops: str
    why: str
    stop: tuple[str, ...]
    passes: tuple[str, ...]
    engine: Engine = "concepts"
    named: tuple[tuple[str, ...], ...] = ()
    """Sequences of concepts, one of which a clause must name in order."""
    about: frozenset[str] = frozenset()
    unless: tuple[tuple[str, ...], ...] = ()
    longest: int | None = None
    """Words of the longest text that the rule looks at."""
    thresholds: tuple[tuple[str, float], ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether the rule declines; the others lead to help."""
        return self.category in REFUSED

    def fires(self, text: "Named") -> str:
        """Return the clause that fires the rule, or nothing."""
        if self.longest and len(text.text.whole.split()) > self.longest:
            return ""
        if self.about and not text.about(self.about):
            return ""
        for clause, groups in text.clauses:
            if any(_in_order(wanted, groups) for wanted in self.named) and not any(
                _in_order(freeing, groups) for freeing in self.unless
            ):
                return clause
        return ""


def _in_order(wanted: tuple[str, ...], groups: list[set[str]]) -> bool:
    """Tell whether the concepts are named in this order, each at a place of its own."""
    place = 0
    for group in groups:
        if wanted[place] in group:
            place += 1
            if place == len(wanted):
                return True
    return False


@dataclass(frozen=True)
class Named:
    """A text with the concepts of each of its clauses, and the earlier questions of the conversation."""

    text: Text
    before: str = ""

    @cached_property
    def clauses(self) -> tuple[tuple[str, list[set[str]]], ...]:
        """Each clause with the concepts at each place."""
        return tuple((clause, groups_of(clause)) for clause in self.text.clauses)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """All concepts of the text."""
        return concepts_of(self.text.whole)

    def about(self, subject: frozenset[str]) -> bool:
        """Tell whether the text, or what it leans on, names one of these concepts."""
        return bool(self.concepts & subject or (self.leans and concepts_of(self.before) & subject))

    @property
    def leans(self) -> bool:
        """Whether the text leans on an earlier question."""
        return bool(self.before and _LEANS.search(self.text.whole))


def groups_of(text: str) -> list[set[str]]:
    """Return the concepts of an English text at each of its places."""
    places: dict[int, set[str]] = {}
    for hit in english().hits(text):
        places.setdefault(hit.place, set()).add(hit.concept)
    return list(places.values())


def concepts_of(text: str) -> frozenset[str]:
    """Return the concepts that an English text names."""
    return frozenset(hit.concept for hit in english().hits(text))


@dataclass(frozen=True)
class Policy:
    """All rules, the concepts that make a text lawful or put it on the subject, and the speller of the concepts' words."""

    rules: tuple[Rule, ...]
    lawful: frozenset[str]
    subject: frozenset[str]
    substance: frozenset[str]
    referring: frozenset[str]
    leaning: frozenset[str]
    words: tuple[str, ...]

    @cached_property
    def speller(self) -> Speller:
        """Mends misspelt words of the concepts."""
        return Speller(self.vocabulary)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The words of the policy and of its concepts that are long enough to be told from others when misspelt."""
        listed = (word for entries in english_words().values() for word in entries)
        return tuple(
            dict.fromkeys((*self.words, *(word for word in listed if word.isalpha() and len(word) >= SHORTEST_WORD)))
        )

    def by_id(self, name: str) -> Rule:
        """Return the rule of this id."""
        return next(rule for rule in self.rules if rule.id == name)

    def of_category(self, category: str) -> Rule:
        """Return the first rule of a category, which says in plain words what the category is."""
        return next(rule for rule in self.rules if rule.category == category)

    def threshold(self, name: str) -> float:
        """Return a threshold of the classifier's rule."""
        return dict(self.by_id("semantic").thresholds)[name]

    def mended(self, text: str) -> str:
        """Return the text with misspelt words of the policy's subject restored."""
        return re.sub(r"[a-z]{4,}", lambda match: self.speller.mend(match[0]), text)


@lru_cache(maxsize=1)
def policy() -> Policy:
    """Read the policy that stands beside this module, once."""
    data = read_yaml(FOLDER / "policy.yaml")
    lawful = tuple((name,) for name in data["lawful"])
    return Policy(
        rules=tuple(_rule(entry, lawful) for entry in data["rules"]),
        lawful=frozenset(data["lawful"]),
        subject=frozenset(data["subject"]),
        substance=frozenset(data["substance"]),
        referring=frozenset(data["referring"].split()),
        leaning=frozenset(data["leaning"]),
        words=tuple(dict.fromkeys(data["words"].split())),
    )


def _sequences(entries: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.split()) for words in entries)


def _rule(entry: dict[str, Any], lawful: tuple[tuple[str, ...], ...]) -> Rule:
    own = _sequences(entry.get("unless", ()))
    freeing = _sequences(entry["lawful"]) if "lawful" in entry else lawful
    return Rule(
        id=entry["id"],
        category=entry["category"],
        stops=entry["stops"],
        why=entry["why"],
        stop=tuple(entry["stop"]),
        passes=tuple(entry["pass"]),
        engine=entry.get("engine", "concepts"),
        named=_sequences(entry.get("named", ())),
        about=frozenset(entry.get("about", ())),
        unless=(*own, *freeing) if entry["category"] in REFUSED else own,
        longest=entry.get("longest"),
        thresholds=tuple(entry.get("thresholds", {}).items()),
    )


def conversation(history: tuple[str, ...], limit: int = 6) -> str:
    """Return the latest earlier questions in normal form, for what a question leans on."""
    return " ".join(normal_form(question) for question in history[-limit:])
