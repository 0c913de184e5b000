"""The tabs of the policy desk: the pages, exports and source cards that the browser fetches, and their routes."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from corpus.errors import PinciteError, UnknownValueError
from corpus.query import detail
from rag.assistant import Assistant
from ui.export import FORMATS, render
from ui.queries import Desk
from ui.web import atlas, compare, coverage, laws, precedents, timeline
from ui.web.params import Params
from ui.web.render import fill, note
from ui.web.shown import Shown
from ui.web.wording import words_of

FAILED = PinciteError("Pincite could not show this.", "Please try again, or take a filter away.")

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
EXPORTS = {
    "csv": "CSV", "json": "JSON", "md": "Memo (Markdown)", "docx": "Memo (Word)", "bib": "BibTeX",
    "csl.json": "CSL-JSON",
}  # fmt: skip
"""Formats with the names that buttons carry."""

_OF_PAGE = ("tab", "document")
"""Names of an address that are no filters: which tab, and which source is open."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tab:
    """One tab: its name, what it is for, the filters that its address may have, and what fills it."""

    key: str
    name: str
    intro: str
    names: tuple[str, ...]
    show: Callable[[Desk, Params], Shown]


TABS: Mapping[str, Tab] = {
    tab.key: tab
    for tab in (
        Tab("precedents", "Precedents", "Decisions, their sentences and the laws they applied.",
            precedents.NAMES, precedents.show),
        Tab("laws", "Laws", "Statutes, regulations, bills and treaties, with status, dates and penalties.",
            laws.NAMES, laws.show),
        Tab("compare", "Compare", "What jurisdictions punish and provide, side by side. Where the corpus is silent "
            "it says so: that does not show that there is no law.", compare.NAMES, compare.show),
        Tab("timeline", "Timeline", "What was introduced, passed, in effect, amended, ended and decided, and when.",
            timeline.NAMES, timeline.show),
        Tab("map", "Map", "One question over the world. A country without colour is not in the corpus, which does "
            "not show that it has no law.", atlas.NAMES, atlas.show),
        Tab("coverage", "Coverage", "What the corpus holds, how fresh it is, and where it is weak.",
            coverage.NAMES, coverage.show),
    )
}  # fmt: skip


def shell(tab: Tab, _assistant: Assistant) -> None:
    """Fill a tab of the page with the frame that the browser fills from the routes when it is first looked at."""
    gr.HTML(fill("shell.html", tab=tab), apply_default_css=False, js_on_load=None)


def routes(assistant: Assistant) -> list[Route]:
    """Return the routes `/desk/<tab>`, `/desk/<tab>/export` and `/desk/document/<id>`."""
    desk = Desk.of(assistant)

    async def page(request: Request) -> Response:
        return await run_in_threadpool(_page, desk, request.path_params["tab"], _params(request))

    async def export(request: Request) -> Response:
        return await run_in_threadpool(_export, desk, request.path_params["tab"], _params(request))

    async def document(request: Request) -> Response:
        return await run_in_threadpool(_document, desk, request.path_params["id"])

    return [
        Route("/desk/document/{id}", document),
        Route("/desk/{tab}/export", export),
        Route("/desk/{tab}", page),
    ]


def _params(request: Request) -> Params:
    return Params((name, value) for name, value in request.query_params.multi_items() if name not in _OF_PAGE)


def _page(desk: Desk, key: str, params: Params) -> Response:
    """A tab filled; with values that don't fit, its unfiltered form beneath a note that says what is allowed."""

    def body() -> str:
        tab = _tab(key)
        try:
            params.check(tab.names)
            return page_html(desk, tab, params)
        except PinciteError as error:
            return page_html(desk, tab, Params(()), error)

    return _answered(body)


def page_html(desk: Desk, tab: Tab, params: Params, error: PinciteError | None = None) -> str:
    """Return a tab as HTML, with a note in place of the results where there is an error."""
    shown = tab.show(desk, params)
    return fill(
        "desk.html",
        tab=tab,
        shown=shown,
        note=note(error) if error else "",
        chips=[] if error else _chips(desk, params),
        exports=[(name, params.query(format=form)) for form, name in EXPORTS.items()],
        **shown.extra,
    )


def _chips(desk: Desk, params: Params) -> list[tuple[str, str]]:
    """The filters in use, in words, each with the address that is without it."""
    return [(_chip(desk, name, value), params.without(name, value)) for name, value in params.pairs if name != "sort"]


_CHIP = {
    "min_months": "At least {} months", "max_months": "At most {} months", "min_years": "At least {} years",
    "max_years": "At most {} years", "from": "From {}", "to": "To {}", "text": "“{}”", "as_of": "As of {}",
    "without": "Without {}", "suspended": "Suspended: {}", "passed_from": "Became law from {}",
    "passed_to": "Became law to {}", "changed_from": "Changed from {}", "changed_to": "Changed to {}",
    "effective_from": "In effect from {}", "effective_to": "In effect to {}", "certain": "Certain only: {}",
    "subdivisions": "Subdivisions: {}", "all": "All jurisdictions: {}",
}  # fmt: skip


def _chip(desk: Desk, name: str, value: str) -> str:
    words = words_of(name, value, desk.catalogue) if name not in _CHIP or name == "without" else value
    return _CHIP.get(name, "{}").format(words.lower() if name == "without" else words)


def _export(desk: Desk, key: str, params: Params) -> Response:
    def response() -> Response:
        tab = _tab(key)
        params.check((*tab.names, "format"))
        form = params.one("format") or "csv"
        if form not in FORMATS:
            raise UnknownValueError("format", form, FORMATS)
        made = render(tab.show(desk, Params(pair for pair in params.pairs if pair[0] != "format")).view, form)
        mark = b"\xef\xbb\xbf" if form == "csv" else b""  # else a spreadsheet takes it for the local code page
        return Response(
            mark + made,
            media_type=MEDIA[form],
            headers={"content-disposition": f'attachment; filename="pincite-{tab.key}.{form}"'},
        )

    return _answered(response)


def _document(desk: Desk, name: str) -> Response:
    return _answered(lambda: card_html(desk, name))


def card_html(desk: Desk, name: str) -> str:
    """Return the source card of a document: the digest, its sources and what it is tied to, both ways.

    Raises:
        UnknownValueError: there is no such document.
    """
    found = detail(desk.catalogue, name)
    sections = [(section.heading, _paragraphs(section.sentences)) for section in found.entry.sections]
    return fill("document.html", found=found, sections=sections)


def _paragraphs(sentences: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The text of each paragraph and the ids of the sources that it cites."""
    paragraphs: dict[int, list[Any]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    return [(" ".join(one.text for one in many), many[-1].sources) for many in paragraphs.values()]


def _tab(key: str) -> Tab:
    if key not in TABS:
        raise UnknownValueError("tab", key, TABS)
    return TABS[key]


def _answered(make: Callable[[], str | Response]) -> Response:
    """What `make` gives; an error that a person can mend as a note, any other without its trace."""
    try:
        made = make()
    except PinciteError as error:
        return HTMLResponse(note(error), status_code=404 if isinstance(error, UnknownValueError) else 400)
    except Exception:  # whatever fails, the person sees a note and keeps the page
        _log.exception("A page of the desk could not be shown")
        return HTMLResponse(note(FAILED), status_code=500)
    return made if isinstance(made, Response) else HTMLResponse(made)
