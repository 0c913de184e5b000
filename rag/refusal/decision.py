"""From a question and what was asked before to one of three outcomes: answer, refuse, support.

The classifier and the request reader say how like a text is to known requests, lawful questions and cries for help. Rules
say which concepts a clause names in which order: they give the category and the reason, lower what likeness is enough for
help, for dropping the rules, and for a follow-up on an earlier question, and carry a refusal or help over. Within one reading of a question, in doubt between refusal and help a
person is helped, in doubt between refusal and an answer the question is answered. A question that can be read in more
than one way, because it was disguised, is refused where any reading is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rag.embeddings import Reading
from rag.refusal.classifier import Scores
from rag.refusal.concepts import english, words_of
from rag.refusal.conversation import (
    ASKING,
    about_another,
    asks_back,
    carrying,
    concepts_in,
    only_a_name,
    only_leans,
)
from rag.refusal.gloss import glossary
from rag.refusal.languages import language_of
from rag.refusal.normalise import Normalised, normalise
from rag.refusal.policy import Named, Policy, Rule, concepts_of, conversation, policy
from rag.refusal.scoring import See, category_scores, english_scores, other_scores
from rag.refusal.text import REFUSED, SUPPORTED, Outcome, Text, requests_of

Read = Callable[[str], Reading]
SHORTEST = 3
"""Words of a sentence that is judged for itself."""
QUESTION = ASKING | {"aux", "when", "why"}
"""Concepts by which a sentence is a question."""
ORDERED = frozenset(("make", "undress"))
"""Concepts that are an order where a clause begins with them."""
EARLY = 3
"""Words at the beginning of a clause by which it asks."""
BEYOND = "injection"
"""The category whose rules need nothing of the subject to be named."""
LEANS_ON = 6
"""Earlier questions that a refusal or an offer of help can be carried over from."""
MOST_PARTS = 4
"""Sentences that are judged for themselves."""
ALSO = 0.2
"""The probability from which a person in need may also speak of something else than the likeliest."""
UNTOLD = "depicted"
"""Who is taken to speak where nothing tells."""
DONE_TO = frozenset(("depicted", "threatened"))
"""Who speaks of what was done to them."""


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
    """The probability of a refusal, or of support where that is the outcome."""
    language: str = "en"
    lawful_part: str | None = None
    """The half of a mixed request that can be answered."""
    urgent: bool = False
    """Whether a life may be at stake, whoever it is that speaks."""


@dataclass(frozen=True)
class Explanation:
    """All that led to a decision, for `pincite refusal explain`."""

    decision: Decision
    readings: tuple[tuple[str, str], ...]
    """(how it was read, text) for each reading that was judged."""
    steps: tuple[str, ...]
    scores: dict[str, float]
    """The probabilities by class, the largest first."""


@dataclass(frozen=True)
class _Judged:
    """One reading, judged."""

    decision: Decision
    scores: Scores


def decide(question: str, history: tuple[str, ...] = (), read: Read | None = None) -> Decision:
    """Decide on a question within its conversation.

    Args:
        question: as asked.
        history: earlier questions, oldest first.
        read: passes a text through the embedding network; words alone are judged where there is none.
    """
    return _judge(question, tuple(history), read).decision


def explain(question: str, history: tuple[str, ...] = (), read: Read | None = None) -> Explanation:
    """Decide, and tell everything that led there."""
    judged = _judge(question, tuple(history), read)
    form = normalise(question)
    ordered = sorted(judged.scores.by_class.items(), key=lambda item: -item[1])
    readings = [(variant.how, variant.text) for variant in form.variants]
    if (language := judged.decision.language) != "en":
        readings.append(("word by word in English", glossary(language).gloss(form.text)))
    return Explanation(judged.decision, tuple(readings), form.steps, dict(ordered))


def _judge(question: str, history: tuple[str, ...], read: Read | None) -> _Judged:
    form = normalise(question)
    before = conversation(history)
    see = _reader(question, form, read)
    judged = [_reading(variant.text, before, see) for variant in form.variants]
    refused = next((one for one in judged if one.decision.outcome == "refuse"), None)
    helped = next((one for one in judged if one.decision.outcome == "support"), None)
    chosen = refused or helped or judged[0]
    decision = chosen.decision
    bare = decision.outcome == "support" and asks_back(form.text, decision.language)
    if history and (bare or decision.outcome != "support"):
        decision = _in_conversation(decision, form, history, read)
    decision = replace(decision, normalised=form.text, disguised=form.disguised)
    if decision.outcome == "refuse":
        decision = replace(decision, lawful_part=_lawful_part(question, form, decision, see))
    return replace(chosen, decision=decision)


def _reader(question: str, form: Normalised, read: Read | None) -> See:
    """Return what reads each text once; a question that is not disguised is read as written, as the search reads it."""
    known: dict[str, Reading] = {}

    def see(text: str) -> Reading | None:
        if read is None:
            return None
        if text not in known:
            known[text] = read(question if text == form.text and not form.disguised else text)
        return known[text]

    return see


def _reading(text: str, before: str, see: See) -> _Judged:
    """Judge one reading of the question; sentences in another language than the rest are judged for themselves."""
    if rest := _beside_lawful(text, see):
        judged = _reading(rest, f"{before} {text}", see)
        if judged.decision.outcome == "refuse":
            return judged
    language = language_of(text)
    parts = Text(text).sentences
    foreign = " ".join(part for part in parts if language_of(part) != "en")
    if foreign and len(parts) > 1 and foreign != text:
        aside = _other(foreign, language_of(foreign), see)
        if aside.decision.outcome == "refuse":
            return aside
    return _other(text, language, see) if language != "en" else _english(text, before, see)


def _beside_lawful(text: str, see: See) -> str:
    """Return what a text asks besides lawful questions about the law, which must not hide it; nothing if it has none.

    What is only told is judged for itself where the lawful question stands on its own feet. Where that refers back it
    is a question about what is told, unless this is plainly a request.
    """
    parts = Text(text).requests
    if len(parts) < 2 or (language_of(text) == "en" and _like_no_request(text, see)):
        return ""
    lawful = [part for part in parts if _plainly_lawful(part, see)]
    rest = " ".join(part for part in parts if part not in lawful)
    if not lawful or (language_of(rest) == "en" and not concepts_of(rest) & policy().substance):
        return ""
    if _asks(rest):
        return rest
    if len(rest.split()) < SHORTEST:
        return ""
    alone = any(len(part.split()) > SHORTEST and not policy().referring & set(words_of(part)) for part in lawful)
    least = policy().threshold("told" if alone else "part")
    return rest if english_scores(rest, see(rest)).refuse >= least else ""


def _like_no_request(text: str, see: See) -> bool:
    """Whether an English text is as a whole so unlike any request that no piece of it need be judged for itself."""
    plain = policy().mended(text)
    return english_scores(plain, see(plain)).refuse < policy().threshold("whole")


def _asks(text: str) -> bool:
    """Whether a text asks for something; what is only told beside a lawful question is often the facts it is about."""
    if language_of(text) != "en" or text.endswith("?"):
        return True
    hits = [hit for part in Text(text).requests for hit in english().hits(part) if hit.place < EARLY]
    return any(hit.concept in ASKING or (hit.place == 0 and hit.concept in ORDERED) for hit in hits)


def _plainly_lawful(part: str, see: See) -> bool:
    """Tell whether a part of a text is an English question that names the law and is like no request."""
    if language_of(part) != "en" or not asks_for_the_law(part):
        return False
    return english_scores(part, see(part)).refuse < policy().threshold("plain")


def asks_for_the_law(part: str) -> bool:
    """Whether a part of an English text is a question that names the law."""
    named = concepts_of(part)
    return bool(named & policy().lawful) and bool(named & QUESTION)


def _english(text: str, before: str, see: See) -> _Judged:
    rules = policy()
    named = Named(Text(rules.mended(text)), before)
    scores = english_scores(named.text.whole, see(named.text.whole))
    decision = _outcome(rules, named, fired_rules(rules, named), scores)
    if decision.outcome == "answer":
        decision = _worst_part(rules, named, see) or decision
    return _Judged(decision, scores)


def fired_rules(rules: Policy, named: Named) -> tuple[Fired, ...]:
    """Return the rules of concepts that a text fires."""
    found = ((rule, rule.fires(named)) for rule in rules.rules if rule.engine == "concepts")
    return tuple(Fired(rule.id, rule.category, clause) for rule, clause in found if clause)


def _outcome(rules: Policy, named: Named, fired: tuple[Fired, ...], scores: Scores) -> Decision:
    refusing = [hit for hit in fired if hit.category in REFUSED]
    helping = [hit for hit in fired if hit.category in SUPPORTED]
    says = named.concepts or len(named.text.whole.split()) >= SHORTEST
    if says and _needs_help(rules, scores, "support_fired" if helping else "support"):
        return _decision("support", rules, named, fired, scores)
    limit = rules.threshold(_threshold(rules, named, refusing))
    leans = not refusing and only_leans(named.text.whole, named.concepts)
    if named.concepts and not leans and scores.refuse >= limit:
        return _decision("refuse", rules, named, fired, scores)
    return Decision("answer", score=round(scores.refuse, 4), fired=fired)


def _threshold(rules: Policy, named: Named, refusing: list[Fired]) -> str:
    """Return the name of the probability from which a text is refused."""
    if named.concepts & rules.subject or any(hit.category == BEYOND for hit in refusing):
        return "refuse"
    if named.about(rules.subject):  # only by what was asked before, which the classifier has not read
        return "follow_up" if refusing else "sentence"
    if "child" in named.concepts:
        return "child"
    return "sentence" if named.leans and about_another(named.concepts) else "elsewhere"


def _needs_help(rules: Policy, scores: Scores, name: str) -> bool:
    return scores.support >= max(rules.threshold(name), rules.threshold("favour") * scores.refuse)


def _decision(outcome: Outcome, rules: Policy, named: Named, fired: tuple[Fired, ...], scores: Scores) -> Decision:
    """Name the rule of the likeliest category that fired; the classifier's own rule where none did."""
    names: tuple[str, ...] = REFUSED if outcome == "refuse" else SUPPORTED
    if not named.concepts & {"i", "urge"}:  # who asks for others has no thoughts of their own to speak of
        names = tuple(name for name in names if name != "own-thoughts")
    score = round(scores.refuse if outcome == "refuse" else scores.support, 4)
    kinds = category_scores(named.text.whole, "en")
    hits = {hit.category: rules.by_id(hit.rule) for hit in reversed(fired) if hit.category in names}
    category = kinds.best(hits or names)
    urgent = False
    if outcome == "support":
        category, urgent = _in_need(category, kinds, names, asks_back(named.text.whole, "en"), hits)
    rule = hits.get(category, rules.by_id("semantic"))
    reason = hits.get(category, rules.of_category(category)).stops
    return Decision(outcome, category, reason, rule.id, fired=fired, score=score, urgent=urgent)


