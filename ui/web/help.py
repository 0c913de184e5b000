"""The help services of the corpus, by country, with the sentences that say how to reach them."""

import re
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.jurisdictions import name_of
from corpus.model import Document
from rag.help import contact_sentences, service

_CONTACT = re.compile(
    r"""(?P<mail>[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,})
      | (?P<site>\b(?:https?://)?(?:[a-z0-9][a-z0-9-]+\.)+(?:[a-z]{2,3})\b(?:/[\w./-]*[\w/])?)
      | (?P<phone>(?<![\d-])\+?\d(?:[ -]?\d){6,14}(?![\d-]))
      | (?:(?<=\bcall\ )|(?<=\bto\ )|(?<=\btelephone\ )|(?<=\bnumber\ )|(?<=\bis\ )|(?<=\bat\ )|(?<=\blists\ ))
        (?P<short>\d{3}\ \d{3}|\d{3,4})(?=[\s.,]|$)(?!\ (?:days|hours|cases|people|victims))
      | (?P<first>^\d{4})(?=\ answers\b)""",
    re.I | re.X,
)


@dataclass(frozen=True)
class Part:
    """A piece of text and where it leads: a `mailto:`, `https:` or `tel:` address, or nowhere ("")."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Service:
    """A help service as its digest tells it."""

    document: str
    name: str
    for_whom: str
    contact: tuple[str, ...]
    as_of: str


@dataclass(frozen=True)
class Country:
    """The services of one country; `code` is "INT" for those of no country."""

    code: str
    name: str
    services: tuple[Service, ...]


def services(catalogue: Catalogue) -> tuple[Country, ...]:
    """Return the help services by country, in the order of the countries' names, those of no country last."""
    by_country: dict[str, list[Service]] = {}
    for document in catalogue.select(kind=["resource"]):
        by_country.setdefault(document.country, []).append(_service(document))
    countries = [Country(code, name_of(code), tuple(found)) for code, found in by_country.items()]
    return tuple(sorted(countries, key=lambda country: (country.code == "INT", country.name)))


def linked(text: str) -> list[Part]:
    """Cut text at its telephone numbers, e-mail addresses and sites, so that each can be dialled or opened."""
    parts: list[Part] = []
    end = 0
    for match in _CONTACT.finditer(text):
        parts += [Part(text[end : match.start()]), Part(match.group(), _href(match))]
        end = match.end()
    return [part for part in (*parts, Part(text[end:])) if part.text]


def _href(match: re.Match[str]) -> str:
    if match["mail"]:
        return f"mailto:{match.group()}"
    if match["site"]:
        return match.group() if "://" in match.group() else f"https://{match.group().lower()}"
    return "tel:" + re.sub(r"[^\d+]", "", match.group())


def _service(document: Document) -> Service:
    return Service(
        document=document.id,
        name=document.title,
        for_whom=service(document).for_whom,
        contact=tuple(contact_sentences(document)),
        as_of=document.as_of,
    )
