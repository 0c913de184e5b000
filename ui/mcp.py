"""The MCP server: the functions of `ui.tools` as tools, at `/mcp/` of the web app and over standard input/output."""

import functools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from anyio.to_thread import run_sync
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import ToolAnnotations
from pydantic import ConfigDict
from starlette.routing import BaseRoute, Mount

from corpus.errors import PinciteError
from rag.assistant import Assistant
from ui.tools import Tools

NAMES = ("ask", "search", "find_cases", "find_laws", "compare", "get_document")
"""The tools, by their names in `ui.tools`."""

INSTRUCTIONS = (
    "Pincite answers questions about the law on AI-generated sexual abuse material and non-consensual deepfakes from "
    "a curated corpus, each sentence cited. Use ask for a question in words, find_cases and find_laws for exact "
    "lists, compare for jurisdictions side by side, get_document for a digest in full. Silence of the corpus never "
    "shows that there is no law. It is not legal advice."
)


def server(assistant: Assistant) -> MCPServer[Any]:
    """Return the server with its tools; all of them only read."""
    functions = Tools(assistant).all
    return MCPServer(
        "pincite",
        title="Pincite",
        instructions=INSTRUCTIONS,
        version=_version(),
        log_level="WARNING",
        tools=[_tool(name, functions[name]) for name in NAMES],
    )


def routes(tools: MCPServer[Any]) -> tuple[BaseRoute, ...]:
    """Return the route `/mcp/` (streamable HTTP); `lifespan` must run while it is served."""
    return (Mount("/mcp", app=tools.streamable_http_app(streamable_http_path="/", stateless_http=True)),)


def lifespan(tools: MCPServer[Any]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what runs the sessions while a web server is up, in the form that Starlette takes."""

    @asynccontextmanager
    async def run(_app: Any) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    return run


def serve_stdio(assistant: Assistant) -> None:
    """Serve the tools over standard input and output until the client leaves."""
    server(assistant).run("stdio")


def _tool(name: str, function: Callable[..., dict[str, Any]]) -> Tool:
    """The tool of a function. An argument that it does not have is an error: a filter that is misspelt must not be
    passed over, for the answer would then hold what was to be left out."""
    made = Tool.from_function(
        _called(function), name=name, annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False)
    )
    loose = made.fn_metadata.arg_model
    strict = type(loose.__name__, (loose,), {"__module__": __name__, "model_config": ConfigDict(extra="forbid")})
    metadata = made.fn_metadata.model_copy(update={"arg_model": strict})
    schema = {**made.parameters, "additionalProperties": False}
    return made.model_copy(update={"fn_metadata": metadata, "parameters": schema})


def _called(function: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """The function, run in a thread; an error that a caller can mend is told as the tool's answer."""

    @functools.wraps(function)
    async def called(**arguments: Any) -> dict[str, Any]:
        try:
            return await run_sync(functools.partial(function, **arguments))
        except PinciteError as error:
            raise ToolError(str(error)) from None

    return called


def _version() -> str:
    try:
        return version("pincite")
    except PackageNotFoundError:
        return ""
