"""The index: proven at start, mended when damaged, brought up to date by the document, never half there."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus import Catalogue
from rag import build
from rag.build import open_index
from rag.embeddings import Encoder
from rag.errors import DamagedIndexError, DataFolderError, IndexBuildError, ModelError
from rag.index import Index, Manifest, checksums, open_current
from rag.retrieve import HybridRetriever
from rag.settings import Settings
from rag.store import PassageStore

MODEL = Settings().model
QUESTION = "What sentence did the South Korean man get for his AI images?"
ANSWER = "kr-busan-district-court-2023-ai-images"

SMALL = [
    "kr-busan-district-court-2023-ai-images",
    "us-18-usc-2256",
    "us-take-it-down-act-platforms",
    "gb-stop-it-now",
]


@pytest.fixture(scope="module")
def small_tree(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A corpus of four documents, so that building takes seconds."""
    root = tmp_path_factory.mktemp("corpus")
    for name in SMALL:
        document = catalogue.get(name)
        folder = root / document.folder
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.md").write_text(document.text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory, small_tree: Path) -> Path:
    """A data folder with the index of the small corpus; tests take copies."""
    folder = tmp_path_factory.mktemp("small")
    open_index(folder, Catalogue.load(small_tree), MODEL).store.close()
    return folder


@pytest.fixture
def data(tmp_path: Path, small_index: Path) -> Path:
    return Path(shutil.copytree(small_index, tmp_path / "data"))


@pytest.fixture
def tree(tmp_path: Path, small_tree: Path) -> Path:
    return Path(shutil.copytree(small_tree, tmp_path / "tree"))


def generation(data: Path) -> Path:
    return data / "index" / (data / "index" / "current").read_text().strip()


def best(index: Index, question: str = QUESTION) -> str:
    return HybridRetriever(index=index).search(question)[0].passage.document


class Told(list[str]):
    """Collects the lines that opening an index tells."""

    def __call__(self, line: str) -> None:
        self.append(line)


