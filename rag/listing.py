"""Read a question for a list ("which countries punish …?", "list the cases on …") as a query of the front matter.

The rows come from the typed front matter, so a list has every document that fits and no other; the sentences of the
answer stay beside it. A question that narrows the corpus in no way gets none.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.jurisdictions import gazetteer
from corpus.model import Document
from corpus.query.laws import LawQuery, Laws
from corpus.query.precedents import CaseQuery, Precedents
from rag.features import ACTS
from rag.model import Understood
from rag.understand.kinds import asks_for_list, read_conduct, without_manner

_CASES = frozenset("cases decisions judgments judgements rulings convictions precedents prosecutions".split())  # noqa: SIM905
_NATIONAL = frozenset({"countries", "nations"})
_PARTS = frozenset({"states", "provinces"})
_PLACES = _NATIONAL | _PARTS | {"jurisdictions"}
_MEMBERS = re.compile(
    r"\bmember states?\b|\b(?:eu|european) countries\b|\bcountries (?:in|of) (?:the eu|europe)\b", re.I
)
_STATES_OF = "US"
"""The country whose states are meant where none is named."""
_PENDING = re.compile(r"\b(?:bills?|pending|proposed?|planned|considering|draft)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:repealed|lapsed|struck down|overturned|expired|no longer)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:explicit\w*|expressly|by name|specific\w*)\b", re.IGNORECASE)
_SYNTHETIC = re.compile(
    r"\b(?:AI|deep ?fakes?|synthetic|artificial\w*|generated|virtual|computer|altered|nudif\w+|undress\w*|fakes?)\b",
    re.IGNORECASE,
)
_CONVICTED = re.compile(r"\b(?:convict\w*|jailed|imprisoned|sentenced|guilty)\b", re.IGNORECASE)
_ACQUITTED = re.compile(r"\b(?:acquit\w*|not guilty|cleared)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:since|after|from)\b", re.IGNORECASE)
_TO = re.compile(r"\b(?:before|until|up to|by)\b", re.IGNORECASE)
_CRIMES = ACTS | {"provide-tools"}
_CONDUCT = _CRIMES | {"train-model", "platform-duty", "labelling-duty", "reporting-duty", "civil-remedy"}
_CRIMINAL = re.compile(
    r"\b(?:punish\w*|criminali[sz]\w*|crimes?|criminal|offen[cs]es?|bans?|banned|illegal|outlaw\w*|prohibit\w*|forbid\w*)\b",
    re.IGNORECASE,
)
_FORCE = re.compile(r"\bin force\b", re.IGNORECASE)
_IN_FORCE = ("in-force",)
_LAW = ("in-force", "enacted", "not-yet-in-force")
_BILLS = ("pending",)
_FORMER = ("repealed", "lapsed", "struck-down")
FEWEST = 2
"""A list has at least so many rows: one law is told in sentences."""


@dataclass(frozen=True)
class Listing:
    """What fits: the documents in the order of the list, and what they are."""

    documents: tuple[Document, ...]
    noun: str
    """What they are: laws, bills, treaties or decisions."""


class Lists:
    """Answers questions for a list from the front matter of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._documents = catalogue.documents
        self._laws = Laws(catalogue)
        self._cases = Precedents(catalogue)

    def find(self, understood: Understood, as_of: str | None = None) -> Listing | None:
        """Return the documents that a question asks to be listed, or None where it asks for no list or fits too few."""
        asks = asks_for_list(understood.question)
        if not asks or understood.comparison or understood.documents:
            return None
        noun = asks["noun"].casefold()
        text = without_manner(understood.question)
        conduct = tuple(act for act in read_conduct(text) if act in _CONDUCT)
        synthetic = _synthetic(text)
        if noun in _CASES and asks["how"].casefold() == "how many":
            return None  # how many there were is a fact of the world, not of the corpus
        if not (conduct or synthetic or understood.protects or (understood.jurisdictions and noun not in _PLACES)):
            return None
        found = (self._decisions if noun in _CASES else self._statutes)(understood, conduct, synthetic, noun, as_of)
        return found if found and len(found.documents) >= FEWEST else None

    def _statutes(
        self, understood: Understood, conduct: tuple[str, ...], synthetic: tuple[str, ...], noun: str, as_of: str | None
    ) -> Listing:
        bills = bool(_PENDING.search(understood.question))
        status = _FORMER if _GONE.search(understood.question) else _BILLS if bills else _LAW
        if _FORCE.search(understood.question):
            status = _IN_FORCE
        begin, end = _period(understood)
        query = LawQuery(
            jurisdiction=_places(understood, noun),
            kind=("treaty",) if noun == "treaties" else (),
            status=status,
            conduct=conduct,
            protects=(*understood.protects, "any") if len(understood.protects) == 1 else (),
            synthetic=synthetic,
            changed_from=None if bills else begin,
            changed_to=None if bills else end,
            as_of=as_of,
        )
        found = (row.document for row in self._laws.find(query).rows)
        return Listing(
            self._kept(noun, found, understood), "bills" if bills else "treaties" if noun == "treaties" else "laws"
        )

    def _decisions(
        self, understood: Understood, conduct: tuple[str, ...], synthetic: tuple[str, ...], noun: str, as_of: str | None
    ) -> Listing:
        begin, end = _period(understood)
        query = CaseQuery(
            jurisdiction=_places(understood, noun),
            conduct=conduct,
            protects=(*understood.protects, "any") if len(understood.protects) == 1 else (),
            synthetic=synthetic,
            status=("overturned",) if _GONE.search(understood.question) else (),
            outcome=_outcomes(understood.question),
            decided_from=begin,
            decided_to=end,
            as_of=as_of,
        )
        return Listing(
            self._kept(noun, (row.document for row in self._cases.find(query).rows), understood), "decisions"
        )

    def _kept(self, noun: str, ids: Iterable[str], understood: Understood) -> tuple[Document, ...]:
        admits = _admits(noun, understood)
        found = tuple(document for name in ids if admits(document := self._documents[name]))
        if noun in _CASES or not _CRIMINAL.search(understood.question):
            return found
        return tuple(document for document in found if _CRIMES & set(document.conduct))


