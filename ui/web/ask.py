"""The "Ask" tab and the HTTP endpoint `ask`: a question and the earlier ones in, a cited answer out."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import gradio as gr
from gradio.events import api

from corpus.errors import PinciteError
from rag.assistant import Assistant
from rag.model import Answer, Question
from ui.web import render
from ui.web.conversation import download
from ui.web.desk import EXPORTS

EXAMPLES = (
    "What sentence did the South Korean man get for his AI images?",
    "Is possessing AI-generated child abuse material a crime in the United Kingdom?",
    "How fast must a platform remove an intimate image under the TAKE IT DOWN Act?",
    "What does the Council of Europe's Lanzarote Convention say about virtual images?",
)

CONCURRENT = 8
"""Questions answered at the same time; further ones wait for a moment."""

FAILED = PinciteError("Pincite could not answer this.", "Your question is back in the box: please send it again.")

_log = logging.getLogger(__name__)

Turns = tuple[Answer, ...]
Update = dict[Any, Any]


def tab(assistant: Assistant) -> None:
    """Fill the tab: the conversation with the question box on the left, the sources on the right."""
    with gr.Row(elem_id="ask", equal_height=False):
        with gr.Column(elem_id="talk"):
            conversation = _html(render.conversation(()), "conversation")
            with gr.Column(elem_id="examples") as examples:
                buttons = [gr.Button(question, elem_classes="example") for question in EXAMPLES]
            with gr.Column(elem_id="composer"):
                note = _html("", "note")
                question = gr.Textbox(
                    label="Your question",
                    placeholder="About a law, a decision, a country",
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                )
                with gr.Row(elem_id="actions"):
                    send = gr.Button("Ask", variant="primary", elem_id="send")
                    again = gr.Button("New conversation", elem_id="again", visible=False)
        with gr.Column(elem_id="panel"):
            sources = _html(render.sources(()), "sources")
            with gr.Column(elem_id="keep", visible=False) as keep:
                forms = {form: gr.Button(name, elem_classes="form") for form, name in EXPORTS.items()}
                saved = _html("", "saved")
    turns = gr.State(())
    shown = _Screen(conversation, sources, note, question, examples, again, keep, turns)
    respond = _responder(assistant, shown)
    # What is sent while an answer comes is asked next; an example pressed twice is asked once.
    _listen([send.click, question.submit], respond, [question, turns], shown, trigger_mode="always_last")
    for button in buttons:
        _listen([button.click], respond, [button, turns], shown)
    _listen([again.click], shown.start, [], shown)
    for form, button in forms.items():
        button.click(
            partial(download, assistant.index.catalogue, form=form),
            [turns],
            [saved],
            show_progress="hidden",
            api_visibility="private",
        )


def endpoint(assistant: Assistant) -> None:
    """Add the HTTP endpoint `ask`; it returns the answer's JSON object."""

    def ask(
        question: str,
        history: list[str] | None = None,
        jurisdictions: list[str] | None = None,
        as_of: str | None = None,
    ) -> dict[str, Any]:
        """Answer a question about the law on AI-generated sexual abuse, each sentence with its citations.

        `history` holds the earlier questions of the conversation, oldest first; `jurisdictions` the codes (KR, GB,
        US-CA) that the answer must come from, empty for all; `as_of` the day (YYYY-MM-DD) whose law is asked for.
        """
        try:
            answer = assistant.invoke(
                {"question": question, "history": history, "jurisdictions": jurisdictions, "as_of": as_of or None}
            )
        except PinciteError as error:
            raise gr.Error(str(error), print_exception=False) from None
        return answer.model_dump(mode="json")

    api(ask, api_name="ask", concurrency_limit=CONCURRENT)


@dataclass(frozen=True)
class _Screen:
    """The parts of the tab that a question changes."""

    conversation: gr.HTML
    sources: gr.HTML
    note: gr.HTML
    question: gr.Textbox
    examples: gr.Column
    again: gr.Button
    keep: gr.Column
    turns: gr.State

    @property
    def parts(self) -> list[Any]:
        return [
            self.conversation,
            self.sources,
            self.note,
            self.question,
            self.examples,
            self.again,
            self.keep,
            self.turns,
        ]

    def waiting(self, turns: Turns, question: str) -> Update:
        """The question moves from the box into the conversation, with what is being done."""
        return {
            self.conversation: render.conversation(turns, question),
            self.question: "",
            self.note: "",
            self.examples: gr.Column(visible=False),
        }

    def failed(self, turns: Turns, error: PinciteError, text: str) -> Update:
        """What was asked is back in the box, as it was typed."""
        return {
            self.conversation: render.conversation(turns),
            self.question: text,
            self.note: render.note(error),
            self.examples: gr.Column(visible=not turns),
        }

    def answered(self, turns: Turns) -> Update:
        return {
            self.conversation: render.conversation(turns),
            self.sources: render.sources(turns),
            self.note: "",
            self.again: gr.Button(visible=True),
            self.keep: gr.Column(visible=True),
            self.turns: turns,
        }

    def start(self) -> Update:
        return {
            self.conversation: render.conversation(()),
            self.sources: render.sources(()),
            self.note: "",
            self.question: "",
            self.examples: gr.Column(visible=True),
            self.again: gr.Button(visible=False),
            self.keep: gr.Column(visible=False),
            self.turns: (),
        }


def _responder(assistant: Assistant, screen: _Screen) -> Callable[[str, Turns], Iterator[Update]]:
    def respond(text: str, turns: Turns) -> Iterator[Update]:
        if turns and not text:
            yield {screen.note: ""}  # a double press, whose question is answered; yielding nothing would clear the page
            return
        try:
            question = Question.parse({"question": text, "history": [turn.question for turn in turns]})
            yield screen.waiting(turns, question.question)
            answer = assistant.invoke(question)
        except PinciteError as error:
            yield screen.failed(turns, error, text)
        except Exception:  # whatever fails, the person keeps the page, the conversation and the typed text
            _log.exception("A question could not be answered")
            yield screen.failed(turns, FAILED, text)
        else:
            yield screen.answered((*turns, answer))

    return respond


def _listen(
    events: list[Any],
    respond: Callable[..., Any],
    inputs: list[Any],
    screen: _Screen,
    trigger_mode: Literal["once", "always_last"] = "once",
) -> None:
    gr.on(
        events,
        respond,
        inputs,
        screen.parts,
        trigger_mode=trigger_mode,
        show_progress="hidden",
        scroll_to_output=False,
        api_visibility="private",
        concurrency_limit=CONCURRENT,
    )


def _html(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)
