"""The desk's tabs as HTML and as exports, without a browser: escaping, notes, the cells of Compare, cards."""

import json
import re

import pytest

from corpus.catalogue import Catalogue
from corpus.errors import UnknownValueError
from corpus.query import Cell, questions
from corpus.query.compare import countries
from rag.settings import settings
from ui.queries import Desk
from ui.web import compare, desk
from ui.web.atlas import _GROUP_OF, _world
from ui.web.params import Params


@pytest.fixture(scope="module")
def shelf() -> Desk:
    """The real corpus; a search finds the documents whose title holds the text."""
    catalogue = Catalogue.load(settings().corpus_dir)

    def search(text: str) -> tuple[str, ...]:
        return tuple(one.id for one in catalogue.documents.values() if text.casefold() in one.title.casefold())

    return Desk(catalogue, search)


@pytest.mark.parametrize("key", desk.TABS)
def test_every_value_that_a_filter_offers_can_be_chosen(shelf: Desk, key: str) -> None:
    tab = desk.TABS[key]
    for box in tab.show(shelf, Params(())).boxes:
        for option in box.options[:3]:
            shown = tab.show(shelf, Params([(box.name, option.value)]))
            if option.count is not None and key != "compare":
                assert len(shown.view.rows) == option.count, (box.name, option.value)


@pytest.mark.parametrize("key", [key for key in desk.TABS if key not in ("compare", "map")])
def test_every_column_that_offers_to_sort_does(shelf: Desk, key: str) -> None:
    tab = desk.TABS[key]
    for column in tab.show(shelf, Params(())).columns:
        if column.sort:
            up = tab.show(shelf, Params([("sort", column.sort)]))
            down = tab.show(shelf, Params([("sort", f"-{column.sort}")]))
            assert sorted(up.view.rows) == sorted(down.view.rows)
            assert up.view.rows != down.view.rows


@pytest.mark.parametrize("key", desk.TABS)
def test_what_is_typed_is_escaped(shelf: Desk, key: str) -> None:
    struck = "<script>alert(1)</script>"
    for name in desk.TABS[key].names:
        html = desk._page(shelf, key, Params([(name, struck)])).body.decode()
        assert struck not in html


def test_a_tab_that_does_not_exist_is_told(shelf: Desk) -> None:
    response = desk._page(shelf, "verdicts", Params(()))
    assert response.status_code == 404
    assert "Unknown tab" in response.body.decode()


@pytest.mark.parametrize("form", desk.EXPORTS)
@pytest.mark.parametrize("key", desk.TABS)
def test_every_tab_exports_in_every_format(shelf: Desk, key: str, form: str) -> None:
    few = [] if key == "map" else [("jurisdiction", "KR")]
    response = desk._export(shelf, key, Params([*few, ("format", form)]))
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="pincite-{key}.{form}"'
    assert len(response.body) > 200
    if form == "json":
        assert all(item["corpus_version"] for item in json.loads(response.body))


def test_an_export_in_no_format_is_told(shelf: Desk) -> None:
    assert "Allowed: bib, csl.json, csv" in desk._export(shelf, "laws", Params([("format", "xls")])).body.decode()


def test_every_cell_of_compare_opens_a_document_or_says_that_the_corpus_is_silent(shelf: Desk) -> None:
    shown = compare.show(shelf, Params([("all", "yes")]))
    cells = [cell for _, row in shown.extra["rows"] for cell in row]
    assert len(cells) == len(countries(shelf.catalogue)) * len(questions())
    for cell in cells:
        assert (cell.document in shelf.catalogue.documents) is (cell.verdict != "not-in-corpus")
    html = desk.page_html(shelf, desk.TABS["compare"], Params([("all", "yes")]))
    assert html.count("Not in the corpus") == sum(cell.verdict == "not-in-corpus" for cell in cells)
    assert not re.search(r"<td>\s*(<[^>]+>\s*)*no\b", html, re.I)


def test_the_map_knows_every_country_of_the_corpus_and_every_verdict(shelf: Desk) -> None:
    drawn = {*_world()["shapes"], *_world()["points"]}
    assert set(countries(shelf.catalogue)) - drawn == {"EU", "INT"}
    assert {cell.verdict for cell in _cells(shelf)} <= set(_GROUP_OF)


def _cells(shelf: Desk) -> list[Cell]:
    return [cell for _, row in compare.show(shelf, Params([("all", "yes")])).extra["rows"] for cell in row]


def test_a_card_ties_laws_and_decisions_both_ways(shelf: Desk) -> None:
    for row in shelf.precedents.find().rows:
        for law in row.laws:
            assert f'data-document="{law}"' in desk.card_html(shelf, row.document)
            assert f'data-document="{row.document}"' in desk.card_html(shelf, law)


def test_every_document_has_a_card_with_its_sources(shelf: Desk) -> None:
    for document in shelf.catalogue.documents.values():
        html = desk.card_html(shelf, document.id)
        assert html.count('<li id="') == len(document.sources)


def test_a_document_that_does_not_exist_is_told(shelf: Desk) -> None:
    with pytest.raises(UnknownValueError, match="us-18-usc-1466a"):
        desk.card_html(shelf, "us-18-usc-1466b")
