"""Help for a person affected: which services, in which order, and how each is reached."""

import re
from collections.abc import Iterable

from corpus.catalogue import Catalogue
from corpus.jurisdictions import gazetteer
from corpus.model import Document, Section
from rag.model import HelpService, Understood

MAX_SERVICES = 5

_REACH = re.compile(r"how to (?:reach|report)|^contact", re.IGNORECASE)
_WHOM = re.compile(r"whom it helps|^who (?:can|may)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:[a-z0-9-]+\.)+[a-z]{2,3}\b|\d{3}[- ]\d{3}|\b1366\b|\b116 ?016\b|1-800-|\b(?:999|911|111|112)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"\b(?:can|may|should|call|telephone)\b")
# Nobody is ever told to save, keep or pass on such images, whatever a service offers for evidence.
KEEPS_IMAGES = re.compile(
    r"\b(?:save[sd]?|vault|screenshots?|download(?:s|ed)?|keep(?:s|ing)?|forward|evidence|stor(?:e|ed|es))\b", re.I
)
_WARNS = re.compile(r"\b(?:not|never|without)\b", re.IGNORECASE)
_KEEPS_ANYWAY = re.compile(r"\b(?:not|never)\b[^.;]{0,20}\bdelet\w*", re.IGNORECASE)

# Services that work across borders, for whom: they stand behind those of the person's own country.
_EVERYWHERE = {"minors": ("us-ncmec-take-it-down", "int-inhope"), "adults": ("gb-stopncii", "int-inhope")}
_OWN_THOUGHTS = "gb-stop-it-now"
_CRISIS_LINES = {
    "AU": "au-lifeline",
    "CA": "ca-988",
    "DE": "de-telefonseelsorge",
    "ES": "es-024",
    "FR": "fr-3114",
    "GB": "gb-samaritans",
    "IE": "gb-samaritans",
    "IT": "it-telefono-amico",
    "KR": "kr-109",
    "NZ": "nz-1737",
    "US": "us-988-lifeline",
}
"""By country; they are shown where a life may be at stake, and not else."""
_CRISIS_DIRECTORY = "int-find-a-helpline"
_REPORTS = frozenset({"found"})
_URGENT = frozenset({"crisis", "found"})


def services_for(
    catalogue: Catalogue,
    understood: Understood,
    category: str,
    order: Iterable[str],
    country: str | None = None,
    urgent: bool = False,
) -> list[Document]:
    """Return the resource documents to show, the best first.

    Args:
        catalogue: the corpus.
        understood: what was read from the person's words; its jurisdictions decide, then `country`.
        category: who speaks: depicted, threatened, parent, teacher, found, crisis, own-thoughts, friend.
        order: ids of documents, the most fitting first, as the ranker has them.
        country: the country of the settings, where the words name none.
        urgent: whether a life may be at stake: then the crisis line of the country, or the directory of all, comes first.
    """
    resources = {document.id: document for document in catalogue.select(kind=["resource"])}
    codes = {code.split("-")[0] for code in understood.jurisdictions} or ({country} if country else set())
    lines = []
    if urgent or category == "crisis":
        lines = [_CRISIS_LINES[code] for code in sorted(codes & _CRISIS_LINES.keys())] or [_CRISIS_DIRECTORY]
    if category == "own-thoughts" and _OWN_THOUGHTS in resources:
        return [resources[name] for name in (*lines, _OWN_THOUGHTS) if name in resources]
    crisis = {*_CRISIS_LINES.values(), _CRISIS_DIRECTORY}
    ranked = [name for name in order if name in resources and name not in crisis]
    whom = "minors" if "minors" in understood.protects or category in {"parent", "teacher"} else "adults"
    own = [name for name in ranked if not codes or resources[name].country in codes]
    local = [name for name in own if name != _OWN_THOUGHTS or name == own[0]]
    if not codes:  # the country is asked for; until then those of no country lead, and the two that fit best follow
        local = [] if category in _URGENT else local[:2]
    if category not in _REPORTS:
        local.sort(key=lambda name: resources[name].protects not in {whom, "any"})
    first = ("int-inhope",) if category in _REPORTS else ()
    everywhere = [*first, *_EVERYWHERE[whom], *_EVERYWHERE["minors"], *_EVERYWHERE["adults"]]
    before = lines if codes else [*lines, *first, *_EVERYWHERE[whom]]
    chosen = dict.fromkeys([*before, *local[:4], *everywhere])
    return [resources[name] for name in chosen if name in resources][:MAX_SERVICES]


def has_service(catalogue: Catalogue, understood: Understood) -> bool:
    """Whether a country that the words name has a service of its own."""
    countries = {document.country for document in catalogue.select(kind=["resource"])}
    return bool(countries & {code.split("-")[0] for code in understood.jurisdictions})


def service(document: Document) -> HelpService:
    """Return a service as its digest tells it: its name, for whom, how to reach it."""
    whom = _sections(document, _WHOM) or document.sections[:1]
    return HelpService(
        service=document.title,
        for_whom=next((sentence.text for section in whom for sentence in section.sentences), ""),
        contact=" ".join(contact_sentences(document)),
        url=_first_page(document),
        document=document.id,
    )


def contact_sentences(document: Document) -> list[str]:
    """Return the sentences that say how to reach a service, without any that speaks of keeping images."""
    reach = [sentence.text for section in _sections(document, _REACH) for sentence in section.sentences]
    if not any(_ADDRESS.search(text) for text in reach):
        every = [sentence.text for section in document.sections for sentence in section.sentences]
        reach = [text for text in every if _ADVICE.search(text) and _ADDRESS.search(text)] or reach
    return [text for text in reach if is_safe(text)] or [_first_page(document)]


def is_safe(text: str) -> bool:
    """Whether a sentence may be said to a person in need: it does not lead them to keep or pass on images."""
    if _KEEPS_ANYWAY.search(text):
        return False
    return not KEEPS_IMAGES.search(text) or bool(_WARNS.search(text))


def countries_served(catalogue: Catalogue) -> list[str]:
    """Return the names of the countries that have a service of their own."""
    codes = {document.country for document in catalogue.select(kind=["resource"])} - {"INT"}
    return sorted(gazetteer()[code].name for code in codes)


def _first_page(document: Document) -> str:
    """Return the address of the service's own page, or else of the first source."""
    return next((source.url for source in document.sources if source.official), document.sources[0].url)


def _sections(document: Document, heading: re.Pattern[str]) -> tuple[Section, ...]:
    return tuple(section for section in document.sections if heading.search(section.heading))
