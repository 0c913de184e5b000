"""The questions of the comparison, and what one law says to each, read from its front matter alone."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Literal

from corpus.model import Document, Penalty
from corpus.query.dates import passed_on, text_since
from corpus.query.standing import COMING, EARLIER_TEXT, FORMER, Standing
from corpus.query.words import longest_years, prison_in_words, years_in_words
from corpus.vocabulary import Conduct

Verdict = Literal[
    "offence",
    "sanction",
    "in-scope",
    "yes",
    "named",
    "covered",
    "term",
    "since",
    "disputed",
    "excluded",
    "not-addressed",
    "eu-law",
    "subdivisions",
    "coming",
    "earlier-text",
    "pending",
    "former",
    "not-in-corpus",
]
"""What a cell says, in the order in which one outranks another where several laws speak to a question.

offence: a law in force threatens imprisonment for it. sanction: a fine or another sanction, no term of imprisonment.
in-scope: a law in force is about it, the corpus gives no penalty. excluded, not-addressed: the law on it leaves out, or
is silent on, AI-made material. eu-law, subdivisions: only the law of the European Union, or of subdivisions, says it.
coming, pending, former: passed and not confirmed to be in force; a bill; no longer law. There is no verdict "no": a
corpus can't show that a law does not exist.
"""

Group = Literal["minors", "adults"]
GROUPS: tuple[Group, ...] = ("minors", "adults")

NOT_IN_CORPUS = "not in the corpus"

_ACTS: dict[str, tuple[str, Conduct]] = {
    "create": ("Creating", "produce"),
    "possess": ("Possessing", "possess"),
    "share": ("Sharing", "distribute"),
    "threaten": ("Threatening to share", "threaten"),
    "request": ("Requesting", "request"),
    "provide-tools": ("Providing tools", "provide-tools"),
}

_CRIMES: frozenset[str] = frozenset(
    {"produce", "possess", "access", "distribute", "advertise", "request", "threaten", "solicit", "provide-tools"}
)
"""Conduct whose penalty counts for the maximum prison term: not breach of an order or of a duty to report."""

_OF_MINORS = re.compile(r"\b(child|children|minors?|youth|boys?|girls?|under 1[0-8]|below 1[0-8])\b", re.IGNORECASE)
_OF_ADULTS = re.compile(r"\badults?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one law says to one question."""

    document: str
    citation: str
    jurisdiction: str
    status: str
    certain: bool
    verdict: Verdict
    value: str
    since: str | None
    synthetic: str
    protects: str
    weight: float = 0
    """Among findings of one verdict the heaviest leads: years of imprisonment, or recency."""


@dataclass(frozen=True)
class Question:
    """One column of the comparison."""

    key: str
    label: str
    group: Group | None
    ask: Callable[[Document, Standing], Finding | None]

    @property
    def is_term(self) -> bool:
        """Whether it asks for the longest term, so that the longest leads."""
        return self.key.startswith("max-prison")


def questions() -> dict[str, Question]:
    """Return every question by its key, in the order of the table: possess-minors, possess-adults, synthetic, …"""
    asked = []
    for act, (label, conduct) in _ACTS.items():
        for group in GROUPS:
            asked.append(Question(f"{act}-{group}", f"{label}: {group}", group, _offence(conduct, group)))
    asked.append(Question("synthetic", "Is AI-made material named?", None, _treatment))
    for group in GROUPS:
        asked.append(Question(f"max-prison-{group}", f"Maximum prison term: {group}", group, _maximum(group)))
    asked.append(Question("civil-remedy", "Civil remedy", None, _provides("civil-remedy", "civil remedy")))
    asked.append(Question("platform-duty", "Duty of platforms", None, _provides("platform-duty", "duty of platforms")))
    asked.append(Question("since", "AI-made material named since", None, _since))
    return {question.key: question for question in asked}


def _finding(document: Document, standing: Standing, verdict: Verdict, value: str, weight: float = 0) -> Finding:
    return Finding(
        document.id,
        document.citation,
        document.jurisdiction,
        standing.status,
        standing.certain,
        verdict,
        value,
        text_since(document),
        document.synthetic,
        document.protects,
        weight,
    )


def _not_law(document: Document, standing: Standing, says: str) -> Finding | None:
    """The finding for what is not law in force on the day; None for what is."""
    status = standing.status
    if status == "pending":
        return _finding(document, standing, "pending", f"bill pending: {says}")
    if status in FORMER:
        return _finding(document, standing, "former", f"{status.replace('-', ' ')}, no longer law: {says}")
    if status in COMING:
        word = "not yet in force" if status == "not-yet-in-force" else "enacted, commencement not confirmed"
        return _finding(document, standing, "coming", f"{word}: {says}")
    if status == EARLIER_TEXT:
        return _finding(document, standing, "earlier-text", "the law had another text, which the corpus does not hold")
    return None


def _concerns(document: Document, group: Group) -> bool:
    return document.protects in (group, "any")


def _of_group(penalties: Iterable[Penalty], group: Group) -> list[Penalty]:
    """The penalties that concern the group, as far as their notes name a group.

    Only the first clause of a note is read: what follows a semicolon is as a rule an aggravated form of the same range.
    """
    other = _OF_ADULTS if group == "minors" else _OF_MINORS
    own = _OF_MINORS if group == "minors" else _OF_ADULTS
    told = [(row, (row.note or "").split(";")[0]) for row in penalties]
    return [row for row, clause in told if not other.search(clause) or own.search(clause)]


