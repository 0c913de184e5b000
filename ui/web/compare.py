"""The tab "Compare": questions down, jurisdictions across; what the corpus is silent on is called so, never "no"."""

from collections.abc import Collection

from corpus.errors import UnknownValueError
from corpus.query import compare, questions
from corpus.query.compare import countries
from ui.export import view_of_comparison
from ui.queries import Desk
from ui.web.params import Params
from ui.web.shown import Box, Option, Shown, typed
from ui.web.wording import words_of

NAMES = ("jurisdiction", "question", "subdivisions", "as_of", "all")

FIRST = ("KR", "GB", "US", "JP", "DE")
"""Compared while none is chosen."""


def show(desk: Desk, params: Params) -> Shown:
    """Fill the tab.

    Raises:
        PinciteError: a value that does not fit its filter.
    """
    every = countries(desk.catalogue)
    chosen = params.many("jurisdiction")
    codes = chosen or (every if params.choice("all") else tuple(code for code in FIRST if code in every))
    comparison = compare(desk.catalogue, codes, params.many("question"), params.one("as_of"))
    if params.choice("subdivisions") is False:
        comparison = comparison.closed()
    cells = {(cell.jurisdiction, cell.question): cell for cell in comparison.cells}
    return Shown(
        view=view_of_comparison(desk.catalogue, comparison),
        boxes=(_places(desk, every, chosen), _questions(params)),
        fields=typed(params, ("as_of", "As of", "A day: 2024-12-31")),
        extra={
            "places": [(code, words_of("jurisdiction", code, desk.catalogue)) for code in comparison.jurisdictions],
            "rows": [
                (questions()[key].label, [cells[code, key] for code in comparison.jurisdictions])
                for key in comparison.questions
            ],
            "first": not chosen and not params.choice("all"),
        },
    )


def one_question(params: Params, default: str, allowed: Collection[str]) -> str:
    """Return the single question that an address asks for.

    Raises:
        UnknownValueError: it is none of those allowed.
    """
    key = params.one("question") or default
    if key not in allowed:
        raise UnknownValueError("question", key, allowed)
    return key


def _places(desk: Desk, every: tuple[str, ...], chosen: tuple[str, ...]) -> Box:
    laws = [document.jurisdiction for document in desk.catalogue.documents.values() if document.is_law]
    below = sorted({code for code in laws if "-" in code})
    ranked = sorted(every, key=lambda code: -sum(law.split("-")[0] == code for law in laws))
    codes = [*ranked, *below, *(code for code in chosen if code not in (*ranked, *below))]
    return Box(
        "jurisdiction",
        "Jurisdiction",
        tuple(
            Option(
                code,
                words_of("jurisdiction", code, desk.catalogue),
                sum(law == code or law.startswith(f"{code}-") for law in laws),
                code in chosen,
            )
            for code in codes
        ),
    )


def _questions(params: Params) -> Box:
    chosen = params.many("question")
    options = tuple(Option(key, question.label, None, key in chosen) for key, question in questions().items())
    return Box("question", "Question", options)
