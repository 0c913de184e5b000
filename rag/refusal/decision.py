"""From a question and what was asked before to one of three outcomes: answer, refuse, support.

The order is the policy's: a life at stake, a person in need, a request. Rules say which concepts a clause names in which
order; the classifier says how like the whole is to known requests, lawful questions and cries for help. In doubt between
refusal and help a person is helped, in doubt between refusal and an answer the question is answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from rag.refusal.classifier import (
    Scores,
    Vector,
    categories,
    classifier,
    english_features,
    other_classifier,
    other_features,
    shared_features,
)
from rag.refusal.languages import language_of
from rag.refusal.normalise import Normalised, normalise
from rag.refusal.policy import Named, Policy, Rule, concepts_of, conversation, policy
from rag.refusal.text import REFUSED, SUPPORTED, Text, requests_of

Outcome = Literal["answer", "refuse", "support"]
Encode = Callable[[str], Vector]
SHORTEST = 4
"""Words of a sentence that is judged for itself."""
ASKING = frozenset(("how", "which", "where", "who", "want", "tell", "show", "can_you", "please", "override"))
"""Concepts by which a sentence asks for something."""
BEYOND = ("injection", "grooming")
"""Categories whose rules need nothing of the subject to be named."""
MOST_PARTS = 4
"""Sentences that are judged for themselves."""


@dataclass(frozen=True)
class Fired:
    """A rule that fired and the clause that it fired on."""

    rule: str
    category: str
    clause: str


@dataclass(frozen=True)
class Decision:
    """What is to be done with a question, and why."""

    outcome: Outcome
    category: str = ""
    reason: str = ""
    rule: str = ""
    normalised: str = ""
    """The normal form of the question: what should be searched if the question was disguised."""
    disguised: bool = False
    fired: tuple[Fired, ...] = ()
    score: float = 0.0
    """The classifier's probability of a refusal, or of support where that is the outcome."""
    language: str = "en"
    lawful_part: str | None = None
    """The half of a mixed request that can be answered."""


@dataclass(frozen=True)
class Explanation:
    """All that led to a decision, for `pincite refusal explain`."""

    decision: Decision
    readings: tuple[tuple[str, str], ...]
    """(how it was read, text) for each reading that was judged."""
    steps: tuple[str, ...]
    scores: dict[str, float]
    """The classifier's probabilities by class, the largest first."""


@dataclass(frozen=True)
class _Judged:
    """One reading, judged."""

    decision: Decision
    scores: Scores


def decide(
    question: str, history: tuple[str, ...] = (), vector: Vector | None = None, encode: Encode | None = None
) -> Decision:
    """Decide on a question within its conversation.

    Args:
        question: as asked.
        history: earlier questions, oldest first.
        vector: unit vector of the question, if it is known already; words alone are judged where there is none.
        encode: makes vectors; used only where the question's own vector says little (disguises, several sentences).
    """
    return _judge(question, tuple(history), vector, encode).decision


def explain(
    question: str, history: tuple[str, ...] = (), vector: Vector | None = None, encode: Encode | None = None
) -> Explanation:
    """Decide, and tell everything that led there."""
    judged = _judge(question, tuple(history), vector, encode)
    read = normalise(question)
    ordered = sorted(judged.scores.by_class.items(), key=lambda item: -item[1])
    readings = tuple((reading.how, reading.text) for reading in read.variants)
    return Explanation(judged.decision, readings, read.steps, dict(ordered))


def _judge(question: str, history: tuple[str, ...], vector: Vector | None, encode: Encode | None) -> _Judged:
    read = normalise(question)
    before = conversation(history)
    judged = []
    for number, reading in enumerate(read.variants):
        known = vector if number == 0 and not read.disguised else encode(reading.text) if encode else None
        judged.append(_reading(reading.text, before, known, encode))
    refused = next((one for one in judged if one.decision.outcome == "refuse"), None)
    helped = next((one for one in judged if one.decision.outcome == "support"), None)
    chosen = refused or helped or judged[0]
    decision = chosen.decision
    if decision.outcome == "answer" and history:
        decision = _in_conversation(decision, read, history)
    decision = replace(decision, normalised=read.text, disguised=read.disguised)
    if decision.outcome == "refuse":
        decision = replace(decision, lawful_part=_lawful_part(question, read, decision, encode))
    return replace(chosen, decision=decision)


