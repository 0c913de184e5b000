"""The tab "Map": one question of the comparison over the world, with its table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from corpus.query import Cell as Answer
from corpus.query import compare, questions
from corpus.query.compare import countries
from ui.export import view_of_comparison
from ui.queries import Desk
from ui.web.compare import one_question
from ui.web.params import Params
from ui.web.shown import Cell, Column, Field, Shown, status_cell, typed

NAMES = ("question", "as_of")

_GROUPS = (
    ("firm", "Law in force: an offence, named, or provided for", ("offence", "named", "yes", "term", "since")),
    ("wide", "Law in force, by wider wording or with another sanction", ("sanction", "in-scope", "covered")),
    ("open", "Disputed", ("disputed",)),
    ("coming", "Bill, or law not yet or no longer in force", ("coming", "pending", "former", "earlier-text")),
    ("out", "A law leaves it out or does not address it", ("excluded", "not-addressed")),
    ("union", "European Union law only", ("eu-law",)),
    ("parts", "Differs by subdivision", ("subdivisions",)),
    ("none", "Not in the corpus", ("not-in-corpus",)),
)
_GROUP_OF = {verdict: group for group, _, verdicts in _GROUPS for verdict in verdicts}

_COLUMNS = (
    Column("Jurisdiction"),
    Column("Answer", width="prose"),
    Column("Also", width="prose"),
    Column("Citation", width="title"),
    Column("Status"),
)


@dataclass(frozen=True)
class Shape:
    """A country on the map: an outline, or a point where it is too small to be drawn."""

    name: str
    group: str
    value: str
    document: str
    path: str = ""
    point: tuple[float, float] | None = None


def show(desk: Desk, params: Params) -> Shown:
    """Fill the tab.

    Raises:
        PinciteError: a value that does not fit its filter.
    """
    key = one_question(params, "synthetic", _mapped())
    comparison = compare(desk.catalogue, countries(desk.catalogue), (key,), params.one("as_of"))
    choices = tuple((name, question.label) for name, question in questions().items() if name in _mapped())
    view = view_of_comparison(desk.catalogue, comparison, f"Map: {questions()[key].label}")
    answered = sum(cell.document is not None for cell in comparison.cells)
    counted = {group: sum(_GROUP_OF[cell.verdict] == group for cell in comparison.cells) for group, _, _ in _GROUPS}
    return Shown(
        view=replace(
            view, summary=f"{answered} of {len(comparison.cells)} jurisdictions of the corpus have an answer."
        ),
        boxes=(),
        fields=(
            Field("question", "Show on the map", key, "", choices),
            *typed(params, ("as_of", "As of", "A day: 2024-12-31")),
        ),
        columns=_COLUMNS,
        lines=tuple(_line(cell) for cell in comparison.rows if cell.verdict != "not-in-corpus"),
        message="" if any(cell.document for cell in comparison.cells) else "The corpus holds no law on this.",
        extra={
            "shapes": _shapes({cell.jurisdiction: cell for cell in comparison.cells}),
            "parts_of": [part for cell in comparison.cells for part in cell.subdivisions],
            "group_of": _GROUP_OF,
            "legend": [(group, label, counted[group]) for group, label, _ in _GROUPS],
            "question": questions()[key].label,
        },
    )


def _mapped() -> frozenset[str]:
    """Questions whose answers fall into few groups: not those for a number or a date."""
    return frozenset(key for key in questions() if not key.startswith("max-prison") and key != "since")


def _line(cell: Answer) -> tuple[Cell, ...]:
    return (
        Cell(cell.jurisdiction_name),
        Cell(cell.value, cell.document or ""),
        Cell("; ".join(cell.also)),
        Cell(cell.citation),
        status_cell(cell.status) if cell.status else Cell(""),
    )


def _shapes(cells: Mapping[str, Answer]) -> list[Shape]:
    world = _world()
    shapes = [_shape(cells.get(code), code, path=path) for code, path in world["shapes"].items()]
    shapes += [Shape("", "none", "", "", path) for path in world["other"]]
    points = [(code, point) for code, point in world["points"].items() if code in cells]
    return shapes + [_shape(cells[code], code, point=(point[0], point[1])) for code, point in points]


def _shape(cell: Answer | None, code: str, path: str = "", point: tuple[float, float] | None = None) -> Shape:
    if cell is None:
        return Shape(code, "none", "", "", path, point)
    return Shape(cell.jurisdiction_name, _GROUP_OF[cell.verdict], cell.value, cell.document or "", path, point)


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    """Outlines by country code in a frame of 960 by 420 (Equal Earth), from Natural Earth by way of world-atlas."""
    loaded: dict[str, Any] = json.loads(files("ui.web").joinpath("world.json").read_text(encoding="utf-8"))
    return loaded
