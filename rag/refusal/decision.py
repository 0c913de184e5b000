"""From a question and what was asked before to one of three outcomes: answer, refuse, support.

The order is the policy's: a life at stake, a person in need, a request, the classifier. A person in need is never refused
unless they ask for a technique in plain words and the classifier, too, reads a request.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from rag.refusal.classifier import Scores, Vector, classifier
from rag.refusal.languages import language_of, languages, likely_languages
from rag.refusal.normalise import Normalised, normalise
from rag.refusal.policy import REFUSED, SUPPORTED, Policy, Rule, Text, conversation, policy, requests_of

Outcome = Literal["answer", "refuse", "support"]
Encode = Callable[[str], Vector]
_QUESTION = re.compile(r"\?|^(?:what|which|is|are|who|when|can|does|do|how|explain|say|compare|summari)")
SHORTEST = 4
"""Words of a sentence that is worth a vector of its own."""


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
    """The classifier's probability of a refusal, or of support where that is the outcome; 0 without a vector."""
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
    """The classifier's probabilities by class, the largest first; empty for other languages or without a vector."""


def decide(
    question: str, history: tuple[str, ...] = (), vector: Vector | None = None, encode: Encode | None = None
) -> Decision:
    """Decide on a question within its conversation.

    Args:
        question: as asked.
        history: earlier questions, oldest first.
        vector: unit vector of the question, if it is known already; the classifier is left out where there is none.
        encode: makes vectors; used only where the question's own vector says little (disguises, mixed requests).
    """
    return _judged(question, tuple(history), vector, encode)[0]


def explain(
    question: str, history: tuple[str, ...] = (), vector: Vector | None = None, encode: Encode | None = None
) -> Explanation:
    """Decide, and tell everything that led there."""
    decision, scores = _judged(question, tuple(history), vector, encode)
    read = normalise(question)
    ordered = sorted(scores.by_class.items(), key=lambda item: -item[1]) if scores else []
    return Explanation(
        decision, tuple((reading.how, reading.text) for reading in read.variants), read.steps, dict(ordered)
    )


def _judged(
    question: str, history: tuple[str, ...], vector: Vector | None, encode: Encode | None
) -> tuple[Decision, Scores | None]:
    read = normalise(question)
    before = conversation(history)
    decisions = []
    first_scores: Scores | None = None
    for number, reading in enumerate(read.variants):
        known = vector if number == 0 and not read.disguised else encode(reading.text) if encode else None
        decision, scores = _reading(reading.text, before, known, encode)
        first_scores = first_scores or scores
        decisions.append(decision)
    worst = next((decision for decision in decisions if decision.outcome == "refuse"), None)
    helped = next((decision for decision in decisions if decision.outcome == "support"), None)
    chosen = worst or helped or decisions[0]
    if chosen.outcome == "answer" and history:
        chosen = _in_conversation(chosen, read, history)
    chosen = replace(chosen, normalised=read.text, disguised=read.disguised)
    if chosen.outcome == "refuse":
        chosen = replace(chosen, lawful_part=_lawful_part(question, read, chosen))
    return chosen, first_scores


def _reading(text: str, before: str, vector: Vector | None, encode: Encode | None) -> tuple[Decision, Scores | None]:
    """Judge one reading of the question; sentences in another language than the rest are judged for themselves."""
    language = language_of(text)
    for sentence in Text(text).clauses:
        code = language_of(sentence)
        if (
            code not in ("en", language)
            and (aside := _foreign(sentence, likely_languages(sentence))).outcome == "refuse"
        ):
            return aside, None
    if language != "en":
        return _foreign(text, likely_languages(text)), None
    rules = policy()
    mended = rules.mended(text)
    fired = _fired(rules, Text(mended, before))
    scores = classifier().scores(mended, vector) if vector is not None and _fits(vector) else None
    return _outcome(rules, mended, fired, scores, encode), scores


def _fits(vector: Vector) -> bool:
    """Another embedding model than the one that the head was trained on gives vectors that mean nothing to it."""
    return len(vector) == classifier().dimension


def _fired(rules: Policy, text: Text) -> tuple[Fired, ...]:
    found = ((rule, rule.fires(text)) for rule in rules.rules if rule.engine == "patterns")
    hits = [Fired(rule.id, rule.category, clause) for rule, clause in found if clause]
    return tuple(hit for hit in hits if hit.category not in REFUSED or not _only_tells(rules, text, hit))


def _only_tells(rules: Policy, text: Text, hit: Fired) -> bool:
    """Tell whether a clause only gives the facts that a lawful question in another sentence is about."""
    if hit.category == "injection" or not rules.blocks["narrates"].search(hit.clause):
        return False
    others = [part for part in text.sentences if hit.clause not in part]
    return any(
        rules.blocks["lawful_form"].search(part) or (part.endswith("?") and rules.blocks["law"].search(part))
        for part in others
    )


def _outcome(
    rules: Policy, text: str, fired: tuple[Fired, ...], scores: Scores | None, encode: Encode | None
) -> Decision:
    refusing = [hit for hit in fired if hit.category in REFUSED]
    helping = [hit for hit in fired if hit.category in SUPPORTED]
    crisis = next((hit for hit in helping if hit.category == "crisis"), None)
    if crisis:
        return _decision("support", rules.by_id(crisis.rule), fired, scores)
    narrow = _of_request(rules, text, refusing, scores, encode)
    if helping and (not refusing or narrow is None or narrow.support >= narrow.refuse):
        return _decision("support", rules.by_id(_likeliest(helping, scores).rule), fired, scores)
    if scores and _speaks_of_themselves(rules, text) and scores.support > max(scores.refuse, 0.4):
        return _by_likeness(rules, text, scores, encode)
    if refusing and (narrow is None or narrow.refuse >= _confirmation(rules, text)):
        return _decision("refuse", rules.by_id(_likeliest(refusing, narrow).rule), fired, narrow)
    return _by_likeness(rules, text, scores, encode)


