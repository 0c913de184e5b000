"""Systems under test, behind one contract: a question, the earlier ones and a day in, an answer out.

pincite                   this version, in this process
pincite@URL               another one, over its web API
stock, stock:K            the pipeline of a LangChain tutorial, its K nearest chunks as the answer (3)
openai:MODEL@URL          any server with OpenAI's chat completions, for example openai:llama3@http://localhost:8080/v1
python:module:function    a function (question, history, as_of) -> answer
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from eval.errors import SystemFailedError, SystemSpecError
from eval.provenance import code_digest, settings_digest
from rag.assistant import Assistant
from rag.settings import Settings


@dataclass(frozen=True)
class Ask:
    """What a system is asked."""

    question: str
    history: tuple[str, ...] = ()
    """Earlier questions of the conversation, oldest first."""
    as_of: str | None = None
    """The day whose law is asked for: YYYY[-MM[-DD]]."""


class System(Protocol):
    """The contract."""

    name: str
    """What a user named it by."""
    identity: str
    """Changes whenever its answers may: a hash of settings and code, or the address."""

    def ask(self, ask: Ask) -> Any:
        """Return the answer as DESIGN's JSON object; all but `text` may be left out.

        Raises:
            UnreachableError: trying again may help.
            SystemFailedError: it won't.
        """
        ...


def resolve(spec: str, settings: Settings, tell: Callable[[str], None] = lambda _: None) -> System:
    """Return the system that a specification names.

    Raises:
        SystemSpecError: it names none.
        PinciteError: it can't be opened.
    """
    from eval.remote import ChatModel, WebApi

    scheme, _, rest = spec.partition(":")
    if spec == "pincite":
        return InProcess(Assistant.open(settings, tell=tell), settings)
    if spec.startswith("pincite@"):
        return WebApi(spec.removeprefix("pincite@"))
    if scheme == "stock" and (not rest or rest.isdecimal()):
        from eval.stock import StockPipeline  # it brings torch, which takes seconds to import

        return StockPipeline.open(settings, int(rest or 3), tell)
    if scheme == "openai" and "@" in rest:
        model, _, url = rest.partition("@")
        return ChatModel(model, url, settings)
    if scheme == "python" and rest.count(":") == 1:
        return PythonFunction(rest)
    raise SystemSpecError(
        f"Unknown system {spec!r}.",
        "Use pincite, pincite@URL, stock, stock:K, openai:MODEL@URL or python:module:function.",
    )


class InProcess:
    """Pincite itself."""

    name = "pincite"

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self.assistant = assistant
        self.identity = f"{settings_digest(settings)}-{code_digest()}"

    def ask(self, ask: Ask) -> Any:
        """Answer in this process."""
        question = {"question": ask.question, "history": list(ask.history), "as_of": ask.as_of}
        return self.assistant.invoke(question).model_dump(mode="json")


class PythonFunction:
    """A function of any module: `function(question: str, history: list[str], as_of: str | None) -> dict | str`."""

    def __init__(self, place: str) -> None:
        module, _, function = place.partition(":")
        self.name = self.identity = f"python:{place}"
        try:
            self._function = getattr(importlib.import_module(module), function)
        except (ImportError, AttributeError, ValueError) as error:
            raise SystemSpecError(f"{self.name} can't be loaded: {error}.") from None

    def ask(self, ask: Ask) -> Any:
        """Call the function; text alone is an answer, too."""
        try:
            answer = self._function(ask.question, list(ask.history), ask.as_of)
        except SystemFailedError:
            raise
        except Exception as error:  # code of somebody else may raise anything; it is that item's failure
            raise SystemFailedError(f"{self.name} failed: {type(error).__name__}: {error}") from error
        return {"text": answer} if isinstance(answer, str) else answer