def _offence(conduct: Conduct, group: Group) -> Callable[[Document, Standing], Finding | None]:
    def ask(document: Document, standing: Standing) -> Finding | None:
        everyone = [row for row in document.penalties if conduct in row.conduct]
        if not _concerns(document, group) or not (everyone or conduct in document.conduct):
            return None
        rows = everyone if document.protects == group else _of_group(everyone, group)
        verdict, says, weight = _sanction(rows, conduct)
        if everyone and not rows:
            says = "in the law's scope; the penalties that the corpus gives for it name another group"
        if document.protects == "any":
            says += " (law that protects any person)"
        found = _not_law(document, standing, says)
        if found:
            return found
        return _finding(document, standing, *_as_to_synthetic(document, verdict, says), weight=weight)

    return ask


def _sanction(rows: list[Penalty], conduct: Conduct) -> tuple[Verdict, str, float]:
    """The verdict of the penalties, every range in words, and the longest term in years as its weight."""
    rows = _simple(rows) if conduct == "possess" else rows
    if not rows:
        return "in-scope", "in the law's scope; the corpus gives no penalty for it", 0
    weight = max(longest_years([row]) or row.prison_years_min or 0 for row in rows)
    shared = ""
    if conduct == "possess" and "distribute" in rows[0].conduct:
        weight -= _BEHIND
        shared = "one penalty for possessing and sharing, "
    timed = [row for row in rows if prison_in_words(row)]
    if timed:
        return "offence", f"offence, {shared}{'; '.join(prison_in_words(row) + _noted(row) for row in timed)}", weight
    fined = [f"{row.fine}{_noted(row)}" for row in rows if row.fine]
    if fined:
        return "sanction", f"sanction without a stated prison term: {'; '.join(fined)}", weight
    return "sanction", f"penalised: {'; '.join(row.note or 'range not stated' for row in rows)}", weight


_BEHIND = 1000.0
"""What puts a law behind every other of its verdict."""


def _noted(row: Penalty) -> str:
    return f" ({row.note})" if row.note else ""


def _simple(rows: list[Penalty]) -> list[Penalty]:
    """The ranges for simple possession: one for possession and distribution together is often one for possession with
    a view to distribution, so it counts only where there is no other."""
    return [row for row in rows if "distribute" not in row.conduct] or rows


def _as_to_synthetic(document: Document, verdict: Verdict, says: str) -> tuple[Verdict, str]:
    if document.synthetic == "excluded":
        return "excluded", f"the law leaves out AI-made material; otherwise {says}"
    if document.synthetic == "not-addressed":
        return "not-addressed", f"the law does not address AI-made material; otherwise {says}"
    if document.synthetic == "disputed":
        return "disputed", f"disputed whether AI-made material is covered; otherwise {says}"
    return verdict, says


_TREATMENTS: dict[str, tuple[Verdict, str]] = {
    "explicit": ("named", "named in the text"),
    "covered": ("covered", "covered by interpretation or wide wording"),
    "disputed": ("disputed", "disputed"),
    "excluded": ("excluded", "left out by the law"),
    "not-addressed": ("not-addressed", "not addressed by the law"),
}


def _treatment(document: Document, standing: Standing) -> Finding | None:
    verdict, says = _TREATMENTS[document.synthetic]
    return _not_law(document, standing, says) or _finding(document, standing, verdict, says)


def _maximum(group: Group) -> Callable[[Document, Standing], Finding | None]:
    def ask(document: Document, standing: Standing) -> Finding | None:
        crimes = [row for row in document.penalties if _CRIMES & set(row.conduct)]
        rows = _of_group(crimes, group) if document.protects == "any" else crimes
        if not _concerns(document, group) or not any(prison_in_words(row) for row in rows):
            return None
        longest = longest_years(rows)
        if longest is None:
            says = f"{prison_in_words(rows[0])}; the corpus gives no maximum"
        else:
            says = "life" if longest == inf else years_in_words(longest)
        found = _not_law(document, standing, says)
        if found:
            return found
        return _finding(document, standing, *_as_to_synthetic(document, "term", says), weight=longest or 0)

    return ask


def _provides(conduct: Conduct, says: str) -> Callable[[Document, Standing], Finding | None]:
    def ask(document: Document, standing: Standing) -> Finding | None:
        if conduct not in document.conduct:
            return None
        found = _not_law(document, standing, says)
        return found or _finding(document, standing, *_as_to_synthetic(document, "yes", says))

    return ask


def _since(document: Document, standing: Standing) -> Finding | None:
    """Since when a law names AI-made material; for an amended text only the latest possible date is known."""
    if document.synthetic != "explicit":
        return None
    since, passed = text_since(document), passed_on(document)
    if since is None:
        says = "date not in the corpus"
    elif "amended" in document.dates and passed != since:
        says = f"at the latest since {since}" + (f" (law of {passed}, amended)" if passed else "")
    else:
        says = f"since {since}"
    bill = _not_law(document, standing, "names AI-made material")
    return bill or _finding(document, standing, "since", says, _age(since))


def _age(since: str | None) -> float:
    """Older comes first among the laws that name AI-made material."""
    return -float(since.replace("-", "").ljust(8, "0")) if since else -inf
