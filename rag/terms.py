"""A plain question for the meaning of a word, "what is sextortion?": what the digest of the field's words says of it.

The sentences nearest to such a question are of any law that has the word in it, and none of them explains it. Each
section of the digest explains one term: its heading is the term and, behind a dash, its other names. A question with
any word beyond the plainest, as the name of a place or a law, asks for more than a meaning.
"""

import re
from dataclasses import dataclass

from corpus.catalogue import Catalogue

DIGEST = "int-terms"
MAX_TERMS = 2
"""Terms that one question may ask for: "what is the difference between … and …?"."""


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and plural."""
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in re.findall(r"[^\W_]+", text.casefold())
    )


_ASKING = frozenset(
    _words(
        "what which who how is are was does do mean meaning meant define defined definition explain stand work"
        " difference differ tell"
    )
)
_FILLERS = frozenset(
    _words(
        "a an the of for by in to and or vs versus between from s it so hi hello hey ok okay please pls can could would"
        " you me us i don t not know about term word acronym abbreviation exactly actually really just even simple"
        " simply plain english this context here call called people they when use"
    )
)


@dataclass(frozen=True)
class Terms:
    """The terms that a corpus explains: for each name, as its words, the heading of its section."""

    headings: dict[tuple[str, ...], str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Terms":
        """Read the terms of a catalogue; none where it has no digest of them."""
        digest = catalogue.documents.get(DIGEST)
        sections = digest.sections[1:] if digest else ()  # the first one is on the digest itself
        return cls({_words(name): one.heading for one in sections for name in re.split(" — |, ", one.heading)})

    def find(self, question: str) -> tuple[str, ...]:
        """Return the headings of the terms whose meaning is asked for; none where anything else is asked."""
        words = _words(question)
        found: dict[str, None] = {}
        asked, place = False, 0
        while place < len(words):
            ends = range(len(words), place, -1)
            named = next((end for end in ends if words[place:end] in self.headings), None)
            if named:
                found[self.headings[words[place:named]]] = None
            elif words[place] not in _ASKING | _FILLERS:
                return ()
            asked = asked or words[place] in _ASKING
            place = named or place + 1
        return tuple(found) if asked and len(found) <= MAX_TERMS else ()