def _in_need(
    category: str, kinds: Scores, names: Iterable[str], asks_back: bool, fired: Iterable[str] = ()
) -> tuple[str, bool]:
    """Return who speaks and whether a life may be at stake.

    Somebody in despair over their own acts is led to the service for them; nobody to whom something was done is. A few
    words that only ask for more (`asks_back`) say nothing of a life at stake.
    """
    likely = {name for name in names if kinds.by_class.get(name, 0.0) >= ALSO}
    may_be = {category, *likely, *fired}
    if category == "crisis" and "own-thoughts" in likely and not may_be & DONE_TO:
        category = "own-thoughts"
    urgent = "crisis" in may_be
    return (UNTOLD, False) if urgent and asks_back else (category, urgent)


def _worst_part(rules: Policy, named: Named, see: See) -> Decision | None:
    """Return the refusal of one sentence that is plainly a request, however many others stand around it."""
    parts = [part for part in named.text.sentences if len(part.split()) >= SHORTEST and part != named.text.whole]
    parts.sort(key=lambda part: -english_scores(part, None).refuse)
    for part in parts[:MOST_PARTS]:
        alone = Named(Text(part), f"{named.before} {named.text.whole}")
        scores = english_scores(part, see(part))
        if alone.about(rules.subject) and scores.refuse >= rules.threshold("sentence"):
            return _decision("refuse", rules, alone, fired_rules(rules, alone), scores)
    return None


