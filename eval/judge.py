"""An optional judge: a chat model decides whether an answer carries a nugget, in any words.

The assignment step of AutoNuggetizer (Pradeep et al. 2024, arXiv:2411.09607) with a prompt of our own. Never used
unless a model is named: a judge costs money, changes with its version and sends answers elsewhere.
"""

from collections.abc import Callable, Sequence

from langchain_core.language_models import BaseChatModel

from corpus.errors import PinciteError
from eval.data import AnswerItem, Nugget
from eval.metrics import Metric, Score
from eval.metrics.nuggets import PAPER
from eval.results import Result
from eval.statistics import Estimate, estimate

PROMPT = """\
You check whether an answer states given facts. For each numbered fact reply with one line: its number, a colon and
`yes` if the answer states the whole fact in any words, or `no` if it leaves part of it out or says otherwise.
Reply with these lines and nothing else.

Question: {question}

Answer:
{answer}

Facts:
{facts}"""


RECALL = Metric("judged_recall", "Vital nugget recall, judged", PAPER, lambda _: None)
"""Its scores come from `judged_recall`, since a judge is asked once the run is over."""


class JudgeError(PinciteError):
    """The judge can't be opened, or does not reply as asked."""


class Judge:
    """A chat model that reads answers."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model

    @classmethod
    def open(cls, name: str) -> "Judge":
        """Open a model by LangChain's name for it, for example `ollama:llama3.1`.

        Raises:
            JudgeError: the model or the package that it needs is not there.
        """
        from langchain.chat_models import init_chat_model

        try:
            return cls(init_chat_model(name, temperature=0))
        except (ImportError, ValueError) as error:
            raise JudgeError(f"The judge {name!r} can't be opened: {error}") from None

    def carried(self, question: str, answer: str, nuggets: Sequence[Nugget]) -> list[bool]:
        """Return, for each nugget, whether the answer carries it.

        Raises:
            JudgeError: the reply lacks a verdict on one of them.
        """
        facts = "\n".join(f"{number}. {nugget.text}" for number, nugget in enumerate(nuggets, 1))
        reply = self._model.invoke(PROMPT.format(question=question, answer=answer, facts=facts)).text
        verdicts: dict[str, str] = {}
        for line in str(reply).splitlines():
            number, _, verdict = line.strip().partition(":")
            verdicts[number.strip(" .")] = verdict.strip(" .`").lower()
        found = [verdicts.get(str(number), "") for number in range(1, len(nuggets) + 1)]
        if not set(found) <= {"yes", "no"}:
            raise JudgeError(f"The judge did not reply as asked: {str(reply)[:200]!r}.")
        return [verdict == "yes" for verdict in found]


def judged_recall(
    judge: Judge, results: Sequence[Result], advance: Callable[[], None] = lambda: None
) -> tuple[Estimate, int]:
    """Return vital nugget recall as the judge sees it, and how many of its replies could not be read (scored zero)."""
    scores: list[Score | None] = []
    unread = 0
    for result in results:
        item = AnswerItem.model_validate(result.item)
        vital = [nugget for nugget in item.nuggets if nugget.vital]
        if vital:
            text = str((result.answer or {}).get("text", ""))
            try:
                share = sum(judge.carried(item.question, text, vital)) / len(vital) if text else 0.0
            except JudgeError:
                share, unread = 0.0, unread + 1
            scores.append((share, 1.0))
        advance()
    return estimate(RECALL, scores), unread