def _reading(text: str, before: str, vector: Vector | None, encode: Encode | None) -> _Judged:
    """Judge one reading of the question; sentences in another language than the rest are judged for themselves."""
    if rest := _beside_lawful(text, encode):
        judged = _reading(rest, f"{before} {text}", encode(rest) if encode else None, encode)
        least = 0.0 if _asks(rest) else policy().threshold("told")
        if judged.decision.outcome == "refuse" and judged.decision.score >= least:
            return judged
    language = language_of(text)
    parts = Text(text).sentences
    foreign = " ".join(part for part in parts if language_of(part) != "en")
    if foreign and len(parts) > 1 and foreign != text:
        aside = _other(foreign, language_of(foreign))
        if aside.decision.outcome == "refuse":
            return aside
    return _other(text, language) if language != "en" else _english(text, before, vector, encode)


def _beside_lawful(text: str, encode: Encode | None) -> str:
    """Return what a text asks besides lawful questions about the law, which must not hide it; nothing if it has none."""
    parts = Text(text).requests
    rest = [part for part in parts if not _plainly_lawful(part, encode)] if len(parts) > 1 else []
    if not rest or len(rest) == len(parts):
        return ""
    joined = " ".join(rest)
    return joined if len(joined.split()) >= SHORTEST else ""


def _asks(text: str) -> bool:
    """Whether a text asks for something; what is only told beside a lawful question is often the facts it is about."""
    return language_of(text) != "en" or text.endswith("?") or bool(concepts_of(text) & ASKING)


def _plainly_lawful(part: str, encode: Encode | None) -> bool:
    """Tell whether a part of a text is an English question that names the law and is like no request."""
    rules = policy()
    if (
        language_of(part) != "en"
        or not concepts_of(part) & rules.lawful
        or not concepts_of(part) & (ASKING | {"aux", "when", "why"})
    ):
        return False
    return _scores(part, encode(part) if encode else None).refuse < rules.threshold("plain")


def _english(text: str, before: str, vector: Vector | None, encode: Encode | None) -> _Judged:
    rules = policy()
    named = Named(Text(rules.mended(text)), before)
    scores = _scores(named.text.whole, vector)
    decision = _outcome(rules, named, fired_rules(rules, named), scores)
    if decision.outcome == "answer":
        decision = _worst_part(rules, named, encode) or decision
    return _Judged(decision, scores)


def _scores(text: str, vector: Vector | None) -> Scores:
    """Return the classifier's probabilities; a vector of another model than its own means nothing to it."""
    head = classifier()
    fits = vector is not None and len(vector) == head.dimension
    return head.scores(english_features(text), vector if fits else None)


def category_scores(text: str, language: str) -> Scores:
    """Return the probabilities of the categories of a text that is declined or helped."""
    return categories().scores(shared_features(text, language))


def fired_rules(rules: Policy, named: Named) -> tuple[Fired, ...]:
    """Return the rules of concepts that a text fires."""
    found = ((rule, rule.fires(named)) for rule in rules.rules if rule.engine == "concepts")
    return tuple(Fired(rule.id, rule.category, clause) for rule, clause in found if clause)


def _outcome(rules: Policy, named: Named, fired: tuple[Fired, ...], scores: Scores) -> Decision:
    refusing = [hit for hit in fired if hit.category in REFUSED]
    helping = [hit for hit in fired if hit.category in SUPPORTED]
    if _needs_help(rules, scores, "support_fired" if helping else "support"):
        return _decision("support", rules, named, fired, scores)
    limit = rules.threshold("fired" if refusing else "refuse")
    if not named.about(rules.subject) and not any(hit.category in BEYOND for hit in refusing):
        limit = rules.threshold("child" if "child" in named.concepts else "elsewhere")
    if named.concepts and scores.refuse >= limit:
        return _decision("refuse", rules, named, fired, scores)
    return Decision("answer", score=round(scores.refuse, 4), fired=fired)


def _needs_help(rules: Policy, scores: Scores, name: str) -> bool:
    return scores.support >= max(rules.threshold(name), rules.threshold("favour") * scores.refuse)


