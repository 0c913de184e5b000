"""Read a question for a list ("which countries punish …?", "list the cases on …") as a query of the front matter.

The rows are all documents that the query finds; its criteria are said with the list. A question with a condition that
the front matter can't express (a negation, a number, a superlative, what was held) gets no list, only sentences.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.jurisdictions import gazetteer, name_of
from corpus.model import Document
from corpus.query.laws import LawQuery, LawRow, Laws
from corpus.query.precedents import CaseQuery, CaseRow, Precedents
from corpus.query.standing import EARLIER_TEXT
from rag.features import ACTS
from rag.model import Understood
from rag.understand.kinds import asks_for_list, read_conduct, without_manner

_CASES = frozenset("cases decisions judgments judgements rulings convictions precedents prosecutions".split())  # noqa: SIM905
_NATIONAL = frozenset({"countries", "nations"})
_PARTS = frozenset({"states", "provinces"})
_PLACES = _NATIONAL | _PARTS | {"jurisdictions"}
_MEMBERS = re.compile(
    r"\bmember states?\b|\b(?:eu|european) countries\b|\bcountries (?:in|of) (?:the eu|europe)\b", re.IGNORECASE
)
_STATES_OF = "US"
"""The country whose states are meant where none is named."""
_BEYOND = re.compile(
    r"\b(?:not|no|none|never|without|lack\w*|legal|lawful\w*|allow\w*|permit\w*|exempt\w*|except)\b|n't\b"
    r"|\b(?:highest|lowest|longest|shortest|toughest|strictest|harshest|mildest|most severe|first|latest|newest)\b"
    r"|\b\d+[- ](?:years?|months?|days?|hours?)\b|\b(?:more|less|fewer|longer|higher) than\b"
    r"|\b(?:says?|said|holds?|held|protected|free speech|argu\w+|reason\w*|bec[ao]me law|passed|signed)\b",
    re.IGNORECASE,
)
"""Conditions that no field of the front matter holds."""
_EXPRESSED = re.compile(r"\bno longer\b|\bnot guilty\b", re.IGNORECASE)
"""Words with a negation that a status or an outcome holds."""
_PENDING = re.compile(
    r"\bbills?\b|\bpending\b|\bpropos\w+|\bconsider(?:s|ing)?\b|\bplan(?:s|ning|ned)? (?:to|laws?)\b"
    r"|\bdraft (?:laws?|acts?)\b",
    re.IGNORECASE,
)
_GONE = {
    "repealed": re.compile(r"\brepealed\b", re.IGNORECASE),
    "lapsed": re.compile(r"\b(?:lapsed|expired)\b", re.IGNORECASE),
    "struck-down": re.compile(r"\b(?:struck down|strikes? down|unconstitutional)\b", re.IGNORECASE),
}
_FORMER = re.compile(r"\b(?:no longer|former)\b", re.IGNORECASE)
_OVERTURNED = re.compile(r"\b(?:overturned|reversed)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:explicit\w*|expressly|by name|specific\w*)\b", re.IGNORECASE)
_SYNTHETIC = re.compile(
    r"\b(?:AI|deep ?fakes?|synthetic|artificial\w*|generated|virtual|computer|altered|nudif\w+|undress\w*|fakes?)\b",
    re.IGNORECASE,
)
_CONVICTED = re.compile(r"\b(?:convict\w*|jailed|imprisoned|sentenced|guilty)\b", re.IGNORECASE)
_ACQUITTED = re.compile(r"\b(?:acquit\w*|not guilty|cleared)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:since|after|from)\b", re.IGNORECASE)
_TO = re.compile(r"\b(?:before|until|up to)\b", re.IGNORECASE)
_CRIMES = ACTS | {"provide-tools"}
_CONDUCT = _CRIMES | {"train-model", "platform-duty", "labelling-duty", "reporting-duty", "civil-remedy"}
_CRIMINAL = re.compile(
    r"\b(?:punish\w*|criminali[sz]\w*|crimes?|criminal|offen[cs]es?|bans?|banned|illegal|outlaw\w*|prohibit\w*|forbid\w*)\b",
    re.IGNORECASE,
)
_FORCE = re.compile(r"\bin force\b", re.IGNORECASE)
_LAW = ("in-force", "enacted", "not-yet-in-force")
FEWEST = 2
"""A list has at least so many rows: one law is told in sentences."""

Row = LawRow | CaseRow


@dataclass(frozen=True)
class Listing:
    """What fits: the documents in the order of the list, how each stands on the day asked about, and why it fits."""

    documents: tuple[Document, ...]
    statuses: tuple[str, ...]
    """Of each document, today or on the day: "in-force", "pending on 2024-06"."""
    noun: str
    """What they are: laws, bills, treaties or decisions."""
    conduct: tuple[str, ...]
    """The acts asked about."""
    criteria: tuple[str, ...]
    """What was filtered by, in words."""


class Lists:
    """Answers questions for a list from the front matter of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._documents = catalogue.documents
        self._laws = Laws(catalogue)
        self._cases = Precedents(catalogue)

    def find(self, understood: Understood, as_of: str | None = None) -> Listing | None:
        """Return what a question asks to be listed; None where it asks for no list, for more than fields hold, or for
        what fewer than two documents fit."""
        asks = asks_for_list(understood.question)
        if not asks or understood.comparison or understood.documents:
            return None
        noun = asks["noun"].casefold()
        if _BEYOND.search(_EXPRESSED.sub("", understood.question)):
            return None
        if noun in _CASES and asks["how"].casefold() == "how many":
            return None  # how many there were is a fact of the world, not of the corpus
        conduct, synthetic = _conduct(understood.question), _synthetic(understood.question)
        if not (conduct or synthetic or understood.protects or (understood.jurisdictions and noun not in _PLACES)):
            return None
        rows, called = (self._decisions if noun in _CASES else self._statutes)(
            understood, conduct, synthetic, noun, as_of
        )
        kept = [row for row in rows if self._fits(row, noun, understood)]
        if len(kept) < FEWEST:
            return None
        return Listing(
            documents=tuple(self._documents[row.document] for row in kept),
            statuses=tuple(f"{row.status} on {as_of}" if as_of else row.status for row in kept),
            noun=called,
            conduct=conduct,
            criteria=_criteria(understood, conduct, synthetic, noun),
        )

    def _statutes(
        self, understood: Understood, conduct: tuple[str, ...], synthetic: tuple[str, ...], noun: str, as_of: str | None
    ) -> tuple[tuple[Row, ...], str]:
        bills = bool(_PENDING.search(understood.question))
        gone = tuple(status for status, pattern in _GONE.items() if pattern.search(understood.question))
        if not gone and _FORMER.search(understood.question):
            gone = tuple(_GONE)
        status = gone or (("pending",) if bills else ("in-force",) if _FORCE.search(understood.question) else _LAW)
        if as_of and not gone and not bills:
            status = (*status, EARLIER_TEXT)
        begin, end = _period(understood)
        query = LawQuery(
            jurisdiction=_places(understood, noun),
            kind=("treaty",) if noun == "treaties" else (),
            conduct=conduct,
            protects=_protects(understood),
            synthetic=synthetic,
            changed_from=None if bills else begin,
            changed_to=None if bills else end,
            as_of=as_of,
        )
        rows = tuple(row for row in self._laws.find(query).rows if row.status in status)
        return rows, "bills" if bills else "treaties" if noun == "treaties" else "laws"

    def _decisions(
        self, understood: Understood, conduct: tuple[str, ...], synthetic: tuple[str, ...], noun: str, as_of: str | None
    ) -> tuple[tuple[Row, ...], str]:
        begin, end = _period(understood)
        query = CaseQuery(
            jurisdiction=_places(understood, noun),
            conduct=conduct,
            protects=_protects(understood),
            synthetic=synthetic,
            status=("overturned",) if _OVERTURNED.search(understood.question) else (),
            outcome=_outcomes(understood.question),
            decided_from=begin,
            decided_to=end,
            as_of=as_of,
        )
        return self._cases.find(query).rows, "decisions"

    def _fits(self, row: Row, noun: str, understood: Understood) -> bool:
        """Whether a row is of the kind of place asked for and, where crimes are asked for, on a crime."""
        document = self._documents[row.document]
        criminal = noun not in _CASES and bool(_CRIMINAL.search(understood.question))
        return _admits(noun, understood)(document) and (not criminal or bool(_CRIMES & set(document.conduct)))


def _conduct(question: str) -> tuple[str, ...]:
    """Return the acts asked about; "AI-generated" asks about no making, "threatening to share" about no sharing."""
    found = [act for act in read_conduct(without_manner(question)) if act in _CONDUCT]
    if "threaten" in found:
        found = [act for act in found if act != "distribute"]
    return tuple(found)


def _criteria(
    understood: Understood, conduct: tuple[str, ...], synthetic: tuple[str, ...], noun: str
) -> tuple[str, ...]:
    """Say what was filtered by: "possess", "minors", "AI-made material named or covered"."""
    said = [" or ".join(act.replace("-", " ") for act in conduct)] if conduct else []
    said += list(understood.protects) if len(understood.protects) == 1 else []
    if synthetic:
        said.append("AI-made material named" if synthetic == ("explicit",) else "AI-made material named or covered")
    if noun in _PARTS and not understood.jurisdictions and not _MEMBERS.search(understood.question):
        said.append(f"states of the {name_of(_STATES_OF)}")
    return tuple(said)


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


def _protects(understood: Understood) -> tuple[str, ...]:
    return (*understood.protects, "any") if len(understood.protects) == 1 else ()


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
