"""The HTTP endpoints of Gradio's API, by the names of `ui.tools`; `ask` stands in `ui.web.ask`."""

import functools
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from corpus.errors import PinciteError
from rag.assistant import Assistant
from ui.tools import Tools
from ui.web.ask import CONCURRENT


def endpoints(assistant: Assistant) -> None:
    """Add every endpoint but `ask`."""
    for name, function in Tools(assistant).all.items():
        if name != "ask":
            api(_told(function), api_name=name, concurrency_limit=CONCURRENT)


def _told(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The function with errors that a caller can mend as Gradio's, without a trace."""

    @functools.wraps(function)
    def told(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return function(*args, **kwargs)
        except PinciteError as error:
            raise gr.Error(str(error), print_exception=False) from None

    return told
