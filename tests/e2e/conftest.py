"""The real page, with the real corpus, on a free port of this computer, and a headless browser to look at it."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from rag import Assistant, settings
from ui.web.app import build_app, launch

PATIENCE = 20_000
"""Milliseconds that a person's page may take on a busy machine before a test fails."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Assistant:
    """The assistant with a data folder of its own."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(data_dir, data, dirs_exist_ok=True)
    return Assistant.open(settings().model_copy(update={"data_dir": data}))


@pytest.fixture(scope="session")
def address(assistant: Assistant) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = build_app(assistant)
    yield launch(app, "127.0.0.1", port)
    app.close(verbose=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for all tests, so that the page's parts come from its cache; each test has its own tab."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page, freshly opened; whatever a test does in it, it must send nothing to another host."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_label("Your question").wait_for()
    yield page
    page.close()
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme in {"http", "https", "ws"}}
    assert hosts - {"www.bbc.co.uk"} == {urlsplit(address).netloc}  # that one is where "Exit this page" leads
