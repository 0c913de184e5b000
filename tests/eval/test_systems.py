"""Systems over real sockets on this machine, and what their specifications mean."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from eval.errors import SystemFailedError, SystemSpecError, UnreachableError
from eval.provenance import code_digest, settings_digest
from eval.remote import ChatModel, WebApi, messages
from eval.systems import Ask, InProcess, resolve
from rag.assistant import Assistant
from rag.settings import Settings

ASK = Ask("And if it is shared?", ("Is it a crime in Andorra?",), "2024-05")
Reply = tuple[int, str]


@contextmanager
def serving(reply: Callable[[str, str, Any], Reply]) -> Iterator[str]:
    """Serve `reply(method, path, body)` and yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, text = reply(self.command, self.path, body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = _reply  # noqa: N815  (names that http.server prescribes)

        def log_message(self, format: str, *args: Any) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        ("Yes, since 2020.", "answered"),
        ("I don’t know.", "abstained"),
        ("I can't help with that. Sorry.", "refused"),
    ],
)
def test_a_chat_model_is_asked_and_its_agreed_replies_are_outcomes(content: str, outcome: str) -> None:
    seen: list[Any] = []

    def reply(method: str, path: str, body: Any) -> Reply:
        seen.append((method, path, body))
        return 200, json.dumps({"choices": [{"message": {"content": content}}]})

    with serving(reply) as url:
        answer = ChatModel("toy", f"{url}/v1", Settings()).ask(ASK)
    assert (answer["text"], answer["outcome"]) == (content, outcome)
    assert seen == [
        ("POST", "/v1/chat/completions", {"model": "toy", "temperature": 0, "messages": messages(ASK)}),
    ]
    assert all(part in messages(ASK)[1]["content"] for part in (*ASK.history, ASK.question, "2024-05"))


def test_the_web_api_is_called_as_gradio_offers_it() -> None:
    def reply(method: str, path: str, body: Any) -> Reply:
        if method == "POST":
            assert (path, body) == ("/gradio_api/call/ask", {"data": [ASK.question, [*ASK.history], [], ASK.as_of]})
            return 200, '{"event_id": "e1"}'
        assert path == "/gradio_api/call/ask/e1"
        return 200, 'event: heartbeat\ndata: null\n\nevent: complete\ndata: [{"text": "Yes."}]\n\n'

    with serving(reply) as url:
        assert WebApi(url).ask(ASK) == {"text": "Yes."}


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (503, "", UnreachableError),
        (429, "", UnreachableError),
        (404, "", SystemFailedError),
        (200, "<html>", SystemFailedError),
        (200, "{}", SystemFailedError),
        (200, '{"choices": []}', SystemFailedError),
    ],
)
def test_only_what_may_pass_is_worth_another_try(status: int, text: str, error: type[Exception]) -> None:
    with serving(lambda *_: (status, text)) as url:
        for system in (ChatModel("toy", url, Settings()), WebApi(url)):
            with pytest.raises(SystemFailedError) as caught:
                system.ask(ASK)
            assert type(caught.value) is error


def test_a_failed_event_is_a_failure() -> None:
    with (
        serving(
            lambda method, *_: (200, '{"event_id": "e1"}' if method == "POST" else "event: error\ndata: null\n\n")
        ) as url,
        pytest.raises(SystemFailedError, match="web API failed"),
    ):
        WebApi(url).ask(ASK)


def test_nobody_listening_is_unreachable() -> None:
    with serving(lambda *_: (200, "")) as url:
        pass
    with pytest.raises(UnreachableError, match="can't be reached"):
        WebApi(url).ask(ASK)


def toy_system(question: str, history: list[str], as_of: str | None) -> Any:
    """Stand in for a system of somebody else's."""
    if question == "fail":
        raise RuntimeError("no")
    return f"{question} {history} {as_of}"


def test_a_function_of_any_module_is_a_system() -> None:
    system = resolve(f"python:{__name__}:toy_system", Settings())
    assert system.ask(Ask("Q", ("H",), None)) == {"text": "Q ['H'] None"}
    with pytest.raises(SystemFailedError, match="RuntimeError: no"):
        system.ask(Ask("fail"))


@pytest.mark.parametrize(
    "spec", ["", "pincit", "stock:three", "openai:model", "python:json", "python:no.such:f", "python:json:no_such"]
)
def test_a_specification_that_means_nothing_says_what_would(spec: str) -> None:
    with pytest.raises(SystemSpecError):
        resolve(spec, Settings())


def test_pincite_itself_is_asked_in_this_process(assistant: Assistant) -> None:
    answer = InProcess(assistant, Settings()).ask(Ask("Which law bans deepfakes in South Korea?", as_of="2025-01"))
    assert answer["question"] == "Which law bans deepfakes in South Korea?"
    assert answer["text"]
    json.dumps(answer)


def test_where_things_lie_changes_no_hash_and_the_model_does() -> None:
    base = settings_digest(Settings())
    assert settings_digest(Settings(port=9999, threads=1)) == base
    assert settings_digest(Settings(model="another")) != base
    assert code_digest() == code_digest()