def _other(text: str, language: str, see: See) -> _Judged:
    """Judge a text in one of the twelve other languages; each sentence of several also for itself."""
    rules = policy()
    rule = rules.by_id("other-languages")
    scores = other_scores(text, language, see)
    if _needs_help(rules, scores, "other_support"):
        kinds = category_scores(text, language)
        category, urgent = _in_need(kinds.best(SUPPORTED), kinds, SUPPORTED, asks_back(text, language))
        helps = rules.of_category(category)
        hit = Fired(rule.id, category, text)
        decision = Decision("support", category, helps.stops, helps.id, fired=(hit,), score=round(scores.support, 4))
        return _Judged(replace(decision, language=language, urgent=urgent), scores)
    refuse, clause = scores, text
    for part in Text(text).sentences[:MOST_PARTS]:
        alone = other_scores(part, language, see)
        if part != text and alone.refuse >= rules.threshold("other_part") and alone.refuse > refuse.refuse:
            refuse, clause = alone, part
    leans = only_leans(text, concepts_in(text, language), language)
    if leans or refuse.refuse < rules.threshold("other"):
        return _Judged(Decision("answer", language=language, score=round(refuse.refuse, 4)), scores)
    category = category_scores(clause, language).best(REFUSED)
    hit = Fired(rule.id, category, clause)
    reason = rules.of_category(category).stops
    decision = Decision("refuse", category, reason, rule.id, fired=(hit,), score=round(refuse.refuse, 4))
    return _Judged(replace(decision, language=language), scores)


