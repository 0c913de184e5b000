"""Replies that are not answers: a refusal, help for a person affected, a greeting, a question in another language."""

import re
from dataclasses import replace

from rag.help import countries_served, is_safe, service, services_for
from rag.model import Draft, RefusalNote, ScoredPassage, ScoredSentence
from rag.rank import Ranker, Ranking
from rag.refusal import Decision, refusal_text
from rag.refusal.languages import languages
from rag.refusal.say import line, own_thoughts_text
from rag.select import nearest

GREETING = (
    "Hello. Pincite answers questions about the law and policy on AI-generated sexual abuse material and "
    "non-consensual deepfakes, each sentence with its source. Ask, for example, what a law punishes, how a court "
    "decided, or where somebody affected can get help."
)
SORRY = "I am sorry that this has happened; it is not your fault. These services can help."
SORRY_FOR_ANYONE = "I am sorry that this is so hard. These services can help."
"""For a life at stake: whether something was done to the person, or by them, is not known."""
WORRIED = "It is good that you ask. You can talk to someone in confidence."
REPORTING = "Thank you for wanting to report it. Please do not save, share or open it again: report its address."
CRISIS = "If your life or someone else's is in danger, call your local emergency number now. You do not have to face this alone."
WHICH_COUNTRY = "Which country are you in? Services of their own are listed for {countries}."

_GREETS = re.compile(
    r"^\W*(?:hi+|hello|hey+|good (?:morning|afternoon|evening|day)|greetings|thanks?(?: you)?(?: (?:so|very) much)?|thank u|thx|bye|goodbye|"
    r"who are you|what are you|what can you do|help me use this|how does this work)(?: there| pincite)?\W*$",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:where|whom?|how) (?:can|could|do|does|should) .{0,60}\b(?:(?:get|find|seek|ask for) (?:help|support)|turn(?: to)?)\b",
    re.IGNORECASE,
)
_MAX_SENTENCES = 4
_MAX_WORDS = 85


def is_greeting(text: str) -> bool:
    """Whether the whole question is a greeting, thanks, or asks what this is."""
    return bool(_GREETS.match(text))


def asks_where_to_turn(text: str) -> bool:
    """Whether a text asks where somebody can get help, without being about the person who asks."""
    return bool(_TURNS.search(text))


def refuse(decision: Decision) -> Draft:
    """Return the refusal of a request: calm, short, with what can be asked instead."""
    return Draft("refused", lead=refusal_text(decision))


def with_refusal(draft: Draft, decision: Decision) -> Draft:
    """Return the reply to the lawful half of a mixed request with the refusal of the other half before it."""
    if decision.outcome != "refuse":
        return draft
    return replace(draft, lead=f"{refusal_text(decision)} Now to the rest of the question. {draft.lead}".strip())


def refusal_note(decision: Decision) -> RefusalNote | None:
    """Return why a request was declined in whole or, where its lawful half is taken up, in part; nothing for others."""
    if decision.outcome != "refuse":
        return None
    return RefusalNote(category=decision.category, reason=decision.reason, rule=decision.rule)


def other_language(decision: Decision, ranker: Ranker, ranking: Ranking) -> Draft:
    """Return a line in the person's own language, with the passages that may answer them."""
    found = [ranker.passage(row) for row in ranking.order[:12]]
    return Draft("abstained", lead=line(decision.language, "lawful"), nearest=nearest(found))


def support(decision: Decision, ranker: Ranker, ranking: Ranking, country: str | None) -> Draft:
    """Return help services for the person's country first, how to reach them, and then the law in one line."""
    understood = ranking.understood
    order = list(dict.fromkeys(ranker.document(row).id for row in ranking.order))
    chosen = services_for(ranker.index.catalogue, understood, decision.category, order, country, decision.urgent)
    ids = [document.id for document in chosen]
    sentences = _sentences(ranker, ranking, ids)
    law = None if decision.urgent or decision.category in {"own-thoughts", "crisis"} else _law(ranker, ranking, country)
    parts = [_opening(decision)]
    if not understood.jurisdictions and not country and decision.category != "own-thoughts":
        parts.append(_which_country(decision.language, countries_served(ranker.index.catalogue)))
    return Draft(
        "support",
        lead="\n\n".join(parts),
        chosen=(*sentences, law) if law else sentences,
        nearest=_uncited(ranker, ids, sentences),
        help=tuple(service(document) for document in chosen),
    )


def _uncited(ranker: Ranker, ids: list[str], sentences: tuple[ScoredSentence, ...]) -> tuple[ScoredPassage, ...]:
    """Return a passage of each service that no sentence is from, so that all that is offered stands among the sources."""
    cited = {found.document.id for found in sentences}
    rows = (min(ranker.rows_of([name]), default=None) for name in ids[:_MAX_SENTENCES] if name not in cited)
    return tuple(ranker.passage(row) for row in rows if row is not None)


def where_to_turn(decision: Decision, ranker: Ranker, ranking: Ranking) -> Draft:
    """Return the services of a country for somebody who asks about them without being affected."""
    return replace(support(decision, ranker, ranking, None), outcome="answered", lead="")


def _opening(decision: Decision) -> str:
    """Return the first words, in the person's language where Pincite has lines for it."""
    known = decision.language in languages()
    if decision.category == "own-thoughts":
        said = own_thoughts_text(decision.language) if known else f"{WORRIED} {own_thoughts_text()}"
    elif known:  # "not your fault" is for those to whom something was done
        said = line(decision.language, {"crisis": "services", "found": "found"}.get(decision.category, "support"))
    else:
        said = {"crisis": SORRY_FOR_ANYONE, "found": REPORTING}.get(decision.category, SORRY)
    if not decision.urgent:
        return said
    return f"{line(decision.language, 'crisis') if known else CRISIS}\n\n{said}"


def _which_country(language: str, served: list[str]) -> str:
    return line(language, "country") if language in languages() else WHICH_COUNTRY.format(countries=", ".join(served))


def _sentences(ranker: Ranker, ranking: Ranking, ids: list[str]) -> tuple[ScoredSentence, ...]:
    """Return how the first services are reached: for each the sentence that fits best, in the order of the services."""
    contact = ranker.table.traits.facts["contact"]
    reach = contact | ranker.table.traits.sections["reach"]
    found: list[ScoredSentence] = []
    words = 0
    for name in ids[:_MAX_SENTENCES]:
        safe = [row for row in ranker.rows_of([name]) if is_safe(ranker.text(row))]
        rows = [row for row in safe if reach[row]] or safe
        lengths = {row: int(ranker.table.traits.words[row]) for row in rows}
        fitting = [row for row in rows if words + lengths[row] <= _MAX_WORDS]
        if not fitting:
            continue
        best = max(fitting, key=lambda row: float(ranking.scores[row]) + 1.5 * float(contact[row]))
        found.append(ranker.found(best, ranking))
        words += lengths[best]
    return tuple(found)


def _law(ranker: Ranker, ranking: Ranking, country: str | None) -> ScoredSentence | None:
    """Return the best sentence of a law in force of the person's own jurisdiction, if there is one."""
    places = set(ranking.understood.jurisdictions) or ({country} if country else set())
    for row in ranking.order:
        document = ranker.document(row)
        fits = document.is_law and document.status == "in-force" and document.jurisdiction in places
        if fits and ranker.table.traits.words[row] <= 32 and ranker.table.traits.facts["offence"][row]:
            return ranker.found(row, ranking)
    return None
