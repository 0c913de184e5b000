"""Read `policy.yaml` and find the rules that a text fires."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from rag.refusal.normalise import normal_form
from rag.refusal.words import Speller

Engine = Literal["patterns", "languages", "classifier", "conversation"]

REFUSED = ("technique", "content", "access", "evasion", "grooming", "injection")
SUPPORTED = ("crisis", "own-thoughts", "threatened", "depicted", "parent", "teacher", "found", "friend")

_BLOCK = re.compile(r"\{([a-z_]+)\}")
_SENTENCE = re.compile(r"(?<=[.?!;。？！;؟।])[\"')\s]+(?!\d)|(?<=[。？！])|\n+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\s*[,:-]\s+(?:and |then |but |also |so )*(?=(?:can|could|how|where|which|what|when|tell|give|show|write|make|describe|list|name|explain|"
    r"draw|draft|then|please|help|recommend|teach|translate|rite)\b)"
    r"|,?\s+(?:and|then|but|also)\s+(?:then |also |please )*(?=(?:can|could|how|where|which|what|when|tell|give|show|write|make|describe|list|name|"
    r"explain|draw|draft|rite|is (?:there|it|this|that)|are|does|did|who)\b)",
    re.IGNORECASE,
)
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
    engine: Engine = "patterns"
    about: re.Pattern[str] | None = None
    patterns: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    lawful: re.Pattern[str] | None = None
    """The form of a lawful question; no rule that refuses fires on a clause that has it."""
    needs: tuple[re.Pattern[str], ...] = ()
    """Each must be found somewhere in the text."""
    thresholds: tuple[tuple[str, float], ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether the rule declines; the others lead to help."""
        return self.category in REFUSED

    def fires(self, text: "Text") -> str:
        """Return the clause that fires the rule, or nothing."""
        if not all(need.search(text.whole) for need in self.needs):
            return ""
        for clause in text.clauses:
            if (
                any(pattern.search(clause) for pattern in self.patterns)
                and not any(exception.search(clause) for exception in self.unless)
                and not (self.lawful and self.lawful.search(clause))
                and self._is_about(clause, text)
            ):
                return clause
        return ""

    def _is_about(self, clause: str, text: "Text") -> bool:
        if self.about is None or self.about.search(text.whole):
            return True
        return bool(text.before and _LEANS.search(clause) and self.about.search(text.before))


@dataclass(frozen=True)
class Text:
    """A reading of a question, cut into the pieces that rules look at."""

    whole: str
    before: str = ""
    """The earlier questions of the conversation, in normal form."""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the text."""
        return tuple(part for part in (piece.strip() for piece in _SENTENCE.split(self.whole)) if part)

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """The sentences and the requests that they are made of, the shortest first: a hit is as narrow as can be."""
        parts = [part.strip() for sentence in self.sentences for part in (sentence, *_CLAUSE.split(sentence))]
        return tuple(sorted(dict.fromkeys(part for part in parts if part), key=len))


def requests_of(text: str) -> list[str]:
    """Cut a text into its requests, as it is written."""
    pieces = (part.strip() for sentence in _SENTENCE.split(text) for part in _CLAUSE.split(sentence))
    return [piece for piece in pieces if piece]


@dataclass(frozen=True)
class Policy:
    """All rules, the building blocks that other modules ask for, and the speller of the policy's words."""

    rules: tuple[Rule, ...]
    blocks: dict[str, re.Pattern[str]]
    words: tuple[str, ...]

    @cached_property
    def speller(self) -> Speller:
        """Mends misspelt words of the policy."""
        return Speller(self.words)

    def by_id(self, name: str) -> Rule:
        """Return the rule of this id."""
        return next(rule for rule in self.rules if rule.id == name)

    def lawful(self, text: str) -> bool:
        """Tell whether a text names the law, courts, duties or penalties, or asks for a fact such as a date or a number."""
        return any(self.blocks[name].search(text) for name in ("law", "fact", "lawful_form", "yes_no"))

    def mended(self, text: str) -> str:
        """Return the text with misspelt words of the policy's subject restored."""
        return re.sub(r"[a-z]{3,}", lambda match: self.speller.mend(match[0]), text)


@lru_cache(maxsize=1)
def policy() -> Policy:
    """Read the policy that stands beside this module, once."""
    data: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "policy.yaml").read_text(encoding="utf-8"), Loader=_Loader
    )
    sources = {name: re.sub(r"\|\s+", "|", text.strip()) for name, text in data["blocks"].items()}
    return Policy(
        rules=tuple(_rule(entry, sources) for entry in data["rules"]),
        blocks={name: re.compile(_expand(text, sources)) for name, text in sources.items()},
        words=tuple(dict.fromkeys(data["words"].split())),
    )


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _rule(entry: dict[str, Any], sources: dict[str, str]) -> Rule:
    def patterns(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(_expand(text, sources)) for text in entry.get(name, ()))

    return Rule(
        id=entry["id"],
        category=entry["category"],
        stops=entry["stops"],
        why=entry["why"],
        stop=tuple(entry["stop"]),
        passes=tuple(entry["pass"]),
        engine=entry.get("engine", "patterns"),
        about=re.compile(_expand(entry["about"], sources)) if "about" in entry else None,
        patterns=patterns("patterns"),
        unless=patterns("unless"),
        lawful=re.compile(_expand("{lawful_form}|{yes_no}|{fact}", sources)) if entry["category"] in REFUSED else None,
        needs=patterns("needs"),
        thresholds=tuple(entry.get("thresholds", {}).items()),
    )


def _expand(text: str, sources: dict[str, str]) -> str:
    """Put the building blocks in the place of their names."""
    while _BLOCK.search(text):
        text = _BLOCK.sub(lambda match: sources[match[1]], text)
    return text


def conversation(history: tuple[str, ...], limit: int = 6) -> str:
    """Return the latest earlier questions in normal form, for what a question leans on."""
    return " ".join(normal_form(question) for question in history[-limit:])
