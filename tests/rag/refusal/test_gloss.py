"""Glosses: who does what to whom survives in English words, in every language."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.refusal.concepts import FOLDER, fold
from rag.refusal.gloss import Glossary, glossary
from rag.refusal.languages import languages
from rag.refusal.normalise import normalise

SMALL = Glossary(
    "es",
    [
        "photo = foto fotografi*",
        "of my = de_mi",
        "classmate = companer*",
        "child's photo = foto_infantil",
        "not = no",
        "- = la el",
    ],
)


@pytest.mark.parametrize(
    ("text", "gloss"),
    [
        ("la foto de mi companera", "photo of my classmate"),
        ("la foto infantil", "child's photo"),
        ("fotografias?", "photo ?"),
        ("no deepfake", "not deepfake"),
        ("", ""),
    ],
)
def test_phrases_win_over_words_and_beginnings_stand_for_inflections(text: str, gloss: str) -> None:
    assert SMALL.gloss(text) == gloss


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("es", "¿Cuál es la pena por publicar un deepfake?", {"penalty", "deepfake"}),
        ("fr", "Quelle peine pour un faux nu d'une élève ?", {"penalty", "fake nude", "pupil"}),
        ("de", "Welche Strafe droht für ein gefälschtes Nacktbild?", {"punishment", "faked nude"}),
        ("pt", "É crime fazer uma foto falsa de uma colega?", {"crime", "photo", "fake"}),
        ("it", "È reato creare una foto falsa di una compagna?", {"crime", "photo", "fake"}),
        ("ru", "Какое наказание за поддельное фото ребёнка?", {"punishment", "fake", "photo", "child"}),
        ("ar", "ما عقوبة نشر صورة مزيفة لطفل؟", {"punishment", "photo fake", "child"}),
        ("hi", "नकली फोटो बनाने की सज़ा क्या है?", {"fake", "photo"}),
        ("id", "Apa hukuman untuk membuat foto palsu anak?", {"penalty", "make photo fake child"}),
        ("ko", "아동 사진을 합성하면 처벌은?", {"child", "photo"}),
        ("ja", "子どもの偽画像を作る罪は?", {"child", "fake", "image"}),
        ("zh", "制作儿童假照片会判几年?", {"make child fake image", "how many years in prison"}),
    ],
)
def test_the_words_that_matter_are_glossed(language: str, text: str, words: set[str]) -> None:
    gloss = glossary(language).gloss(normalise(text).text)
    missing = {word for word in words if word not in gloss}
    assert not missing, gloss


@pytest.mark.parametrize("language", languages())
def test_a_glossary_says_each_thing_once(language: str) -> None:
    lines = (FOLDER / "glosses" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    counts = Counter(line.partition(" = ")[0] for line in lines)
    assert all(" = " in line for line in lines)
    assert not [english for english, count in counts.items() if count > 1]
    entries = Counter(entry for line in lines for entry in line.partition(" = ")[2].split())
    assert not [entry for entry, count in entries.items() if count > 1]
    assert not [entry for entry in entries if entry != fold(entry) or entry[0] in "*_" or re.search(r"\*[^_]", entry)]


@pytest.mark.parametrize(
    ("language", "text", "gloss"),
    [
        ("ko", "lora로", "lora"),
        ("de", "xyzzy-foto", "xyzzy photo"),
        ("fr", "l'xyzzy", "xyzzy"),
        ("hi", "xyzzy", "xyzzy"),
        ("zh", "xyzzy", "xyzzy"),
    ],
)
def test_unknown_latin_words_stay(language: str, text: str, gloss: str) -> None:
    assert glossary(language).gloss(text) == gloss


@given(st.text(max_size=80), st.sampled_from(sorted(languages())))
def test_any_text_has_a_gloss_of_plain_words(text: str, language: str) -> None:
    gloss = glossary(language).gloss(normalise(text).text)
    assert gloss.isascii()
