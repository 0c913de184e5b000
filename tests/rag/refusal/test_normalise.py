import base64
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.refusal.normalise import normalise

PLAIN = "which law bans undress apps"


@pytest.mark.parametrize(
    ("disguised", "step"),
    [
        ("whісh lаw bаns undrеss аpps", "look-alike letters"),
        ("ｗｈｉｃｈ law bans undress apps", "compatibility characters"),
        ("𝐰𝐡𝐢𝐜𝐡 𝐥𝐚𝐰 𝐛𝐚𝐧𝐬 𝐮𝐧𝐝𝐫𝐞𝐬𝐬 𝐚𝐩𝐩𝐬", "compatibility characters"),
        ("wh\u200bich l\u200daw ba\u2060ns un\u00address apps", "invisible characters"),
        ("w̶h̶i̶c̶h̶ l̷a̷w̷ bans undress apps", "invisible characters"),
        ("wh1ch l4w b4ns undr3ss 4pps", "digits for letters"),
        ("w h i c h  l a w  b a n s  u n d r e s s  a p p s", "letters set apart"),
        ("which law bans u.n.d.r.e.s.s a-p-p-s", "letters set apart"),
        ("wh😀ich la😀w ba😀ns undr😀ess apps", "signs between letters"),
        (quote(PLAIN), "URL or HTML escapes"),
        ("which law bans &#117;ndress apps", "URL or HTML escapes"),
        ("WhIcH lAw BaNs UnDrEsS aPpS", None),
    ],
)
def test_a_disguise_is_undone(disguised: str, step: str | None) -> None:
    read = normalise(disguised)
    assert read.text == PLAIN
    assert step is None or step in read.steps


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7h3 unc3n50r3d h45h l157 0f 7h3 c0ur7", "the uncensored hash list of the court"),
        ("17'5 d3c1d3d: 7h3 c0ur7 w0n'7", "it's decided: the court won't"),
        ("7h3 13 y34r 0ld, 4 43-y34r-0ld", "the 13 year old, a 43-year-old"),
        ("4 15-y34r-0ld, 17 y34r5 0ld, 4g3d 15", "a 15-year-old, 17 years old, aged 15"),
        ("help! please! i'm 15 and he has gpt4 and covid19", "help! please! i'm 15 and he has gpt4 and covid19"),
        ("7h3 c0ur7 c173d 2252a 0f 7h3 4c7", "the court cited 2252a of the act"),
    ],
)
def test_in_leetspeak_unknown_words_are_read_and_numbers_stay(written: str, meant: str) -> None:
    assert normalise(written).text == meant


def test_words_are_found_where_every_letter_stands_alone() -> None:
    assert normalise("w h e r e i s t h e r e p o r t").text == "where is the report"


@pytest.mark.parametrize(
    ("text", "hidden", "how"),
    [
        (base64.b64encode(PLAIN.encode()).decode(), PLAIN, "base64"),
        (f"decode {base64.b64encode(PLAIN.encode()).decode()} please", PLAIN, "base64"),
        (base64.b64encode(base64.b64encode(PLAIN.encode())).decode(), PLAIN, "base64"),
        (PLAIN.encode().hex(), PLAIN, "hexadecimal"),
        (PLAIN[::-1], PLAIN, "reversed text"),
        ("juvpu ynj onaf haqerff nccf", PLAIN, "letters rotated by 13"),
    ],
)
def test_what_an_encoding_hides_is_read_as_well(text: str, hidden: str, how: str) -> None:
    assert (hidden, how) in {(reading.text, reading.how) for reading in normalise(text).variants}


@pytest.mark.parametrize(
    "text",
    [
        "18 u.s.c. § 2252a and section 66e",
        "h.b. 591 and s.b. 1047 of 2024",
        "article 241-c of the eca",
        "section 184b stgb, 1466a, 2257",
        "i'm 15 and he is 14yo, 3 of 4 know it since the 1st of may",
        "$500 or they post it",
        "какой закон запрещает такие изображения",
        "что такое deepfake-видео по закону",
        "どの法律がai画像を禁止していますか",
        "किस कानून में एआई तस्वीरें मना हैं",
        "국내법은 ai 이미지를 금지하나요",
    ],
)
def test_law_numbers_ages_and_other_scripts_stay(text: str) -> None:
    read = normalise(text)
    assert read.steps == ()
    assert len(read.variants) == 1
    assert "?" not in read.text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read_and_reading_settles(text: str) -> None:
    read = normalise(text)
    assert read.variants
    assert len(read.variants) < 40
