"""Read jurisdictions out of a question: names, demonyms, cities and courts, with typing errors forgiven."""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from corpus.jurisdictions import gazetteer
from rag.understand.text import Word, phrase, words

_LONGEST = 6
_FUZZY_SCORE = 88
"""The least similarity (rapidfuzz ratio, 0 to 100) at which a misspelt word counts as a jurisdiction's name."""
_FUZZY_LENGTH = 5

_UNITED_KINGDOM = ("GB", "GB-SCT", "GB-NIR")
_WHOLE = frozenset({"united kingdom", "uk", "britain", "great britain", "british", "briton", "u k"})
# In this corpus GB is the law of England and Wales, which have no documents of their own code.
_SAME_LAW = {"GB-ENG": "GB", "GB-WLS": "GB"}

# Names that are ordinary English words in lower case; they count only as written in the gazetteer.
_CASED = frozenset(
    [
        "us",
        "polish",
        "turkey",
        "jersey",
        "guernsey",
        "chad",
        "jordan",
        "china",
        "oman",
        "mali",
        "niger",
        "cuba",
        "guinea",
        "togo",
        "osh",
        "fez",
        "bc",
        "ny",
        "dc",
        "un",
        "english",
        "welsh",
        "act",
        "york",
        "darwin",
        "phoenix",
        "garda",
    ]
)
_LOWER_US = re.compile(
    r"\b(?:in|the|under|within|from|across) (us)\b|\b(us) (?:federal|law|state|states|congress|code)\b"
)
_US_CONTEXT = frozenset({"state", "atlanta", "us", "u.s.", "american", "federal", "ga"})
# A treaty or body that is called after a town is not of that town.
_BODY_NAMED_AFTER_TOWN = frozenset({"convention", "committee", "protocol", "guidelines", "terminology"})


def read_places(text: str, vocabulary: Collection[str] | None, masked: Iterable[tuple[int, int]] = ()) -> list[str]:
    """Return the codes of the jurisdictions that a text names, in the order of the text.

    `vocabulary` holds words of the corpus, which are never taken for misspelt names; with None no misspelling is
    forgiven. `masked` are spans to leave out, such as the names of cases ("Stanley v. Georgia").
    """
    hidden = list(masked)
    found: dict[str, None] = {}
    rest: list[Word] = []
    tokens = [word for word in words(text) if not any(start <= word.start < end for start, end in hidden)]
    place = 0
    while place < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            span = tokens[place : place + length]
            after = tokens[place + length].key if place + length < len(tokens) else ""
            codes = () if after in _BODY_NAMED_AFTER_TOWN else _codes(span)
            if codes:
                found.update(dict.fromkeys(codes))
                place += length
                break
        else:
            rest.append(tokens[place])
            place += 1
    if _LOWER_US.search(text):
        found.setdefault("US")
    if vocabulary is not None:
        for code in _forgiven(rest, vocabulary):
            found.setdefault(code)
    return _settled(list(found), text)


def _codes(span: list[Word]) -> tuple[str, ...]:
    key = tuple(word.key for word in span)
    code = _phrases().get(key)
    if code is None:
        return ()
    if " ".join(key) in _WHOLE:
        return _UNITED_KINGDOM
    if len(span) == 1 and key[0] in _CASED and not span[0].written[:1].isupper():
        return ()
    if key == ("act",) and span[0].written.replace(".", "") != "ACT":
        return ()
    if key == ("us",) and span[0].written not in {"US", "U.S.", "U.S", "Us"}:
        return ()
    return (_SAME_LAW.get(code, code),)


def _forgiven(rest: list[Word], vocabulary: Collection[str]) -> list[str]:
    """Return the codes of misspelt names among words that name nothing; a name of two words before one of one word."""
    found: list[str] = []
    place = 0
    while place < len(rest):
        for length in (2, 1):
            codes = _misspelt(rest[place : place + length], vocabulary)
            if codes:
                found += codes
                place += length - 1
                break
        place += 1
    return found


def _misspelt(span: list[Word], vocabulary: Collection[str]) -> tuple[str, ...]:
    if all(word.key in vocabulary or not word.key.isalpha() for word in span):
        return ()
    typed = " ".join(word.key for word in span)
    if len(typed) < _FUZZY_LENGTH:
        return ()
    names = _names_of(len(span))
    match = process.extractOne(typed, names.keys(), scorer=_likeness, score_cutoff=_FUZZY_SCORE)
    if not match or match[0][0] != typed[0]:
        return ()
    return _UNITED_KINGDOM if match[0] in _WHOLE else (_SAME_LAW.get(names[match[0]], names[match[0]]),)


def _likeness(typed: Sequence[Hashable], name: Sequence[Hashable], /, *, score_cutoff: float | None = None) -> float:
    """Return the similarity of two spellings, 0 to 100; two letters that changed places count as one error."""
    score = fuzz.ratio(typed, name)
    if len(typed) == len(name) and Counter(typed) == Counter(name) and OSA.distance(typed, name) == 1:
        score = max(score, float(_FUZZY_SCORE))
    return score if score >= (score_cutoff or 0) else 0.0


def _settled(codes: list[str], text: str) -> list[str]:
    """Settle what stands in two entries: Georgia is the country unless the question speaks of American states."""
    if "GE" in codes:
        american = any(code == "US" or code.startswith("US-") for code in codes)
        if american or _US_CONTEXT & set(text.casefold().split()):
            codes = list(dict.fromkeys("US-GA" if code == "GE" else code for code in codes))
    return codes


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], str]:
    """Return every phrase that names a jurisdiction; a country's own name wins over a place of the same name."""
    table: dict[tuple[str, ...], str] = {}
    entries = list(gazetteer().values())
    for field in ("name", "names", "demonyms", "places"):
        for entry in entries:
            if entry.code == "INT" and field == "name":
                continue  # "international" is no place
            value = getattr(entry, field)
            for name in (value,) if isinstance(value, str) else value:
                table.setdefault(phrase(name), entry.code)
    for name in ("americans", "koreans", "germans", "australians", "canadians", "indians", "italians", "brazilians"):
        table.setdefault((name,), table[(name[:-1],)])
    return {key: code for key, code in table.items() if key}


@lru_cache(maxsize=2)
def _names_of(length: int) -> dict[str, str]:
    """Return names and demonyms of so many words, for the forgiving comparison; cities are too many for that."""
    table: dict[str, str] = {}
    for entry in gazetteer().values():
        for name in (entry.name, *entry.names, *entry.demonyms):
            key = phrase(name)
            if len(key) == length and len(" ".join(key)) >= _FUZZY_LENGTH and entry.code != "INT":
                table.setdefault(" ".join(key), entry.code)
    return table
