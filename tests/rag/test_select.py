"""Which sentences make the answer: every subject heard, nothing said twice, never too long."""

import pytest

from rag.assistant import Assistant
from rag.model import Question, ScoredPassage, ScoredSentence
from rag.passages import Passage
from rag.rank import Ranking
from rag.retrieve import Scope
from rag.select import MAX_SENTENCES, MAX_WORDS, choose, nearest

QUESTIONS = [
    "What is the penalty for possessing AI-generated child sexual abuse material in Korea?",
    "What does the DEFIANCE Act say?",
    "Is sharing an intimate deepfake a crime in Scotland?",
    "What did R v Sharpe decide?",
    "How many reports did NCMEC receive in 2025?",
    "What must platforms do within 48 hours?",
    "law",
]


def _chosen(assistant: Assistant, text: str) -> tuple[tuple[ScoredSentence, ...], list[Ranking]]:
    understood = assistant.reader.read(Question(question=text))
    parts = [assistant.ranker.rank(part, Scope(), within=True) for part in assistant.reader.apart(understood)]
    return choose(assistant.ranker, assistant.ranker.rank(understood, Scope()), parts), parts


@pytest.mark.parametrize("text", QUESTIONS)
def test_at_most_six_sentences_and_149_words_none_twice(assistant: Assistant, text: str) -> None:
    chosen, _ = _chosen(assistant, text)
    assert 0 < len(chosen) <= MAX_SENTENCES
    assert sum(len(found.sentence.text.split()) for found in chosen) <= MAX_WORDS == 149
    texts = [found.sentence.text for found in chosen]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_best_sentence_comes_first(assistant: Assistant, text: str) -> None:
    chosen, _ = _chosen(assistant, text)
    assert chosen[0].score == max(found.score for found in chosen)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Is it an offence to possess a model fine-tuned for this in England?", "makes it a crime"),
        ("Is there a defence for possessing an AI image generator for abuse material in England?", "defence"),
        ("Is it legal to own AI images of children for private use in Canada?", "private use"),
    ],
)
def test_a_rule_comes_before_its_exceptions_unless_these_are_asked_for(
    text: str, first: str, assistant: Assistant
) -> None:
    chosen, _ = _chosen(assistant, text)
    assert first in chosen[0].sentence.text


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Compare Denmark and Sweden on child sexual abuse material", ["DK", "SE"]),
        ("Which is stricter on deepfakes, Korea, Taiwan or Japan?", ["KR", "TW", "JP"]),
        ("Compare the UK and Ireland on sharing intimate images", ["GB", "IE"]),
        ("Compare Denmark, Sweden, Norway, Finland, Germany and France", ["DK", "SE", "NO", "FI", "DE", "FR"]),
        ("Texas vs Florida on AI child pornography", ["US-TX", "US-FL"]),
    ],
)
def test_each_subject_of_a_comparison_is_heard(assistant: Assistant, text: str, subjects: list[str]) -> None:
    chosen, parts = _chosen(assistant, text)
    assert len(parts) == len(subjects)
    heard = {code for found in chosen for code in (found.document.jurisdiction, found.document.country)}
    assert set(subjects) <= heard


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Compare possession in Korea and Japan", "kr-apcy-art-11"),
        ("Compare England and Ireland on sharing deepfakes", "gb-sexual-offences-act-2003-s66a-66d"),
    ],
)
def test_a_comparison_of_acts_leads_with_a_law_on_the_act(assistant: Assistant, text: str, law: str) -> None:
    chosen, _ = _chosen(assistant, text)
    assert chosen[0].document.id == law


def test_sentences_of_one_document_stand_together_in_a_comparison(assistant: Assistant) -> None:
    chosen, _ = _chosen(assistant, "Compare Denmark and Sweden on child sexual abuse material")
    order = [found.document.id for found in chosen]
    assert order == sorted(order, key=order.index)


def test_near_duplicates_with_other_numbers_are_both_kept(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sentences that share their words and differ in a number are two facts; with the same number they are one."""
    ranker = assistant.ranker
    ranking = ranker.rank(assistant.reader.read(Question(question=QUESTIONS[0])), Scope())
    first, second = ranking.order[:2]
    for one, other, kept in (("2", "5", True), ("2", "2", False)):
        altered = list(ranker.words)
        altered[first] = frozenset({"up", "years", "prison", "possession", one})
        altered[second] = frozenset({"up", "years", "prison", "possession", other})
        monkeypatch.setitem(ranker.__dict__, "words", altered)
        texts = [found.sentence.text for found in choose(ranker, ranking, [])]
        assert ranker.text(first) in texts
        assert (ranker.text(second) in texts) is kept


def test_nearest_is_one_passage_a_document(assistant: Assistant) -> None:
    passages: list[Passage] = list(assistant.index.passages[:40])
    found = [ScoredPassage(passage, 0.0, 0.0, 0.0) for passage in passages]
    shown = nearest(found)
    assert [item.passage.document for item in shown] == list(dict.fromkeys(p.document for p in passages))[:3]
    assert nearest([]) == ()
