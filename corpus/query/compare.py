"""Jurisdictions side by side: each cell with its law, its status and the documents that it rests on.

Where the corpus is silent, the cell says so. It never says "no": that a law is missing from the corpus does not show
that there is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from corpus.catalogue import Catalogue
from corpus.errors import PinciteError
from corpus.jurisdictions import jurisdiction, name_of
from corpus.model import Document
from corpus.query.dates import parse_span
from corpus.query.facets import known
from corpus.query.names import code_of
from corpus.query.questions import GROUPS, NOT_IN_CORPUS, Finding, Question, Verdict, questions
from corpus.query.standing import Standing, standings

_RANK = {verdict: place for place, verdict in enumerate(get_args(Verdict))}
_ASIDE: frozenset[Verdict] = frozenset({"coming", "pending", "former", "earlier-text"})
"""Verdicts that are told beside the answer, since they are not law in force on the day."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer to one question for one jurisdiction."""

    jurisdiction: str
    jurisdiction_name: str
    question: str
    label: str
    verdict: Verdict
    value: str
    """What the leading law says."""
    also: tuple[str, ...]
    """What else is to be told: laws that say otherwise, bills, law that is not yet or no longer in force, EU law."""
    status: str
    citation: str
    since: str | None
    document: str | None
    """The document that leads; None only where the corpus is silent."""
    documents: tuple[str, ...]
    findings: tuple[Finding, ...]
    subdivisions: tuple["Cell", ...] = ()
    """The cells of subdivisions, where any says something else than this one."""


@dataclass(frozen=True)
class Comparison:
    """A table of cells: jurisdictions down, questions across."""

    jurisdictions: tuple[str, ...]
    questions: tuple[str, ...]
    cells: tuple[Cell, ...]
    as_of: str | None = None

    def cell(self, code: str, question: str) -> Cell:
        """Return one cell.

        Raises:
            PinciteError: the table has no such row or column.
        """
        for cell in self.rows:
            if (cell.jurisdiction, cell.question) == (code, question):
                return cell
        raise PinciteError(f"The comparison has no cell for {code} and {question}.", "Ask for both.")

    @property
    def rows(self) -> tuple[Cell, ...]:
        """All cells one after the other, each followed by those of its subdivisions."""
        return tuple(row for cell in self.cells for row in (cell, *cell.subdivisions))

    def sorted(self, key: str) -> "Comparison":
        """Return the table by "jurisdiction" (as they were named) or by "question".

        Raises:
            UnknownValueError: another key.
        """
        known("sort", (key,), ("jurisdiction", "question"))
        if key == "jurisdiction":
            return self
        return replace(self, cells=tuple(sorted(self.cells, key=lambda cell: self.questions.index(cell.question))))

    def closed(self) -> "Comparison":
        """Return the table without the cells of subdivisions."""
        return replace(self, cells=tuple(replace(cell, subdivisions=()) for cell in self.cells))


def compare(
    catalogue: Catalogue,
    jurisdictions: Iterable[str] = (),
    asked: Iterable[str] = (),
    as_of: str | None = None,
) -> Comparison:
    """Return the comparison of jurisdictions (codes or names; empty: all countries of the corpus) by questions.

    A question is a key of `questions()`, or the name of an act for both groups: "possess" gives possess-minors and
    possess-adults.

    Raises:
        UnknownValueError: a jurisdiction or a question that does not exist.
        PinciteError: an impossible date.
    """
    day = parse_span("as-of date", as_of) if as_of else None
    columns = chosen_questions(asked)
    codes = tuple(dict.fromkeys(code_of(code) for code in jurisdictions)) or countries(catalogue)
    laws = [document for document in catalogue.documents.values() if document.is_law]
    stood = standings(laws, day)
    places: dict[str, list[Document]] = {}
    for law in laws:
        if law.id in stood:
            places.setdefault(law.jurisdiction, []).append(law)
    table = _Table(places, stood)
    cells = tuple(table.cell(code, question) for code in codes for question in columns)
    return Comparison(codes, tuple(question.key for question in columns), cells, as_of)


