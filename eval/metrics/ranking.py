"""Document hit@k, MRR and nDCG@10 over the order of an answer's sources, each document once.

Computed by `ir_measures` (MacAvaney et al. 2022, arXiv:2111.13466): hit@k is its Success@k; MRR the mean of RR
(Voorhees 1999); nDCG after Järvelin and Kekäläinen 2002. No sources score zero; items without documents are left out.
"""

from collections.abc import Callable, Mapping, Sequence

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.metrics.base import Judged, Metric, Score, mean_of

PAPER = "MacAvaney et al. 2022, arXiv:2111.13466"


def rankings(
    measures: Sequence[ir_measures.Measure], relevant: Mapping[str, Sequence[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[ir_measures.Measure, dict[str, float]]:
    """Return each measure of each query, given the relevant and the ranked ids by query; a left-out query is zero."""
    qrels = [Qrel(query, name, 1) for query, names in relevant.items() for name in names]
    run = [
        ScoredDoc(query, name, float(len(names) - place))
        for query, names in ranked.items()
        for place, name in enumerate(names)
    ]
    values: dict[ir_measures.Measure, dict[str, float]] = {
        measure: dict.fromkeys(relevant, 0.0) for measure in measures
    }
    for metric in ir_measures.iter_calc(list(measures), qrels, run):
        values[metric.measure][metric.query_id] = float(metric.value)
    return values


def _measure(measure: ir_measures.Measure) -> Callable[[Judged], Score | None]:
    def score(judged: Judged) -> Score | None:
        item = judged.asked
        if not item.documents:
            return None
        ranked = judged.answer.documents if judged.answer else ()
        return mean_of(rankings([measure], {item.id: item.documents}, {item.id: ranked})[measure][item.id])

    return score


HIT_AT_1 = Metric("hit@1", "Hit@1", PAPER, _measure(Success @ 1))
HIT_AT_5 = Metric("hit@5", "Hit@5", PAPER, _measure(Success @ 5))
HIT_AT_10 = Metric("hit@10", "Hit@10", PAPER, _measure(Success @ 10))
MRR = Metric("mrr", "MRR", PAPER, _measure(RR))
NDCG_AT_10 = Metric("ndcg@10", "nDCG@10", PAPER, _measure(nDCG @ 10))
MEASURES: dict[str, ir_measures.Measure] = {
    HIT_AT_1.name: Success @ 1,
    HIT_AT_5.name: Success @ 5,
    HIT_AT_10.name: Success @ 10,
    MRR.name: RR,
}