def test_another_request_reader_means_another_index(
    data: Path, small_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "weights.json"
    other.write_text("{}", encoding="utf-8")
    monkeypatch.setattr("rag.index.WEIGHTS", other)
    with pytest.raises(DamagedIndexError, match="model"):
        open_current(data / "index", Catalogue.load(small_tree), MODEL, 1)


def test_an_index_that_is_there_is_opened_without_a_word(data: Path, small_tree: Path) -> None:
    told = Told()
    assert best(open_index(data, Catalogue.load(small_tree), MODEL, tell=told)) == ANSWER
    assert told == []


def _delete_segment(folder: Path) -> None:
    for path in (folder / "chroma").iterdir():
        if path.is_dir():
            shutil.rmtree(path)


def _truncate_segment(folder: Path) -> None:
    for path in (folder / "chroma").rglob("data_level0.bin"):
        path.write_bytes(path.read_bytes()[:1000])


def _damage(name: str, content: bytes = b"x") -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(content) and None


def _spoil_segment(folder: Path) -> None:
    for path in (folder / "chroma").rglob("data_level0.bin"):
        content = bytearray(path.read_bytes())
        content[100:2000] = bytes(1900)
        path.write_bytes(content)


DAMAGE = {
    "segment overwritten": _spoil_segment,
    "segment deleted": _delete_segment,
    "segment truncated": _truncate_segment,
    "database truncated": _damage("chroma/chroma.sqlite3"),
    "manifest not JSON": _damage("manifest.json"),
    "manifest gone": lambda folder: (folder / "manifest.json").unlink(),
    "sentence vectors truncated": _damage("sentences.npy"),
    "encoder gone": lambda folder: shutil.rmtree(folder / "encoder"),
    "words gone": lambda folder: shutil.rmtree(folder / "lexical"),
    "generation gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found_and_mended_with_one_line(damage: Callable[[Path], None], data: Path, small_tree: Path) -> None:
    damage(generation(data))
    told = Told()
    assert best(open_index(data, Catalogue.load(small_tree), MODEL, tell=told)) == ANSWER
    assert len(told) == 1 and told[0].startswith("Building the index: ")


@pytest.mark.parametrize("damage", [_delete_segment, _truncate_segment], ids=["deleted", "truncated"])
def test_a_lost_segment_of_the_real_index_is_found(
    damage: Callable[[Path], None], data_dir: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Large enough that Chroma has written its vectors to files; it still counts all rows without them."""
    copy = Path(shutil.copytree(data_dir, tmp_path / "data"))
    damage(generation(copy))
    with pytest.raises(DamagedIndexError, match="damaged"):
        open_current(copy / "index", catalogue, MODEL, 2)


def test_canaries_find_lost_vectors_that_no_file_list_shows(
    data_dir: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(data_dir, tmp_path / "data"))
    folder = generation(copy)
    _delete_segment(folder)
    store = PassageStore(folder / "chroma")
    assert len(store.chroma.get(include=[])["ids"]) == len(open_index(data_dir, catalogue, MODEL).passages)
    store.close()
    replace(Manifest.read(folder), files=checksums(folder)).write(folder)
    with pytest.raises(DamagedIndexError, match="vectors"):
        open_current(copy / "index", catalogue, MODEL, 2)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("format", 0, "format"),
        ("model", "another", "another embedding model"),
        ("corpus", "0" * 12, "the corpus has changed"),
    ],
)
def test_a_foreign_index_is_rebuilt_and_says_why(
    field: str, value: object, reason: str, data: Path, small_tree: Path
) -> None:
    manifest = generation(data) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), field: value}))
    told = Told()
    open_index(data, Catalogue.load(small_tree), MODEL, tell=told)
    assert len(told) == 1 and reason in told[0]


def test_only_changed_documents_are_embedded_again_and_deleted_ones_leave(
    data: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []
    original = Encoder.encode_all

    def recording(self: Encoder, texts: list[str], *rest: object) -> object:
        encoded.extend(texts)
        return original(self, texts, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Encoder, "encode_all", recording)
    changed = next(tree.rglob("us-18-usc-2256.md"))
    changed.write_text(
        changed.read_text(encoding="utf-8").replace("whatever the age of sexual consent", "whatever the consent age"),
        encoding="utf-8",
    )
    next(tree.rglob("gb-stop-it-now.md")).unlink()
    index = open_index(data, Catalogue.load(tree), MODEL)
    sections = next(doc for doc in index.catalogue.documents.values() if doc.id == "us-18-usc-2256").sections
    texts = {sentence.text for section in sections for sentence in section.sentences}
    assert {text for text in encoded if text in texts} == texts
    assert not any("Busan" in text for text in encoded)
    assert best(index) == ANSWER
    assert not any(passage.document == "gb-stop-it-now" for passage in index.passages)
    assert len(index.sentence_vectors) == len(index.sentences)


def test_reused_vectors_are_those_of_a_fresh_build(data: Path, tree: Path, tmp_path: Path) -> None:
    next(tree.rglob("gb-stop-it-now.md")).unlink()
    reused = open_index(data, Catalogue.load(tree), MODEL)
    fresh = open_index(tmp_path / "fresh", Catalogue.load(tree), MODEL)
    np.testing.assert_allclose(reused.sentence_vectors, fresh.sentence_vectors, atol=0.02)
    assert reused.store.vectors().keys() == fresh.store.vectors().keys()


def test_a_full_disk_says_what_to_do_and_keeps_the_old_index(
    data: Path, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (data / "index" / "current").read_text()
    next(tree.rglob("gb-stop-it-now.md")).unlink()

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build.np, "save", full)
    with pytest.raises(IndexBuildError, match=r"disk is full.*Free about"):
        open_index(data, Catalogue.load(tree), MODEL)
    assert (data / "index" / "current").read_text() == before
    assert [path.name for path in (data / "index").iterdir() if path.is_dir()] == [before.strip()]


def test_a_data_folder_that_is_a_file(tmp_path: Path, small_tree: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DataFolderError, match="PINCITE_DATA_DIR"):
        open_index(tmp_path / "data", Catalogue.load(small_tree), MODEL)


def test_an_unknown_model(tmp_path: Path, small_tree: Path) -> None:
    with pytest.raises(ModelError, match="PINCITE_MODEL"):
        open_index(tmp_path, Catalogue.load(small_tree), "no-such/model")


_OPEN = """
import sys
from pathlib import Path
from corpus import Catalogue
from rag.build import open_index
from rag.retrieve import HybridRetriever
index = open_index(Path(sys.argv[1]), Catalogue.load(Path(sys.argv[2])), sys.argv[3], rebuild="rebuild" in sys.argv)
print(HybridRetriever(index=index).search(sys.argv[4])[0].passage.document)
"""


def start(data: Path, tree: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _OPEN, str(data), str(tree), MODEL, QUESTION, *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.mark.slow
def test_two_processes_that_start_on_an_empty_folder_both_answer(tmp_path: Path, small_tree: Path) -> None:
    both = [start(tmp_path / "empty", small_tree) for _ in range(2)]
    assert [process.communicate(timeout=300)[0].strip() for process in both] == [ANSWER, ANSWER]


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_right_answer(data: Path, small_tree: Path) -> None:
    moments = np.random.default_rng(20).uniform(0.2, 9.0, size=10)
    for moment in moments:
        process = start(data, small_tree, "rebuild")
        deadline = time.monotonic() + moment
        while process.poll() is None and time.monotonic() < deadline:
            select_wait(process, deadline - time.monotonic())
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert best(open_index(data, Catalogue.load(small_tree), MODEL)) == ANSWER


def select_wait(process: subprocess.Popen[str], seconds: float) -> None:
    """Wait for the process to end, at the most so long."""
    try:
        process.wait(timeout=max(seconds, 0.01))
    except subprocess.TimeoutExpired:
        return
