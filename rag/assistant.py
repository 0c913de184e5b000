"""The way of a question: retrieval, answering, verification, Answer."""

import time
from collections.abc import Callable
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from corpus.catalogue import Catalogue
from rag.build import Progress, open_index
from rag.compose import compose
from rag.index import Index
from rag.model import Answer, Draft, Question, Understood
from rag.retrieve import HybridRetriever, Scope
from rag.select import choose, nearest
from rag.settings import Settings, settings
from rag.verify import unsupported

NOTHING = "The corpus does not answer this question. The nearest documents are listed below."


class Assistant(Runnable[Question | str | dict[str, Any], Answer]):
    """A question in, a verified answer out; a LangChain `Runnable`, so `invoke`, `batch`, `stream`, `ainvoke` work."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.retriever = HybridRetriever(index=index)

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
        return cls(open_index(config.data_dir, catalogue, config.model, config.threads, progress, tell, rebuild))

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
        question = Question.parse(asked)
        clock = _Clock()
        scope = Scope.of(question)
        understood = Understood(question=question.question, jurisdictions=tuple(scope.jurisdictions))
        evidence = self.retriever.evidence(understood.question, scope=scope)
        clock.lap("retrieval")
        chosen = choose(evidence)
        draft = (
            Draft("answered", chosen=chosen) if chosen else Draft("abstained", lead=NOTHING, nearest=nearest(evidence))
        )
        answer = compose(question, understood, draft, self.index)
        clock.lap("answering")
        if unsupported(answer):
            answer = compose(
                question, understood, Draft("abstained", lead=NOTHING, nearest=nearest(evidence)), self.index
            )
        clock.lap("verification")
        return answer.model_copy(update={"timing_ms": clock.figures()})


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
