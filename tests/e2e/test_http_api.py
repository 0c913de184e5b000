"""The HTTP endpoint `ask`, and the port that the page listens on."""

import socket
from concurrent.futures import ThreadPoolExecutor

import gradio as gr
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from corpus.errors import PinciteError
from rag import Answer
from ui.web.app import launch

BUSAN = "What sentence did the South Korean man get for his AI images?"


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False, analytics_enabled=False)


def test_it_returns_the_answer_as_the_assistant_gives_it(client: Client) -> None:
    found = Answer.model_validate(client.predict(BUSAN, api_name="/ask"))
    assert found.outcome == "answered"
    assert "two years and six months" in found.text


def test_it_reads_history_jurisdictions_and_day(client: Client) -> None:
    found = client.predict(BUSAN, ["What is the law in Korea?"], ["KR"], "2024-01-01", api_name="/ask")
    assert {source["jurisdiction"] for source in found["sources"]} == {"KR"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((" ",), "question is empty"),
        (("law?", [], ["XQ"]), "Unknown jurisdiction"),
        (("law?", [], [], "soon"), "as_of"),
    ],
)
def test_bad_input_is_told_without_a_trace(client: Client, arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(AppError, match=message) as caught:
        client.predict(*arguments, api_name="/ask")
    assert "Traceback" not in str(caught.value)


def test_questions_at_the_same_time_get_their_own_answers(client: Client) -> None:
    codes = ["KR", "GB", "AU", "US"] * 2
    with ThreadPoolExecutor(len(codes)) as pool:
        found = list(
            pool.map(lambda code: client.predict("Is possession a crime?", [], [code], api_name="/ask"), codes)
        )
    for code, answer in zip(codes, found, strict=True):
        assert {source["jurisdiction"].split("-")[0] for source in answer["sources"]} <= {code, "INT", "EU"}
        assert answer["sources"]


def test_a_port_in_use_is_an_error_that_says_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PinciteError, match=rf"Port {port} is in use\. Choose another with --port"):
            launch(gr.Blocks(analytics_enabled=False), "127.0.0.1", port)


def test_an_unknown_host_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(PinciteError, match="--host"):
        launch(gr.Blocks(analytics_enabled=False), "192.0.2.1", 17860)
