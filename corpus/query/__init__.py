"""Exact questions to the front matter: decisions, laws, comparison, timeline, coverage; no screen and no model."""

from corpus.query.compare import Cell, Comparison, compare
from corpus.query.coverage import Count, CoverageQuery, Holding, coverage, tally
from corpus.query.detail import Detail, Reference, detail
from corpus.query.facets import FacetValue, Result
from corpus.query.laws import LawQuery, LawRow, Laws
from corpus.query.names import code_of, laws_named
from corpus.query.precedents import Band, CaseQuery, CaseRow, Precedents, distribution
from corpus.query.questions import Finding, questions
from corpus.query.timeline import Event, Timeline, TimelineQuery, timeline

__all__ = [
    "Band",
    "CaseQuery",
    "CaseRow",
    "Cell",
    "Comparison",
    "Count",
    "CoverageQuery",
    "Detail",
    "Event",
    "FacetValue",
    "Finding",
    "Holding",
    "LawQuery",
    "LawRow",
    "Laws",
    "Precedents",
    "Reference",
    "Result",
    "Timeline",
    "TimelineQuery",
    "code_of",
    "compare",
    "coverage",
    "detail",
    "distribution",
    "laws_named",
    "questions",
    "tally",
    "timeline",
]
