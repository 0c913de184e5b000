"""The tools for programs: over MCP, by the official client and its real transports, and as HTTP endpoints."""

import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from gradio_client import Client as HttpClient
from gradio_client.exceptions import AppError
from mcp import Client, StdioServerParameters

from rag import Answer, Assistant
from ui.mcp import NAMES

BUSAN = "What sentence did the South Korean man get for his AI images?"


def use(server: str | StdioServerParameters, act: Callable[[Client], Awaitable[Any]]) -> Any:
    """Connect, do one thing, and leave."""

    async def connected() -> Any:
        async with Client(server) as client:
            return await act(client)

    with ThreadPoolExecutor(1) as pool:  # the browser of the other tests has an event loop in this thread
        return pool.submit(anyio.run, connected).result()


@pytest.fixture(scope="module")
def call(address: str) -> Callable[..., Any]:
    """Call a tool over streamable HTTP and return its result."""
    return lambda name, **arguments: use(f"{address}mcp/", lambda client: client.call_tool(name, arguments))


def test_every_tool_says_what_it_takes_and_what_comes_back(address: str) -> None:
    listed = use(f"{address}mcp/", lambda client: client.list_tools())
    tools = {tool.name: tool for tool in listed.tools}
    assert tuple(tools) == NAMES
    for tool in tools.values():
        assert "Returns" in tool.description
        assert tool.annotations.read_only_hint
        assert tool.input_schema["properties"]
    assert "18 U.S.C." in tools["find_cases"].description
    assert "never" in tools["compare"].description


def test_ask_gives_the_answer_as_every_interface_does(call: Callable[..., Any]) -> None:
    found = Answer.model_validate(call("ask", question=BUSAN).structured_content)
    assert found.outcome == "answered"
    assert "two years and six months" in found.text
    assert found.sources


@pytest.mark.parametrize(
    ("name", "arguments", "holds"),
    [
        ("search", {"text": "hash matching duty", "count": 3}, lambda got: len(got["passages"]) == 3),
        (
            "find_cases",
            {"jurisdiction": ["GB"], "min_months": 60},
            lambda got: got["found"] > 0 and all(row["jurisdiction"].startswith("GB") for row in got["rows"]),
        ),
        ("find_cases", {"law": ["18 U.S.C. § 1466A"], "limit": 2}, lambda got: len(got["rows"]) == 2 < got["found"]),
        ("find_laws", {"status": ["pending"]}, lambda got: {row["status"] for row in got["rows"]} == {"pending"}),
        (
            "compare",
            {"jurisdictions": ["KR", "Japan"], "questions": ["possess-minors"]},
            lambda got: {"KR", "JP"} <= {row["jurisdiction"] for row in got["rows"]},
        ),
        ("get_document", {"document": "us-18-usc-1466a"}, lambda got: got["applied_by"] and "##" in got["body"]),
    ],
)
def test_a_tool_returns_what_it_says(
    call: Callable[..., Any], name: str, arguments: dict[str, Any], holds: Callable[[dict[str, Any]], bool]
) -> None:
    result = call(name, **arguments)
    assert not result.is_error
    assert holds(result.structured_content)
    assert result.structured_content["corpus_version"]


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ask", {"question": " "}, "question is empty"),
        ("find_cases", {"outcome": ["guilty"]}, "Did you mean pleaded-guilty"),
        ("find_laws", {"as_of": "2024-02-31"}, "there is no such day"),
        ("find_cases", {"min_months": 60, "max_months": 12}, "inverted"),
        ("compare", {"jurisdictions": ["XQ"]}, "Unknown jurisdiction"),
        ("get_document", {"document": "us-18-usc-1466b"}, "us-18-usc-1466a"),
        ("find_cases", {"colour": "red"}, "Extra inputs are not permitted"),
        ("find_cases", {"min_months": "many"}, "valid number"),
        ("find_cases", {"limit": 0}, "limit 0 is out of range"),
    ],
)
def test_bad_input_is_told_without_a_trace(
    call: Callable[..., Any], name: str, arguments: dict[str, Any], message: str
) -> None:
    result = call(name, **arguments)
    assert result.is_error
    assert message in result.content[0].text
    assert "Traceback" not in result.content[0].text


SERVE = "from rag import Assistant, settings; from ui.mcp import serve_stdio; serve_stdio(Assistant.open(settings()))"


@pytest.fixture
def data_folder(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of the assistant's index, which the server finds ready."""
    assert assistant.index
    return str(next(tmp_path_factory.getbasetemp().glob("data*/index")).parent)


@pytest.mark.slow
def test_it_speaks_over_standard_input_and_output(data_folder: str) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-c", SERVE], env={"PINCITE_DATA_DIR": data_folder, "HF_HUB_OFFLINE": "1"}
    )
    found = use(server, lambda client: client.call_tool("get_document", {"document": "us-18-usc-1466a"}))
    assert found.structured_content["citation"] == "18 U.S.C. § 1466A"


@pytest.fixture(scope="module")
def http(address: str) -> HttpClient:
    return HttpClient(address, verbose=False, analytics_enabled=False)


def test_the_http_endpoints_have_the_documented_names(http: HttpClient) -> None:
    described = http.view_api(return_format="dict")["named_endpoints"]
    assert set(described) == {f"/{name}" for name in (*NAMES, "timeline", "coverage")}


@pytest.mark.parametrize(
    ("name", "arguments", "holds"),
    [
        ("search", {"text": "hash matching duty"}, lambda got: len(got["passages"]) == 8),
        ("find_cases", {"jurisdiction": ["KR"], "suspended": True}, lambda got: got["total"] > got["found"]),
        ("find_laws", {"as_of": "2023", "synthetic": ["explicit"], "limit": 3}, lambda got: len(got["rows"]) == 3),
        ("compare", {"jurisdictions": ["KR"], "questions": ["since"]}, lambda got: got["found"] >= 1),
        ("timeline", {"jurisdiction": ["EU"], "start": "2024"}, lambda got: got["rows"][0]["date"] >= "2024"),
        ("coverage", {"gap": ["stale"], "as_of": "2030"}, lambda got: got["found"] == got["total"]),
        ("get_document", {"document": "kr-apcy-art-11"}, lambda got: got["citation"] and got["sources"]),
    ],
)
def test_an_http_endpoint_returns_what_it_says(
    http: HttpClient, name: str, arguments: dict[str, Any], holds: Callable[[dict[str, Any]], bool]
) -> None:
    assert holds(http.predict(**arguments, api_name=f"/{name}"))


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("find_cases", {"outcome": ["guilty"]}, r"Did you mean pleaded-guilty\? Allowed: acquitted, "),
        ("find_cases", {"min_months": "many"}, "min_months 'many' does not fit"),
        ("find_cases", {"suspended": "perhaps"}, "suspended 'perhaps' does not fit"),
        ("find_laws", {"as_of": 2023}, "as_of 2023 does not fit"),
        ("find_laws", {"passed_from": "2025", "passed_to": "2024"}, "inverted"),
        ("compare", {"questions": ["taxes"]}, "Unknown question 'taxes'. Allowed: "),
        ("timeline", {"event": ["born"]}, "Unknown event 'born'. Allowed: "),
        ("coverage", {"limit": -1}, "limit -1 is out of range"),
        ("get_document", {"document": 7}, "document 7 does not fit"),
    ],
)
def test_bad_input_is_told_over_http(http: HttpClient, name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(AppError, match=message):
        http.predict(**arguments, api_name=f"/{name}")