def _of_request(
    rules: Policy, text: str, hits: list[Fired], scores: Scores | None, encode: Encode | None
) -> Scores | None:
    """Return what the classifier makes of a request: in a text that names the law, of the clause that fired alone."""
    if scores is None or encode is None or not hits or not rules.lawful(text):
        return scores
    clauses = dict.fromkeys(hit.clause for hit in hits)
    each = [classifier().scores(clause, encode(clause)) for clause in clauses if clause != text]
    return max((scores, *each), key=lambda one: one.refuse)


def _confirmation(rules: Policy, text: str) -> float:
    """Return how sure the classifier must be of a rule's hit: not at all, unless the text names the law."""
    return dict(rules.by_id("semantic").thresholds)["confirm"] if rules.lawful(text) else 0.0


def _speaks_of_themselves(rules: Policy, text: str) -> bool:
    return bool(rules.blocks["mine"].search(text) and rules.blocks["distress"].search(text))


def _likeliest(hits: list[Fired], scores: Scores | None) -> Fired:
    """Return the hit whose category the classifier finds likeliest; the policy's order decides without it."""
    return max(hits, key=lambda hit: scores.by_class.get(hit.category, 0.0)) if scores else hits[0]


def _by_likeness(rules: Policy, text: str, scores: Scores | None, encode: Encode | None) -> Decision:
    """Decide by the classifier; in a mixed text by the part that names no law."""
    if scores is None:
        return Decision("answer")
    rule = rules.by_id("semantic")
    limits = dict(rule.thresholds)
    lawful = rules.lawful(text)
    subject = rule.about is None or rule.about.search(text)
    if lawful and encode and (plain := _unlawful_request(rules, text)):
        scores = classifier().scores(plain, encode(plain))
        lawful = False
    suffix = "_lawful" if lawful else ""
    limit = limits["refuse" + suffix] if subject else max(limits["refuse_near"], limits["refuse" + suffix])
    near = rules.blocks["near"].search(text) and not rules.blocks["game"].search(text)
    helps = _speaks_of_themselves(rules, text) and scores.support >= limits["support" + suffix]
    if helps and scores.support >= scores.refuse:
        return replace(_decision("support", rule, (), scores), category=scores.best(SUPPORTED))
    if (subject or near) and scores.refuse >= limit and not rules.blocks["definition"].search(text):
        return replace(_decision("refuse", rule, (), scores), category=scores.best(REFUSED))
    return Decision("answer", score=round(scores.refuse, 4))


def _unlawful_request(rules: Policy, text: str) -> str:
    """Return the sentences of a mixed text that name no law and do not only give the facts of a case."""
    parts = Text(text).sentences
    plain = [part for part in parts if not rules.lawful(part) and len(part.split()) >= SHORTEST]
    asks = [part for part in plain if not rules.blocks["narrates"].search(part)]
    return " ".join(asks) if len(parts) > 1 else ""


def _decision(outcome: Outcome, rule: Rule, fired: tuple[Fired, ...], scores: Scores | None) -> Decision:
    score = 0.0 if scores is None else scores.support if outcome == "support" else scores.refuse
    return Decision(outcome, rule.category, rule.stops, rule.id, fired=fired, score=round(score, 4))


def _foreign(text: str, codes: tuple[str, ...]) -> Decision:
    """Judge a text in the likeliest of these languages, and in the next one if the first sees nothing."""
    for code in codes:
        outcome, category, clause = languages()[code].judge(text)
        if outcome != "answer" or languages()[code].has("law", text):
            break
    if outcome == "answer":
        return Decision("answer", language=codes[0])
    rule = policy().by_id("other-languages")
    hit = Fired(rule.id, category, clause)
    if outcome == "support":
        helps = next(entry for entry in policy().rules if entry.category == category)
        return Decision("support", category, helps.stops, helps.id, fired=(hit,), language=codes[0])
    return Decision("refuse", category, rule.stops, rule.id, fired=(hit,), language=codes[0])


def _in_conversation(decision: Decision, read: Normalised, history: tuple[str, ...]) -> Decision:
    """Carry a refusal or an offer of help over to a short follow-up that adds no lawful question."""
    rules = policy()
    earlier = decide(history[-1], history[:-1])
    if earlier.outcome == "answer":
        return decision
    rule = rules.by_id("conversation-insists" if earlier.outcome == "refuse" else "conversation-support")
    if not rule.fires(Text(rules.mended(read.text))):
        return decision
    hit = Fired(rule.id, earlier.category, read.text)
    return replace(
        decision, outcome=earlier.outcome, category=earlier.category, reason=rule.stops, rule=rule.id, fired=(hit,)
    )


def _lawful_part(question: str, read: Normalised, decision: Decision) -> str | None:
    """Return the requests of a refused text that name the law and fire nothing, as they were written."""
    if read.disguised or decision.category == "injection" or decision.language != "en":
        return None
    rules = policy()
    kept = []
    for part in requests_of(question):
        form = rules.mended(normalise(part).text)
        asks = rules.blocks["law"].search(form) and len(form.split()) > 3 and _QUESTION.search(form)
        if asks and not any(hit.category in REFUSED for hit in _fired(rules, Text(form))):
            kept.append(part)
    return " ".join(kept) or None
