"""The words of the vocabularies as a reader sees them."""

from corpus.catalogue import Catalogue
from corpus.errors import PinciteError
from corpus.jurisdictions import name_of
from ui.web.render import kind_words, status_words

_SYNTHETIC = {
    "explicit": "Named in the text",
    "covered": "Covered by wide wording",
    "disputed": "Disputed",
    "excluded": "Excluded",
    "not-addressed": "Not addressed",
}
_CONDUCT = {
    "produce": "Creating",
    "possess": "Possessing",
    "access": "Accessing",
    "distribute": "Sharing",
    "advertise": "Advertising",
    "request": "Requesting",
    "threaten": "Threatening to share",
    "solicit": "Soliciting",
    "provide-tools": "Providing tools",
    "train-model": "Training models",
}
_GAPS = {
    "stale": "As-of date older than a year",
    "unseen-source": "Source not re-read",
    "reported-only": "Facts told as reported only",
    "no-official-source": "No official source",
}
_EVENTS = {"effective": "In effect", "introduced": "Introduced"}


def words_of(facet: str, value: str, catalogue: Catalogue) -> str:
    """Return a facet value in words: "In force", "South Korea", "18 U.S.C. § 1466A"."""
    if facet == "jurisdiction":
        return _place(value)
    if facet == "law":
        return catalogue.documents[value].citation if value in catalogue.documents else value
    tables = {"synthetic": _SYNTHETIC, "conduct": _CONDUCT, "without": _CONDUCT, "gap": _GAPS, "event": _EVENTS}
    if value in tables.get(facet, {}):
        return tables[facet][value]
    if facet in ("status", "kind"):
        return {"status": status_words, "kind": kind_words}[facet](value)
    return value if facet == "court" else value.replace("-", " ").capitalize()


def _place(code: str) -> str:
    try:
        return name_of(code)
    except PinciteError:
        return code
