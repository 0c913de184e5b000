"""A text in the pieces that are judged, and the names of the outcomes and their categories."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Outcome = Literal["answer", "refuse", "support"]
OUTCOMES: tuple[Outcome, ...] = ("answer", "refuse", "support")
REFUSED = ("technique", "content", "access", "evasion", "grooming", "injection")
SUPPORTED = ("crisis", "own-thoughts", "threatened", "depicted", "parent", "teacher", "found", "friend")

_SENTENCE = re.compile(r"(?<=[.?!;。？！;؟।])[\"')\s]+(?!\d)|(?<=[。？！])|\n+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\s*[,:-]\s+(?:and |then |but |also |so )*(?=(?:can|could|how|where|which|what|when|tell|give|show|write|make|describe|list|name|explain|"
    r"draw|draft|then|please|help|recommend|teach|translate|rite)\b)"
    r"|,?\s+(?:and|then|but|also)\s+(?:then |also |please )*(?=(?:can|could|how|where|which|what|when|tell|give|show|write|make|describe|list|name|"
    r"explain|draw|draft|rite|is (?:there|it|this|that)|are|does|did|who)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """A reading of a question, cut into the pieces that are judged."""

    whole: str

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the text."""
        return tuple(part for part in (piece.strip() for piece in _SENTENCE.split(self.whole)) if part)

    @cached_property
    def requests(self) -> tuple[str, ...]:
        """The requests that the sentences are made of, in order; each word is in one of them."""
        pieces = (part.strip() for sentence in self.sentences for part in _CLAUSE.split(sentence))
        return tuple(dict.fromkeys(part for part in pieces if part))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """Sentences and their requests, the shortest first: a hit is as narrow as can be."""
        return tuple(sorted(dict.fromkeys((*self.sentences, *self.requests)), key=len))


def requests_of(text: str) -> list[str]:
    """Cut a text into its requests, as it is written."""
    pieces = (part.strip() for sentence in _SENTENCE.split(text) for part in _CLAUSE.split(sentence))
    return [piece for piece in pieces if piece]
