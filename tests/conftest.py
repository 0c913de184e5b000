"""Every test has a home of its own; the index of the real corpus is built once for all."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Catalogue
from rag.assistant import Assistant
from rag.build import open_index
from rag.index import Index
from rag.settings import Settings, settings

REPOSITORY = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-browser", action="store_true", help="fail, instead of skipping, where chromium is missing"
    )


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No test sees the user's data folder or settings, and none reaches a hub."""
    for name in [name for name in os.environ if name.startswith("PINCITE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A data folder with the index of the real corpus; tests that damage one copy it.

    An index that this computer already has saves building one: it is brought up to date as any other.
    """
    folder = tmp_path_factory.mktemp("data")
    if (existing := settings().data_dir / "index").is_dir():
        shutil.copytree(existing, folder / "index")
    open_index(folder, catalogue, Settings().model).store.close()
    return folder


@pytest.fixture(scope="session")
def index(data_dir: Path, catalogue: Catalogue) -> Index:
    return open_index(data_dir, catalogue, Settings().model)


@pytest.fixture(scope="session")
def assistant(index: Index) -> Assistant:
    return Assistant(index)
