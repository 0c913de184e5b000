"""Training of the classifier: what it reads, what it adds, and that what it writes is what was learned."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.refusal import train
from rag.refusal.classifier import Head, _read, english_features, other_features
from rag.refusal.examples import AFTER, BEFORE, FILES, Example, amid_small_talk, asides, beside_lawful, examples
from rag.refusal.gloss import glossary
from rag.refusal.normalise import normalise
from rag.refusal.text import OUTCOMES, Text
from rag.refusal.train import fit_english, fit_other, fold_of, write

Matrix = NDArray[np.float32]
LAWFUL = "what is the sentence for such pictures in france?"
LAWFUL_SPANISH = "que pena tiene poseer esas imagenes?"


def example(text: str, name: str = "answer", language: str = "en", family: str = "f-1") -> Example:
    return Example(text, name, "none", language, family)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.refusal.examples.BESIDE", 1.0)


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("name", OUTCOMES)
@pytest.mark.parametrize(
    ("text", "language", "lawful"),
    [("tell me more", "en", LAWFUL), ("dime mas", "es", LAWFUL_SPANISH)],
)
def test_a_text_beside_a_lawful_question_keeps_its_outcome(name: str, text: str, language: str, lawful: str) -> None:
    rows = [example(text, name, language, "own"), example(LAWFUL), example(LAWFUL_SPANISH, language="es")]
    added = next(row for row in beside_lawful(rows) if row.family == "own")
    assert (added.name, added.language) == (name, language)
    assert text in added.text
    assert lawful in added.text
    assert len(Text(added.text).requests) > 1


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize(
    "row",
    [
        example("tell me more"),
        example("where is it?", "answer"),
        example(LAWFUL, "refuse"),
        example(f"he did it. {LAWFUL}"),
    ],
    ids=["no question", "nothing of the law", "no lawful question", "more than a question"],
)
def test_only_a_lawful_question_about_the_law_is_set_beside_another_text(row: Example) -> None:
    assert beside_lawful([row, example("tell me more", "refuse")]) == []


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_text_amid_small_talk_keeps_its_outcome(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.refusal.examples.CHAT", 1.0)
    spanish = example("dime mas", name, "es")
    rows = [example(f"tell me {number}", name) for number in range(30)]
    added = amid_small_talk([*rows, spanish])
    assert len(added) == len(rows)  # the small talk is English
    for row, before in zip(added, rows, strict=True):
        rest = row.text.replace(f"{before.text}.", "")
        assert (row.name, row.language) == (name, "en") and rest != row.text
        assert any(said in rest for said in (*BEFORE, *AFTER))


def test_the_same_examples_are_set_beside_the_same_questions_each_time() -> None:
    rows = [example(f"tell me {number}", "refuse") for number in range(40)] + [example(LAWFUL)]
    added = beside_lawful(rows)
    assert added == beside_lawful(rows)
    assert 0 < len(added) < len(rows)


TOLD = "two boys made a nude of a girl with an app."


@pytest.mark.parametrize("name", OUTCOMES)
def test_what_is_said_beside_a_lawful_question_is_learned_for_itself(name: str) -> None:
    rows = [example(f"{TOLD} {LAWFUL}", name)]
    assert asides(rows) == [example(TOLD, name)]


@pytest.mark.parametrize(
    "row",
    [
        example(LAWFUL),
        example(TOLD),
        example(f"good evening to you. {LAWFUL}"),
        example(f"dos chicos hicieron desnudos de una chica. {LAWFUL_SPANISH}", language="es"),
    ],
    ids=["only the question", "no question", "nothing of the subject", "not English"],
)
def test_nothing_else_is_cut_from_a_text(row: Example) -> None:
    assert asides([row]) == []


def test_what_is_said_beside_a_question_counts_once() -> None:
    rows = [example(TOLD, "refuse"), example(f"{TOLD} {LAWFUL}"), example(f"{TOLD} is it an offence in wales?")]
    assert asides(rows) == []
    assert len(asides(rows[1:])) == 1


def test_a_text_counts_once_and_in_its_normal_form(tmp_path: Path) -> None:
    row = {"label": "answer", "category": "none", "language": "en", "family": "f"}
    for name in FILES:
        texts = ("Is a  ＦＡＫＥ a crime in Wales?", "is a fake a crime in wales?")
        lines = [json.dumps({**row, "text": text}) for text in texts]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [found.text for found in examples(tmp_path) if found.family == "f"] == ["is a fake a crime in wales?"]


def test_a_family_is_in_one_fold_and_prompts_without_a_template_are_spread() -> None:
    assert len({fold_of(example(str(number), family="f-1")) for number in range(50)}) == 1
    assert len({fold_of(example(str(number), family="answers-1")) for number in range(50)}) == train.FOLDS


def learned() -> list[Example]:
    said = {
        "refuse": "show me how to make {}",
        "answer": "what does the law say on {}",
        "support": "my photo is on {} and i am afraid",
    }
    return [
        example(text.format(what), name)
        for name, text in said.items()
        for what in ("one", "two", "three", "four")
        for _ in range(train.FREQUENCY)
    ]


def vectors_of(rows: list[Example]) -> Matrix:
    return np.random.default_rng(0).normal(size=(len(rows), 8)).astype(np.float32) / 100


def test_the_english_head_learns_what_it_is_shown_and_does_so_twice_alike() -> None:
    rows = learned()
    heads = [fit_english(rows, vectors_of(rows)) for _ in range(2)]
    features = english_features("show me how to make five")
    assert heads[0].scores(features).refuse > heads[0].scores(english_features("what does the law say")).refuse
    assert heads[0].scores(features) == heads[1].scores(features)


SPANISH = {"refuse": "muéstrame cómo hacer {}", "answer": "qué dice la ley sobre {}", "support": "tengo miedo {}"}


@pytest.fixture(scope="module", name="spanish")
def learned_in_spanish() -> Head:
    rows = [
        example(normalise(text.format(what)).text, name, "es")
        for name, text in SPANISH.items()
        for what in ("uno", "dos", "tres", "cuatro")
        for _ in range(train.FREQUENCY_GLOSS)
    ]
    return fit_other(rows, vectors_of(rows))


GERMAN = {"refuse": "zeige mir wie man sieben macht", "answer": "was sagt das gesetz", "support": "ich habe angst"}


@pytest.mark.parametrize("kind", ["<", "en "], ids=["concepts", "words of the gloss"])
@pytest.mark.parametrize("name", GERMAN)
def test_what_is_learned_in_one_language_holds_in_another(name: str, kind: str, spanish: Head) -> None:
    features = other_features(GERMAN[name], "de", glossary("de").gloss(GERMAN[name]))
    alone = {feature: value for feature, value in features.items() if feature.startswith(kind)}
    assert spanish.scores(features).best(OUTCOMES) == name
    assert spanish.scores(alone).best(OUTCOMES) == name


def test_a_head_is_read_as_it_was_written(tmp_path: Path, spanish: Head) -> None:
    write(spanish, tmp_path / "weights.json")
    text = "muestrame como hacer cinco"
    features = other_features(text, "es", glossary("es").gloss(text))
    read = _read(tmp_path / "weights.json")
    assert read.classes == spanish.classes
    assert read.scores(features).refuse == pytest.approx(spanish.scores(features).refuse, abs=0.02)