def _in_conversation(decision: Decision, form: Normalised, history: tuple[str, ...], read: Read | None) -> Decision:
    """Carry a refusal or an offer of help over to a short follow-up that adds no lawful question.

    Somebody in need is not refused for asking how that was done to them either: they are helped again.
    """
    firing = carrying(decision.outcome, form.text, decision.language)
    if not firing:  # told first, because to judge what was asked before takes time
        return decision
    earlier = decide(history[-1], history[-LEANS_ON:-1], read)
    if earlier.outcome not in firing or (decision.outcome == "refuse" and earlier.category == "own-thoughts"):
        return decision
    if only_a_name(form.text, decision.language):  # which is the same in many languages
        decision = replace(decision, language=earlier.language)
    return _carried(decision, earlier, firing[earlier.outcome], form.text)


def _carried(decision: Decision, earlier: Decision, rule: Rule, text: str) -> Decision:
    hit = Fired(rule.id, earlier.category, text)
    return replace(
        decision,
        outcome=earlier.outcome,
        category=earlier.category,
        reason=rule.stops,
        rule=rule.id,
        fired=(hit,),
        urgent=earlier.urgent,
    )


def _lawful_part(question: str, form: Normalised, decision: Decision, see: See) -> str | None:
    """Return the requests of a refused text that are lawful questions alone, as they were written."""
    if form.disguised or decision.category == "injection" or decision.language != "en":
        return None
    rules = policy()
    kept = []
    for part in requests_of(question):
        named = Named(Text(rules.mended(normalise(part).text)))
        plain = named.text.whole
        if len(plain.split()) < SHORTEST or not named.concepts & rules.lawful:
            continue
        scores = english_scores(plain, see(plain))
        if _outcome(rules, named, fired_rules(rules, named), scores).outcome == "answer":
            kept.append(part)
    return " ".join(kept) or None
