"""Which services a person is shown, and that none of what is said leads to keeping an image."""

import re
from typing import Any

import pytest

from corpus import Catalogue
from rag.help import MAX_SERVICES, contact_sentences, countries_served, is_safe, service, services_for
from rag.model import Understood

RESOURCES = sorted(document.id for document in Catalogue.load().select(kind=["resource"]))
REACHED = re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}\b|\d{3}")


def _shown(
    catalogue: Catalogue, category: str, codes: tuple[str, ...] = (), minors: bool = False, **more: Any
) -> list[str]:
    understood = Understood(question="help", jurisdictions=codes, protects=("minors",) if minors else ())
    return [document.id for document in services_for(catalogue, understood, category, RESOURCES, **more)]


@pytest.mark.parametrize(
    ("category", "codes", "minors", "among"),
    [
        ("depicted", ("DE",), False, {"de-hateaid", "de-hilfetelefon", "gb-stopncii"}),
        ("depicted", ("KR",), False, {"kr-digital-sex-crime-victim-support-center"}),
        ("depicted", ("US",), False, {"us-ccri-helpline"}),
        ("depicted", ("US-CA",), False, {"us-ccri-helpline"}),
        ("depicted", ("US",), True, {"us-ncmec-take-it-down"}),
        ("depicted", ("AU-NSW",), False, {"au-esafety-image-abuse"}),
        ("depicted", ("FR",), True, {"fr-3018"}),
        ("depicted", ("NZ",), False, {"nz-resource-netsafe"}),
        ("depicted", ("IT",), False, {"it-garante-ncii-reporting"}),
        ("threatened", ("ES",), False, {"es-017-aepd"}),
        ("parent", ("CA",), False, {"ca-cybertip", "us-ncmec-take-it-down"}),
        ("teacher", ("CA",), False, {"ca-resource-c3p"}),
        ("friend", ("GB",), True, {"gb-report-remove"}),
        ("crisis", ("DE",), False, {"de-hilfetelefon"}),
        # a country without a service of its own gets those that work across borders
        ("depicted", ("PE",), False, {"gb-stopncii", "int-inhope"}),
        ("depicted", ("IE",), True, {"us-ncmec-take-it-down", "int-inhope"}),
        ("found", ("PL",), True, {"int-inhope"}),
        ("found", (), False, {"int-inhope"}),
        ("depicted", (), False, {"gb-stopncii"}),
    ],
)
def test_services(catalogue: Catalogue, category: str, codes: tuple[str, ...], minors: bool, among: set[str]) -> None:
    shown = _shown(catalogue, category, codes, minors)
    assert among <= set(shown)
    assert 0 < len(shown) <= MAX_SERVICES
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("code", sorted({name[:2].upper() for name in RESOURCES} - {"IN"}))
def test_the_own_country_comes_first(catalogue: Catalogue, code: str) -> None:
    assert catalogue.documents[_shown(catalogue, "depicted", (code,))[0]].country == code


@pytest.mark.parametrize(
    ("codes", "line"),
    [
        (("US",), "us-988-lifeline"),
        (("US-CA",), "us-988-lifeline"),
        (("GB",), "gb-samaritans"),
        (("IE",), "gb-samaritans"),
        (("ES",), "es-024"),
        (("DE",), "de-telefonseelsorge"),
        (("KR",), "kr-109"),
        (("PL",), "int-find-a-helpline"),
        ((), "int-find-a-helpline"),
    ],
)
def test_where_a_life_is_at_stake_a_crisis_line_leads_and_nowhere_else(
    catalogue: Catalogue, codes: tuple[str, ...], line: str
) -> None:
    assert _shown(catalogue, "crisis", codes)[0] == line
    assert _shown(catalogue, "own-thoughts", codes, urgent=True)[0] == line
    assert line not in _shown(catalogue, "depicted", codes)


@pytest.mark.parametrize(("minors", "first"), [(True, "us-ncmec-take-it-down"), (False, "gb-stopncii")])
def test_without_a_country_a_service_for_all_countries_leads(catalogue: Catalogue, minors: bool, first: str) -> None:
    for category in ("depicted", "threatened", "friend"):
        assert _shown(catalogue, category, minors=minors)[:2] == [first, "int-inhope"]


@pytest.mark.parametrize("codes", [(), ("DE",), ("US-CA",)])
def test_own_thoughts_are_led_to_one_service_alone(catalogue: Catalogue, codes: tuple[str, ...]) -> None:
    assert _shown(catalogue, "own-thoughts", codes) == ["gb-stop-it-now"]


def test_the_country_of_the_settings_stands_in_where_the_words_name_none(catalogue: Catalogue) -> None:
    assert _shown(catalogue, "depicted", country="DE")[0].startswith("de-")
    assert _shown(catalogue, "depicted", ("KR",), country="DE")[0].startswith("kr-")


@pytest.mark.parametrize("name", RESOURCES)
def test_each_service_says_how_it_is_reached(catalogue: Catalogue, name: str) -> None:
    document = catalogue.documents[name]
    told = service(document)
    assert told.service == document.title
    assert told.document == name
    assert told.for_whom
    assert told.url.startswith("https://")
    assert REACHED.search(told.contact)
    written = document.text + " ".join(source.url for source in document.sources)
    assert all(sentence in written for sentence in contact_sentences(document))


@pytest.mark.parametrize("name", RESOURCES)
def test_no_contact_sentence_leads_to_keeping_images(catalogue: Catalogue, name: str) -> None:
    assert all(is_safe(sentence) for sentence in contact_sentences(catalogue.documents[name]))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Call 116 016 at any hour.", True),
        ("Reports go to report.iwf.org.uk.", True),
        ("A person who reports should not save, copy or share the image.", True),
        ("Never download the material.", True),
        ("Report the address without keeping the image.", True),
        ("Save the image before you report it.", False),
        ("Keep screenshots as evidence.", False),
        ("You are advised not to delete evidence.", False),
        ("Take a screenshot.", False),
        ("Download the video.", False),
        ("The app stores the images in a vault.", False),
        ("Forward the image to the police.", False),
        ("Evidence helps the police.", False),
    ],
)
def test_is_safe(text: str, safe: bool) -> None:
    assert is_safe(text) is safe


def test_countries_served_are_names_in_order(catalogue: Catalogue) -> None:
    named = countries_served(catalogue)
    assert named == sorted(named)
    assert {"Germany", "South Korea", "United Kingdom", "United States"} <= set(named)
