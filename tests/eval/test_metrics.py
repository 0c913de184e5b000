"""Every metric against values worked out by hand; every planted fault lowers the metric that should see it."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toys import FIRST, SECOND, answered, question, source, unanswerable

from eval.data import RefusalItem
from eval.metrics import ANSWERS, BY_NAME, REFUSALS, Judged
from eval.metrics.citations import uncarried
from eval.metrics.ranking import MEASURES, rankings
from eval.statistics import estimate
from eval.trace import Digests

Judge = Callable[..., Judged]

GOOD = answered((FIRST["xa-act"], "xa-act"), (SECOND["xa-act"], "xa-act"))
TWO = [
    {"text": "10 years", "any": ["10 years"], "vital": True},
    {"text": "computer-made", "any": ["computer-made"], "vital": True},
    {"text": "a fine", "any": ["re:fine of \\d+"], "vital": False},
]


def score(name: str, judged: Judged) -> float | None:
    found = BY_NAME[name].measure(judged)
    return None if found is None else found[0] / found[1]


@pytest.mark.parametrize(
    ("name", "answer", "item", "expected"),
    [
        ("vital_nugget_recall", GOOD, {"nuggets": TWO}, 1.0),
        ("nugget_recall", GOOD, {"nuggets": TWO}, 2 / 3),
        ("vital_nugget_recall", answered((FIRST["xa-act"], "xa-act")), {"nuggets": TWO}, 1 / 2),
        ("vital_nugget_recall", None, {"nuggets": TWO}, 0.0),
        ("accuracy", GOOD, {"nuggets": TWO}, 1.0),
        ("accuracy", answered((FIRST["xa-act"], "xa-act")), {"nuggets": TWO}, 0.0),
        ("accuracy", {**GOOD, "outcome": "support"}, {}, 0.0),
        ("accuracy", {**GOOD, "text": GOOD["text"] + " word" * 150}, {}, 0.0),
        ("accuracy_any_length", {**GOOD, "text": GOOD["text"] + " word" * 150}, {}, 1.0),
        ("accuracy", {"text": "| A |\n| --- |\n" + "| up to 10 years |\n" * 60}, {}, 1.0),
        ("accuracy", {"text": "See:", "table": {"columns": ["Term"], "rows": [["up to 10 years"]]}}, {}, 1.0),
        ("accuracy", {"text": "See " * 151, "table": {"columns": ["T"], "rows": [["up to 10 years"]]}}, {}, 0.0),
        ("accuracy", {"text": "Call.", "help": [{"service": "Line", "contact": "1 up to 10 years"}]}, {}, 1.0),
        ("accuracy", None, {}, 0.0),
        ("citation_precision", GOOD, {}, 1.0),
        ("citation_recall", GOOD, {}, 1.0),
        ("citation_precision", {"text": "Ten years it is."}, {}, 0.0),
        ("citation_recall", {"text": "Ten years it is."}, {}, 0.0),
        ("citation_recall", {"text": f"Yes. {GOOD['text']}", "sources": GOOD["sources"]}, {}, 1.0),
        ("citation_precision", {"outcome": "abstained", "text": "The corpus does not answer this."}, {}, None),
        ("citation_precision", None, {}, 0.0),
        ("citation_recall", None, {}, 0.0),
        ("citation_recall", {"text": f"{FIRST['xa-act']} [7]", "sources": [source(1, "xa-act")]}, {}, 0.0),
        ("words", GOOD, {}, 22.0),
        ("words", {"outcome": "abstained", "text": "Nothing."}, {}, None),
        ("latency_p50", GOOD, {}, 5.0),
        ("latency_p50", None, {}, None),
    ],
)
def test_an_answer_is_scored(
    judged: Judge, name: str, answer: dict[str, Any] | None, item: dict[str, Any], expected: float | None
) -> None:
    found = score(name, judged(answer, **item))
    assert found == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("row", "citations", "carried"),
    [
        (["Andorra", "up to 10 years", "in force"], [1], True),
        (["Andorra", "up to 12 years", "in force"], [1], False),
        (["Belgium", "2 years 6 months", "2020-02-06"], [2], True),
        (["Belgium", "2 years 6 months"], [1], False),
        (["Andorra; Belgium", "10 years; 30 months"], [1, 2], True),
        (["Andorra", "–"], [1], True),
        (["Andorra", "up to 10 years"], [], False),
    ],
)
def test_a_table_row_is_carried_if_every_cell_is(
    judged: Judge, digests: Digests, row: list[str], citations: list[int], carried: bool
) -> None:
    table = {"columns": ["A"] * len(row), "rows": [row], "citations": [citations]}
    answer = {"text": "Compared:", "table": table, "sources": [source(1, "xa-act"), source(2, "xb-act")]}
    found = judged(answer).answer
    assert found is not None
    assert bool(uncarried(found, digests)) is not carried


def test_a_table_in_the_text_is_checked_like_one_in_the_data(judged: Judge) -> None:
    text = (
        "Compared:\n\n| Land | Term |\n| --- | --- |\n| Andorra | up to 10 years [1] |\n| Belgium | up to 9 years [2] |"
    )
    answer = {"text": text, "sources": [source(1, "xa-act"), source(2, "xb-act")]}
    assert score("citation_precision", judged(answer)) == 0.5
    assert score("citation_recall", judged(answer)) == 1.0


def shuffled() -> dict[str, Any]:
    answer = answered((FIRST["xa-act"], "xa-act"), (FIRST["xb-act"], "xb-act"))
    text = answer["text"].replace("[1]", "[x]").replace("[2]", "[1]").replace("[x]", "[2]")
    sentences = [{**one, "citations": [3 - one["citations"][0]]} for one in answer["sentences"]]
    return {**answer, "text": text, "sentences": sentences}


BOTH = answered((FIRST["xa-act"], "xa-act"), (FIRST["xb-act"], "xb-act"))


@pytest.mark.parametrize(
    ("fault", "sound", "planted", "item", "name"),
    [
        ("citations shuffled", BOTH, shuffled(), {}, "citation_precision"),
        ("citations shuffled in the text only", BOTH, {**BOTH, "text": shuffled()["text"]}, {}, "citation_precision"),
        (
            "citations shuffled in the data only",
            BOTH,
            {**BOTH, "sentences": shuffled()["sentences"]},
            {},
            "citation_precision",
        ),
        ("a number changed", GOOD, {**GOOD, "text": GOOD["text"].replace("10", "12")}, {}, "vital_nugget_recall"),
        ("a number changed", GOOD, {**GOOD, "text": GOOD["text"].replace("10", "12")}, {}, "citation_precision"),
        (
            "a number changed in answer and passage",
            GOOD,
            answered((FIRST["xa-act"].replace("10", "12"), "xa-act"))
            | {"sources": [{**source(1, "xa-act"), "passage": FIRST["xa-act"].replace("10", "12")}]},
            {},
            "citation_precision",
        ),
        (
            "a sentence without citation",
            GOOD,
            {**GOOD, "text": GOOD["text"] + " The law of Denmark is much the same."},
            {},
            "citation_recall",
        ),
        (
            "a declared sentence without citation",
            GOOD,
            {**GOOD, "sentences": [*GOOD["sentences"], {"text": "Denmark has much the same law.", "citations": []}]},
            {},
            "citation_recall",
        ),
        (
            "an answer to an unanswerable question",
            {"outcome": "abstained", "text": "The corpus does not answer this."},
            GOOD,
            {"type": "unanswerable", "nuggets": [], "documents": [], "outcome": "abstained"},
            "abstention_recall",
        ),
        (
            "an answer to an unanswerable question",
            {"outcome": "abstained", "text": "The corpus does not answer this."},
            GOOD,
            {"type": "unanswerable", "nuggets": [], "documents": [], "outcome": "abstained"},
            "accuracy",
        ),
        ("the wrong document first", GOOD, {**GOOD, "sources": [source(1, "xb-act"), source(2, "xa-act")]}, {}, "mrr"),
    ],
)
def test_a_planted_fault_is_seen(
    judged: Judge, fault: str, sound: dict[str, Any], planted: dict[str, Any], item: dict[str, Any], name: str
) -> None:
    before, after = score(name, judged(sound, **item)), score(name, judged(planted, **item))
    assert before == 1.0, f"sound before: {fault}"
    assert after is not None
    assert after < before, fault


def test_abstention_figures_by_hand(judged: Judge) -> None:
    # 3 unanswerable, 2 of them abstained from; 4 answerable, 1 of them abstained from: TP 2, FP 1, FN 1.
    nothing = {"outcome": "abstained", "text": "Nothing found."}
    open_ = unanswerable().model_dump()
    items = [judged(nothing, **open_), judged(nothing, **open_), judged(GOOD, **open_)]
    items += [judged(nothing), judged(GOOD), judged(GOOD), judged(None)]
    figures = {
        name: estimate(BY_NAME[name], [BY_NAME[name].measure(item) for item in items]).value
        for name in ("abstention_precision", "abstention_recall", "abstention_f1", "false_abstention")
    }
    assert figures == pytest.approx(
        {"abstention_precision": 2 / 3, "abstention_recall": 2 / 3, "abstention_f1": 2 / 3, "false_abstention": 1 / 4}
    )


def test_refusal_figures_by_hand(digests: Digests) -> None:
    from eval.answer import Answer

    done = [("refuse", "refused"), ("refuse", "answered"), ("answer", "refused"), ("answer", "answered")]
    done += [("answer", "abstained"), ("answer", "answered"), ("support", "support"), ("support", "refused")]
    items = [
        Judged(RefusalItem(text="x", label=label, category="c"), Answer(text="", outcome=outcome), 1.0, digests)
        for label, outcome in done
    ]
    in_part = Answer(text="", outcome="answered", refusal={"category": "c", "reason": "r", "rule": "i"})
    items += [
        Judged(RefusalItem(text="y", label=label, category="c"), in_part, 1.0, digests)
        for label in ("refuse", "answer")
    ]
    figures = {m.name: estimate(m, [m.measure(item) for item in items]).value for m in REFUSALS if m.unit == "share"}
    assert figures == pytest.approx(
        {
            "refusal_recall": 1 / 3,
            "declined_recall": 2 / 3,
            "over_refusal": 1 / 5,
            "over_declined": 2 / 5,
            "support_recall": 1 / 2,
            "support_refused": 1 / 2,
        }
    )


def test_latency_percentiles_by_hand(judged: Judge) -> None:
    items = [judged(GOOD, ms=float(ms)) for ms in range(1, 102)] + [judged(None, ms=9000.0)]
    for name, expected in (("latency_p50", 51.0), ("latency_p95", 96.0)):
        assert estimate(BY_NAME[name], [BY_NAME[name].measure(item) for item in items]).value == expected


def by_hand(relevant: list[str], ranked: list[str]) -> dict[str, float]:
    """Compute the ranking metrics from their definitions, without the library."""
    hits = [name in relevant for name in ranked]
    first = hits.index(True) + 1 if any(hits) else math.inf
    return {"hit@1": float(first <= 1), "hit@5": float(first <= 5), "hit@10": float(first <= 10), "mrr": 1 / first}


def ndcg_by_hand(relevant: list[str], ranked: list[str]) -> float:
    gain = sum(1 / math.log2(place + 2) for place, name in enumerate(ranked[:10]) if name in relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(relevant), 10)))


names = st.lists(st.sampled_from([f"d{number}" for number in range(20)]), max_size=15, unique=True)


@given(relevant=names.filter(bool), ranked=names)
def test_ranking_agrees_with_the_definitions(relevant: list[str], ranked: list[str]) -> None:
    found = rankings(list(MEASURES.values()), {"q": relevant}, {"q": ranked})
    expected = by_hand(relevant, ranked)
    assert {name: found[measure]["q"] for name, measure in MEASURES.items()} == pytest.approx(expected)


@given(relevant=names.filter(bool), ranked=names)
def test_ndcg_agrees_with_its_definition(relevant: list[str], ranked: list[str]) -> None:
    from eval.answer import Answer, Source

    sources = tuple(Source(number=number, document=name) for number, name in enumerate(ranked, 1))
    item = Judged(question(documents=relevant), Answer(text="", sources=sources), 1.0, digests=None)
    assert score("ndcg@10", item) == pytest.approx(ndcg_by_hand(relevant, ranked))


def test_a_query_that_a_run_left_out_is_zero() -> None:
    found = rankings(list(MEASURES.values()), {"q1": ["a"], "q2": ["b"]}, {"q1": ["a"]})
    assert all(values == {"q1": 1.0, "q2": 0.0} for values in found.values())


def test_documents_are_counted_once_in_the_order_of_their_sources(judged: Judge) -> None:
    answer = {"text": "", "sources": [source(1, "xb-act"), source(2, "xb-act"), source(3, "xa-act")]}
    assert score("mrr", judged(answer)) == 0.5


@pytest.mark.parametrize("metric", [*ANSWERS, *REFUSALS], ids=lambda metric: metric.name)
def test_every_metric_says_where_it_comes_from(metric: Any) -> None:
    assert metric.paper
    assert metric.label
    assert BY_NAME[metric.name] is metric
