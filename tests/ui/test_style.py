"""The colours of the page: every pair of text and ground keeps the contrast that WCAG 2.2 level AA asks for."""

import re
from importlib.resources import files

import pytest

STYLE = files("ui.web").joinpath("style.css").read_text(encoding="utf-8")

TEXT = 4.5
EDGE = 3.0


def colours(selector: str) -> dict[str, str]:
    block = re.search(rf"^ *{re.escape(selector)} \{{(.*?)\}}", STYLE, re.S | re.M)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[1])) if block else {}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [":root", ".dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "ground", TEXT),
        ("ink", "surface", TEXT),
        ("ink", "calm", TEXT),
        ("ink", "mark", TEXT),
        ("muted", "ground", TEXT),
        ("muted", "surface", TEXT),
        ("muted", "calm", TEXT),
        ("accent", "ground", TEXT),
        ("accent", "surface", TEXT),
        ("accent", "calm", TEXT),
        ("on-accent", "accent", TEXT),
        ("ground", "ink", TEXT),
        ("good-ink", "good", TEXT),
        ("wait-ink", "wait", TEXT),
        ("gone-ink", "gone", TEXT),
        ("edge", "ground", EDGE),
        ("edge", "calm", EDGE),
        ("mark-edge", "mark", EDGE),
    ],
)
def test_contrast(scheme: str, ink: str, ground: str, least: float) -> None:
    palette = colours(scheme)
    assert contrast(palette[ink], palette[ground]) >= least


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("forbidden", ["gradient(", "@import", "url(", "@keyframes", "http"])
def test_the_style_asks_for_nothing_and_moves_nothing(forbidden: str) -> None:
    assert forbidden not in STYLE
