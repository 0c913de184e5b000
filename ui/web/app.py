"""The frame of the page: masthead, tabs and footer, and the server that shows it."""

import errno
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from corpus.errors import PinciteError
from rag.assistant import Assistant
from ui import mcp
from ui.web import ask, desk, render
from ui.web.api import endpoints
from ui.web.headers import PrivacyHeaders
from ui.web.help import services

TABS: tuple[tuple[str, Callable[[Assistant], None]], ...] = (
    ("Ask", ask.tab),
    *((tab.name, partial(desk.shell, tab)) for tab in desk.TABS.values()),
)
"""What the page shows: for each tab its name and the function that fills it, called once inside its `gr.Tab`."""

MAX_SESSIONS = 500
"""Conversations kept in memory at once; beyond it the longest unused is forgotten."""

_HERE = Path(__file__).parent
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")


@dataclass(frozen=True)
class Site:
    """Everything that one address serves: Gradio's page and endpoints, the pages of the desk, and the MCP tools."""

    page: gr.Blocks
    routes: tuple[BaseRoute, ...]
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]]

    def close(self, verbose: bool = False) -> None:
        """Stop the server."""
        self.page.close(verbose=verbose)


def build_app(assistant: Assistant) -> Site:
    """Return the page with every tab, the HTTP endpoints and the MCP tools at `/mcp/`, ready to be launched."""
    catalogue = assistant.index.catalogue
    app = gr.Blocks(title="Pincite", analytics_enabled=False, fill_width=True)
    with app:
        gr.HTML(render.masthead(services(catalogue)), elem_id="masthead", apply_default_css=False, js_on_load=None)
        with gr.Tabs(elem_id="tabs"):
            for name, fill in TABS:
                with gr.Tab(name, id=name.lower()):
                    fill(assistant)
        gr.HTML(
            render.footer(catalogue.version, catalogue.as_of),
            elem_id="footer",
            apply_default_css=False,
            js_on_load=None,
        )
        ask.endpoint(assistant)
        endpoints(assistant)
    app.queue(default_concurrency_limit=ask.CONCURRENT)
    tools = mcp.server(assistant)
    return Site(app, (*desk.routes(assistant), *mcp.routes(tools)), mcp.lifespan(tools))


def launch(site: Site, host: str, port: int) -> str:
    """Start the server in a thread of its own and return the page's address.

    Raises:
        PinciteError: the address can't be used.
    """
    _require_free(host, port)
    try:
        _, address, _ = site.page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            show_error=False,
            ssr_mode=False,
            pwa=False,
            run_history=False,  # else the browser keeps every question on disk
            enable_monitoring=False,
            footer_links=[],
            max_file_size="1kb",  # nothing here takes files
            state_session_capacity=MAX_SESSIONS,
            favicon_path=_HERE / "favicon.svg",
            theme=_theme(),
            head=_head(),
            app_kwargs={
                "middleware": [Middleware(PrivacyHeaders)],
                "routes": list(site.routes),
                "lifespan": site.lifespan,
            },
        )
    except OSError:
        raise _port_in_use(port) from None
    return address


def serve(assistant: Assistant, host: str, port: int, tell: Callable[[str], None] = lambda _: None) -> None:
    """Show the page at `host` and `port` until the process is interrupted; `tell` hears its address.

    Raises:
        PinciteError: the address can't be used.
    """
    site = build_app(assistant)
    tell(f"Pincite is at {launch(site, host, port)} (Ctrl-C stops it).")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        site.close()


def _require_free(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
            probe.bind(address)
    except PermissionError:
        raise PinciteError(f"Port {port} needs administrator rights.", "Choose one above 1023 with --port.") from None
    except socket.gaierror:
        raise PinciteError(f"There is no address {host!r}.", "Choose one of this computer with --host.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _port_in_use(port) from None
        raise PinciteError(f"Can't listen on {host}.", "Choose an address of this computer with --host.") from None


def _port_in_use(port: int) -> PinciteError:
    other = port + 1 if port < 65535 else port - 1
    return PinciteError(f"Port {port} is in use.", f"Choose another with --port, for example --port {other}.")


def _head() -> str:
    style = (_HERE / "style.css").read_text(encoding="utf-8")
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("page.js", "desk.js"))
    return render.head(style, script)


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.gray,
        radius_size=gr.themes.sizes.radius_sm,
        text_size=gr.themes.sizes.text_lg,
        font=_SANS,
        font_mono=_MONO,
    ).set(
        body_background_fill="#ffffff",
        body_background_fill_dark="#14171a",
        body_text_color="#1b1f23",
        body_text_color_dark="#e6e8ea",
    )
