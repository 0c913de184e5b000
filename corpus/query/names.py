"""From what a person writes to ids: statutory citations and names of laws, codes and names of jurisdictions."""

import re

from corpus.catalogue import Catalogue
from corpus.errors import UnknownValueError
from corpus.jurisdictions import gazetteer

_NOISE = frozenset(
    {"s", "ss", "section", "sections", "sec", "of", "the", "art", "arts", "article", "articles", "title"}
)
_DOTTED = re.compile(r"(?<=[a-z])\.(?=[a-z])|(?<=\b[a-z])\.")
_PINPOINT = re.compile(r"(\s*\([0-9a-zA-Z]{1,4}\))+$")
_WORD = re.compile(r"[^\W_]+(?:-\d+)?")


def tokens(text: str) -> tuple[str, ...]:
    """Return the telling words of a citation: "18 U.S.C. § 1466A" and "18 USC 1466a" both give 18, usc, 1466a."""
    plain = _DOTTED.sub("", text.casefold())
    return tuple(word for word in _WORD.findall(plain) if word not in _NOISE)


def code_of(name: str) -> str:
    """Return the code of a jurisdiction that is given by its code or by one of its names.

    Raises:
        UnknownValueError: there is no such jurisdiction.
    """
    entries = gazetteer()
    code = name.strip().upper()
    if code in entries:
        return code
    folded = name.strip().casefold()
    for entry in entries.values():
        if folded in (entry.name.casefold(), *(other.casefold() for other in entry.names)):
            return entry.code
    raise UnknownValueError("jurisdiction", name, entries)


class LawNames:
    """The names of all laws of a catalogue, ready to be looked up."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._laws = {document.id: document for document in catalogue.documents.values() if document.is_law}
        self._spelled = {law.id: [f" {' '.join(tokens(name))} " for name in law.names] for law in self._laws.values()}
        self._whole: dict[str, list[str]] = {}
        for law, names in self._spelled.items():
            for name in dict.fromkeys(names):
                self._whole.setdefault(name, []).append(law)

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the laws that a citation, a name or an id stands for; a pinpoint in a section is let go.

        The first of these ways that finds a law decides: the id; the whole of one of its names; the words of the
        citation side by side in one of its names; those words in the same order but apart ("18 U.S.C. § 2259A" in
        "18 U.S.C. §§ 2259, 2259A, 2259B").

        Raises:
            UnknownValueError: no law of the corpus is called so.
        """
        wanted = name.strip()
        if wanted.lower() in self._laws:
            return (wanted.lower(),)
        for spelling in dict.fromkeys((wanted, _PINPOINT.sub("", wanted))):
            if found := self._matching(tokens(spelling)):
                return found
        raise UnknownValueError("law", name, [*self._laws, *(law.citation for law in self._laws.values())])

    def _matching(self, words: tuple[str, ...]) -> tuple[str, ...]:
        phrase = f" {' '.join(words)} "
        whole = tuple(self._whole.get(phrase, ())) if words else ()
        if whole or len(words) < 2:
            return whole
        for holds in (lambda name: phrase in name, lambda name: _in_order(name, words)):
            if found := tuple(law for law, names in self._spelled.items() if any(map(holds, names))):
                return found
        return ()


def laws_named(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Return the ids of the laws that a citation, a name or an id stands for, as `LawNames.find` does.

    Raises:
        UnknownValueError: no law of the corpus is called so.
    """
    return LawNames(catalogue).find(name)


def _in_order(name: str, words: tuple[str, ...]) -> bool:
    rest = iter(name.split())
    return all(word in rest for word in words)
