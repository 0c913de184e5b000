"""The way of a question: refusal, understanding, ranking, answering, verification, Answer."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from corpus.catalogue import Catalogue
from rag.answering import abstain, answer_with, explain, neighbours, placeless
from rag.build import Progress, open_index
from rag.compose import compose
from rag.confidence import Confidence
from rag.help import has_service
from rag.index import Index
from rag.listing import Lists
from rag.model import Answer, Draft, Question, Understood
from rag.placeless import PlacelessLaw
from rag.rank import Ranker, Ranking
from rag.refusal import Decision, decide, leak
from rag.refusal.audit import AuditLog, open_log
from rag.refusal.gloss import glossary
from rag.refusal.languages import languages
from rag.replies import (
    GREETING,
    asks_where_to_turn,
    is_greeting,
    other_language,
    refusal_note,
    refuse,
    support,
    where_to_turn,
    with_refusal,
)
from rag.retrieve import HybridRetriever, Scope
from rag.settings import Settings, settings
from rag.terms import Terms
from rag.understand import Reader
from rag.verify import unsupported


class Assistant(Runnable[Question | str | dict[str, Any], Answer]):
    """A question in, a verified answer out; a LangChain `Runnable`, so `invoke`, `batch`, `stream`, `ainvoke` work."""

    def __init__(self, index: Index, config: Settings | None = None) -> None:
        self.index = index
        self.config = config or settings()
        self.retriever = HybridRetriever(index=index)
        self.reader = Reader(index.catalogue.documents.values())
        self.ranker = Ranker(index)
        self.confidence = Confidence(self.ranker)
        self.lists = Lists(index.catalogue)
        self.placeless = PlacelessLaw(index.catalogue)
        self.terms = Terms.of(index.catalogue)
        self.audit = _audit_log(self.config)

    @classmethod
    def open(
        cls,
        config: Settings | None = None,
        progress: Progress = lambda _done, _total: None,
        tell: Callable[[str], None] = lambda _: None,
        rebuild: bool = False,
    ) -> "Assistant":
        """Open the corpus and its index as the settings say, building the index where that is needed.

        Raises:
            PinciteError: the corpus, the data folder or the model can't be used; the message says what to do.
        """
        config = config or settings()
        catalogue = Catalogue.load(config.corpus_dir)
        index = open_index(config.data_dir, catalogue, config.model, config.threads, progress, tell, rebuild)
        return cls(index, config)

    def invoke(
        self, input: Question | str | dict[str, Any], config: RunnableConfig | None = None, **kwargs: Any
    ) -> Answer:
        """Answer one question.

        Raises:
            BadQuestionError: the question is empty, too long or malformed.
            UnknownValueError: a jurisdiction code that does not exist.
        """
        return self._call_with_config(self._answer, input, config, **kwargs)

    def _answer(self, asked: Question | str | dict[str, Any]) -> Answer:
        clock = _Clock()
        question = Question.parse(asked)
        scope = Scope.of(question)
        read = cache(self.index.encoder.read)  # of this question alone
        decision = decide(question.question, question.history, read)
        if self.audit:
            self.audit.record(question.question, decision)
        clock.lap("refusal")
        note = refusal_note(decision)
        if note and not decision.lawful_part:
            answer = compose(question, Understood(question=question.question), refuse(decision), self.index)
            return answer.model_copy(update={"refusal": note, "timing_ms": clock.figures()})
        if is_greeting(question.question):
            draft = Draft("greeting", lead=GREETING)
            answer = compose(question, Understood(question=question.question), draft, self.index)
            return answer.model_copy(update={"timing_ms": clock.figures()})
        understood = self.reader.read(_to_search(question, decision))
        clock.lap("understanding")
        ranking = self.ranker.rank(understood, scope, encode=lambda text: read(text).vector)
        clock.lap("retrieval")
        draft, sure = self._draft(decision, understood, ranking, scope)
        answer = compose(question, understood, with_refusal(draft, decision), self.index)
        clock.lap("answering")
        if unsupported(answer) or leak(answer.text):
            draft = self._without_the_sentences(draft, decision, understood, scope)
            answer = compose(question, understood, draft, self.index)
        clock.lap("verification")
        return answer.model_copy(update={"refusal": note, "confidence": sure, "timing_ms": clock.figures()})

    def _draft(
        self, decision: Decision, understood: Understood, ranking: Ranking, scope: Scope
    ) -> tuple[Draft, float | None]:
        """Return the draft for what was decided, and the confidence where it is an answer or none."""
        if decision.outcome == "support":
            return support(decision, self.ranker, ranking, self.config.country), None
        if decision.language in languages():
            return other_language(decision, self.ranker, ranking), None
        if asks_where_to_turn(understood.question) and has_service(self.index.catalogue, understood):
            return where_to_turn(decision, self.ranker, ranking), None
        parts = [self.ranker.rank(part, scope, within=True) for part in self.reader.apart(understood)]
        sure = round(max(self.confidence(one) for one in (ranking, *parts)), 3)
        if not (scope.jurisdictions or scope.as_of):
            if terms := self.terms.find(understood.last or understood.question):
                return explain(self.ranker, ranking, terms), sure
            if found := self.placeless.find(understood):
                return placeless(self.ranker, found), sure
        if sure < self.confidence.threshold:
            return self._abstain(understood, scope), sure
        return answer_with(self.ranker, ranking, parts, scope.as_of, self.lists.find(understood, scope.as_of)), sure

    def _without_the_sentences(self, draft: Draft, decision: Decision, understood: Understood, scope: Scope) -> Draft:
        """Return what is shown in place of sentences that must not be: a person in need still gets the services."""
        if decision.outcome == "support":
            return replace(draft, chosen=())
        return with_refusal(self._abstain(understood, scope), decision)

    def _abstain(self, understood: Understood, scope: Scope) -> Draft:
        held = self.ranker.table.jurisdictions
        near = replace(scope, jurisdictions=scope.jurisdictions or neighbours(understood, held))
        return abstain(understood, self.retriever.search(understood.question, 12, near), held)


def _to_search(question: Question, decision: Decision) -> Question:
    """Return the question whose words are searched: the lawful half, the gloss, or the plain form of a disguise."""
    if decision.lawful_part:
        return question.model_copy(update={"question": decision.lawful_part})
    if decision.language in languages() and (gloss := glossary(decision.language).gloss(decision.normalised)):
        return question.model_copy(update={"question": gloss})
    if decision.disguised and decision.normalised:
        return question.model_copy(update={"question": decision.normalised})
    return question


def _audit_log(config: Settings) -> AuditLog | None:
    if config.audit_log is None:
        return None
    return open_log(config.audit_log, config.audit_salt.get_secret_value(), config.audit_text)


class _Clock:
    """Milliseconds of each stage."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round((now - self._last) * 1e3, 2)
        self._last = now

    def figures(self) -> dict[str, float]:
        return {**self._laps, "total": round((time.perf_counter() - self._start) * 1e3, 2)}