def _admits(noun: str, understood: Understood) -> Callable[[Document], bool]:
    """Return whether a document is of the kind of place that is asked for: countries, or states of a country."""
    if noun in _PARTS and not _MEMBERS.search(understood.question):
        return lambda document: document.jurisdiction != document.country
    if noun in _NATIONAL:
        return lambda document: document.jurisdiction == document.country and document.country not in {"INT", "EU"}
    return lambda _: True


def _places(understood: Understood, noun: str) -> tuple[str, ...]:
    """Return the jurisdictions of the query: the members of the EU where its countries are asked for."""
    codes = understood.jurisdictions
    if _MEMBERS.search(understood.question) or (noun in _NATIONAL and codes == ("EU",)):
        return tuple(code for code, entry in gazetteer().items() if "EU" in entry.member_of)
    if noun in _PARTS and not codes:
        return (_STATES_OF,)
    return codes


def _synthetic(text: str) -> tuple[str, ...]:
    if not _SYNTHETIC.search(text):
        return ()
    return ("explicit",) if _NAMED.search(text) else ("explicit", "covered")


def _outcomes(text: str) -> tuple[str, ...]:
    if _ACQUITTED.search(text):
        return ("acquitted",)
    return ("convicted",) if _CONVICTED.search(text) else ()


def _period(understood: Understood) -> tuple[str | None, str | None]:
    """Return the first and last day asked for: "since 2024", "before 2020", "in 2025", "from 2023 to 2025"."""
    dates = sorted(understood.dates)
    if not dates:
        return None, None
    if len(dates) > 1:
        return dates[0], dates[-1]
    if _FROM.search(understood.question):
        return dates[0], None
    return (None, dates[0]) if _TO.search(understood.question) else (dates[0], dates[0])