def countries(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the codes of all countries of the corpus, and EU and INT."""
    return tuple(sorted({document.country for document in catalogue.documents.values()}))


def chosen_questions(asked: Iterable[str]) -> tuple[Question, ...]:
    """Return the questions that keys or names of acts stand for; all where none is given.

    Raises:
        UnknownValueError: there is no such question.
    """
    every = questions()
    pairs = {key.removesuffix(f"-{group}"): () for key in every for group in GROUPS if key.endswith(group)}
    names = list(dict.fromkeys(name.strip() for name in asked)) or list(every)
    known("question", names, {*every, *pairs})
    keys = [key for name in names for key in ([name] if name in every else [f"{name}-{group}" for group in GROUPS])]
    return tuple(every[key] for key in dict.fromkeys(keys))


@dataclass(frozen=True)
class _Table:
    laws: dict[str, list[Document]]
    """By jurisdiction."""
    stood: dict[str, Standing]

    def cell(self, code: str, question: Question) -> Cell:
        """The cell of a jurisdiction, with those of its subdivisions where they differ."""
        own = self._findings(question, code)
        member = "EU" in jurisdiction(jurisdiction(code).parent or code).member_of
        parent = _cell(code, question, own, self._findings(question, "EU") if member else [])
        below = [
            _cell(part, question, found, [])
            for part in sorted(self.laws)
            if part.startswith(f"{code}-") and (found := self._findings(question, part))
        ]
        opened = tuple(part for part in below if (part.verdict, part.value) != (parent.verdict, parent.value))
        return _over_subdivisions(parent, opened) if opened else parent

    def _findings(self, question: Question, code: str) -> list[Finding]:
        found = (question.ask(law, self.stood[law.id]) for law in self.laws.get(code, ()))
        return sorted((finding for finding in found if finding), key=lambda finding: _precedence(finding, question))


_SANCTIONS: frozenset[Verdict] = frozenset({"offence", "sanction"})


def _precedence(finding: Finding, question: Question) -> tuple[float, bool, float, bool, str]:
    """Sort key of findings: by verdict, with two departures.

    A law about the group itself leads before a law for any person, even where its reach is disputed: a general law on
    obscenity is no clear answer to a question about minors. And the longest term leads, disputed or not.
    """
    tier: float = len(_RANK) + _RANK[finding.verdict]
    if question.is_term and finding.verdict in ("term", "disputed"):
        tier = 0
    elif question.group and finding.verdict in (*_SANCTIONS, "disputed"):
        general = finding.protects == "any"
        tier = 2 * general + (finding.verdict == "disputed") + _RANK[finding.verdict] / len(_RANK) / 2
    return (tier, not finding.certain, -finding.weight, finding.synthetic != "explicit", finding.document)


def _cell(code: str, question: Question, own: Sequence[Finding], of_union: Sequence[Finding]) -> Cell:
    """Join what the laws of one jurisdiction say, and for a member state what the European Union says."""
    findings = (*own, *of_union)
    name = name_of(code)
    if not findings:
        return Cell(
            code, name, question.key, question.label, "not-in-corpus", NOT_IN_CORPUS, (), "", "", None, None, (), ()
        )
    lead = min(findings, key=lambda finding: (finding.verdict in _ASIDE, finding in of_union))
    others = [finding for finding in own if finding != lead and finding.verdict != lead.verdict]
    union = [finding for place, finding in enumerate(of_union) if place == 0 or finding.verdict in _ASIDE]
    also = (*others, *(finding for finding in union if finding != lead))
    return Cell(
        code,
        name,
        question.key,
        question.label,
        lead.verdict if lead in own or lead.verdict in _ASIDE else "eu-law",
        _worded(lead, lead in of_union),
        tuple(f"{_worded(finding, finding in of_union)} [{finding.citation}]" for finding in also),
        lead.status,
        lead.citation,
        lead.since,
        lead.document,
        tuple(dict.fromkeys(finding.document for finding in (lead, *findings))),
        findings,
    )


def _worded(finding: Finding, union: bool) -> str:
    doubt = "" if finding.certain else " (not certain for that day)"
    return f"{'EU law: ' if union else ''}{finding.value}{doubt}"


def _over_subdivisions(parent: Cell, opened: tuple[Cell, ...]) -> Cell:
    """Open a cell: its own law stays first; where it has none, the cell says that the subdivisions differ."""
    if parent.verdict != "not-in-corpus":
        return replace(parent, subdivisions=opened)
    first = min(opened, key=lambda cell: _RANK[cell.verdict])
    return replace(
        parent,
        verdict="subdivisions",
        value=f"by subdivision: {', '.join(cell.jurisdiction for cell in opened)}",
        status=first.status,
        citation=first.citation,
        since=first.since,
        document=first.document,
        documents=tuple(dict.fromkeys(document for cell in opened for document in cell.documents)),
        subdivisions=opened,
    )