def _decision(outcome: Outcome, rules: Policy, named: Named, fired: tuple[Fired, ...], scores: Scores) -> Decision:
    """Name the rule of the likeliest category that fired; the classifier's own rule where none did."""
    names = REFUSED if outcome == "refuse" else SUPPORTED
    score = round(scores.refuse if outcome == "refuse" else scores.support, 4)
    kinds = category_scores(named.text.whole, "en")
    hits = [hit for hit in fired if hit.category in names]
    if not hits:
        rule = rules.by_id("semantic")
        reason = rule.stops if outcome == "refuse" else "nothing; a person in need speaks"
        return Decision(outcome, kinds.best(names), reason, rule.id, fired=fired, score=score)
    likely = max(hits, key=lambda hit: kinds.by_class.get(hit.category, 0.0))
    rule = rules.by_id(likely.rule)
    return Decision(outcome, rule.category, rule.stops, rule.id, fired=fired, score=score)


def _worst_part(rules: Policy, named: Named, encode: Encode | None) -> Decision | None:
    """Return the refusal of one sentence or request of a text of several, if it is plainly one."""
    parts = [part for part in named.text.clauses if len(part.split()) >= SHORTEST and part != named.text.whole]
    worst = None
    for part in parts[:MOST_PARTS]:
        alone = Named(Text(part), f"{named.before} {named.text.whole}")
        if not alone.about(rules.subject):
            continue
        scores, fired = _scores(part, encode(part) if encode else None), fired_rules(rules, alone)
        limit = rules.threshold("part_fired" if any(hit.category in REFUSED for hit in fired) else "part")
        if scores.refuse >= limit and (worst is None or scores.refuse > worst.score):
            worst = _decision("refuse", rules, alone, fired, scores)
    return worst


def _other(text: str, language: str) -> _Judged:
    """Judge a text in one of the twelve other languages; each sentence of several also for itself."""
    rules = policy()
    rule = rules.by_id("other-languages")
    scores = other_classifier().scores(other_features(text, language))
    if _needs_help(rules, scores, "other_support"):
        category = category_scores(text, language).best(SUPPORTED)
        helps = next(entry for entry in rules.rules if entry.category == category)
        hit = Fired(rule.id, category, text)
        decision = Decision("support", category, helps.stops, helps.id, fired=(hit,), score=round(scores.support, 4))
        return _Judged(replace(decision, language=language), scores)
    refuse, clause = scores, text
    for part in Text(text).sentences[:MOST_PARTS]:
        alone = other_classifier().scores(other_features(part, language))
        if part != text and alone.refuse >= rules.threshold("other_part") and alone.refuse > refuse.refuse:
            refuse, clause = alone, part
    if refuse.refuse < rules.threshold("other"):
        return _Judged(Decision("answer", language=language, score=round(refuse.refuse, 4)), scores)
    category = category_scores(clause, language).best(REFUSED)
    hit = Fired(rule.id, category, clause)
    decision = Decision("refuse", category, rule.stops, rule.id, fired=(hit,), score=round(refuse.refuse, 4))
    return _Judged(replace(decision, language=language), scores)


def _in_conversation(decision: Decision, read: Normalised, history: tuple[str, ...]) -> Decision:
    """Carry a refusal or an offer of help over to a short follow-up that adds no lawful question."""
    rules = policy()
    earlier = decide(history[-1], history[:-1])
    if earlier.outcome == "answer":
        return decision
    rule = rules.by_id("conversation-insists" if earlier.outcome == "refuse" else "conversation-support")
    if not rule.fires(Named(Text(rules.mended(read.text)))):
        return decision
    return _carried(decision, earlier, rule, read.text)


def _carried(decision: Decision, earlier: Decision, rule: Rule, text: str) -> Decision:
    hit = Fired(rule.id, earlier.category, text)
    return replace(
        decision, outcome=earlier.outcome, category=earlier.category, reason=rule.stops, rule=rule.id, fired=(hit,)
    )


def _lawful_part(question: str, read: Normalised, decision: Decision, encode: Encode | None) -> str | None:
    """Return the requests of a refused text that are lawful questions alone, as they were written."""
    if read.disguised or decision.category == "injection" or decision.language != "en":
        return None
    rules = policy()
    kept = []
    for part in requests_of(question):
        named = Named(Text(rules.mended(normalise(part).text)))
        form = named.text.whole
        if len(form.split()) < SHORTEST or not named.concepts & rules.lawful:
            continue
        scores = _scores(form, encode(form) if encode else None)
        if _outcome(rules, named, fired_rules(rules, named), scores).outcome == "answer":
            kept.append(part)
    return " ".join(kept) or None
