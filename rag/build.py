"""Build the index beside the one in use, and swap it in whole.

A build that dies leaves `current` as it was; what it wrote is swept away by the next one. Documents whose file has not
changed keep their vectors.
"""

import errno
import json
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock

from corpus.catalogue import Catalogue
from corpus.model import Document
from rag.embeddings import Encoder, Vectors, compile_model
from rag.errors import DamagedIndexError, DataFolderError, IndexBuildError
from rag.index import FORMAT, Index, Manifest, checksums, model_identity, open_current, open_generation
from rag.lexical import LexicalIndex
from rag.likeness import words_of
from rag.passages import Passage, passages_of
from rag.refusal.adapter import FIRST, request_branch
from rag.store import PassageStore

CANARIES = 16
"""How many passages are asked for at each start."""

Progress = Callable[[int, int], None]
"""Told how many texts have their vector, and how many there are."""

_Kept = dict[tuple[str, str], tuple[Vectors, Vectors]]
"""By document id and file hash: the vectors of its passages and of its sentences."""


def _silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


def open_index(
    data_dir: Path,
    catalogue: Catalogue,
    model: str,
    threads: int = 2,
    progress: Progress = _silent,
    tell: Callable[[str], None] = lambda _: None,
    rebuild: bool = False,
) -> Index:
    """Open the index of this corpus and model, building it or bringing it up to date where that is needed.

    `tell` gets one line when an index is built, with the reason. With `rebuild` nothing of the old one is reused.

    Raises:
        DataFolderError: the data folder can't be read or written.
        IndexBuildError: the disk is full, or building failed for another reason; the index that was there stays.
        ModelError: the embedding model can't be loaded.
    """
    root = data_dir / "index"
    with _data_folder_errors(data_dir):
        root.mkdir(parents=True, exist_ok=True)
    if not rebuild:
        try:
            return open_current(root, catalogue, model, threads)
        except DamagedIndexError:
            pass  # another process may be mending it: look again under the lock
    with _data_folder_errors(data_dir), FileLock(root / "lock"):
        reason = "you asked for it"
        if not rebuild:
            try:
                return open_current(root, catalogue, model, threads)
            except DamagedIndexError as error:
                reason = error.message
        tell(f"Building the index: {reason}.")
        with _build_errors(root):
            generation = _build(root, catalogue, model, progress, {} if rebuild else _reusable(root, model))
        try:
            return open_generation(root / generation, catalogue, model, threads)
        except DamagedIndexError as error:
            raise IndexBuildError(f"The new index fails its own check: {error.message}.") from None


def facets_of(document: Document) -> dict[str, str]:
    """Return what a filter of the vector store can name."""
    return {
        "document": document.id,
        "jurisdiction": document.jurisdiction,
        "country": document.country,
        "kind": document.kind,
        "status": document.status,
        "protects": document.protects,
        "synthetic": document.synthetic,
    }


def _build(root: Path, catalogue: Catalogue, model: str, progress: Progress, kept: _Kept) -> str:
    """Build a generation, make it current and return its name."""
    _sweep(root)
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:6]}"
    folder = root / name
    folder.mkdir()
    documents = list(catalogue.documents.values())
    passages = {document.id: passages_of(document) for document in documents}
    encoder = _encoder(root, folder / "encoder", model, bool(kept))
    passage_vectors, sentence_vectors = _vectors(encoder, documents, passages, kept, progress)
    rows = [passage for document in documents for passage in passages[document.id]]
    store = PassageStore(folder / "chroma", create=True)
    store.add(rows, passage_vectors, [facets_of(catalogue.documents[passage.document]) for passage in rows])
    store.close()
    LexicalIndex.build([passage.weighted for passage in rows]).save(folder / "lexical")
    LexicalIndex.build(
        [f"{passage.title}. {passage.heading}. {sentence.text}" for passage in rows for sentence in passage.sentences]
    ).save(folder / "sentences")
    np.save(folder / "sentences.npy", sentence_vectors)
    words = words_of([sentence.text for passage in rows for sentence in passage.sentences])
    (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    np.save(folder / "words.npy", encoder.encode_all(list(words)))
    chosen = np.linspace(0, len(rows) - 1, num=min(CANARIES, len(rows)), dtype=int)
    np.save(folder / "canaries.npy", passage_vectors[chosen])
    Manifest(
        format=FORMAT,
        model=model_identity(model),
        corpus=catalogue.version,
        documents={
            document.id: (
                document.digest,
                len(passages[document.id]),
                sum(len(passage.sentences) for passage in passages[document.id]),
            )
            for document in documents
        },
        canaries=tuple(rows[row].id for row in chosen),
        files=checksums(folder),
    ).write(folder)
    pointer = root / "current.new"
    pointer.write_text(name + "\n", encoding="utf-8")
    pointer.replace(root / "current")
    return name


def _encoder(root: Path, folder: Path, model: str, reuse: bool) -> Encoder:
    """Put the compiled model into `folder`: a copy of the current generation's where its vectors are reused."""
    if reuse:
        shutil.copytree(root / (root / "current").read_text(encoding="utf-8").strip() / "encoder", folder)
        return Encoder(folder)
    return compile_model(model, folder, request_branch, FIRST)


def _vectors(
    encoder: Encoder,
    documents: list[Document],
    passages: dict[str, list[Passage]],
    kept: _Kept,
    progress: Progress,
) -> tuple[Vectors, Vectors]:
    """Return the vectors of all passages and of all sentences, encoding only documents that are not in `kept`."""
    new = [document for document in documents if (document.id, document.digest) not in kept]
    contexts = [passage.context for document in new for passage in passages[document.id]]
    sentences = [
        sentence.text for document in new for passage in passages[document.id] for sentence in passage.sentences
    ]
    total = len(contexts) + len(sentences)
    progress(0, total)
    fresh = encoder.encode_all([*contexts, *sentences], lambda done: progress(done, total))
    by_passage, by_sentence = iter(fresh[: len(contexts)]), iter(fresh[len(contexts) :])
    passage_rows: list[Vectors] = []
    sentence_rows: list[Vectors] = []
    for document in documents:
        known = kept.get((document.id, document.digest))
        for number, passage in enumerate(passages[document.id]):
            passage_rows.append(known[0][number] if known else next(by_passage))
            if not known:
                sentence_rows += [next(by_sentence) for _ in passage.sentences]
        if known:
            sentence_rows += list(known[1])
    return np.stack(passage_rows), np.stack(sentence_rows)


def _reusable(root: Path, model: str) -> _Kept:
    """Return the vectors of the current generation that a new one of the same model and format can take over."""
    try:
        folder = root / (root / "current").read_text(encoding="utf-8").strip()
        manifest = Manifest.read(folder)
        if manifest.format != FORMAT or manifest.model != model_identity(model):
            return {}
        if checksums(folder) != manifest.files:
            return {}
        store = PassageStore(folder / "chroma")
        by_passage = store.vectors()
        store.close()
        for name, vector in zip(manifest.canaries, np.load(folder / "canaries.npy"), strict=True):
            np.testing.assert_allclose(by_passage[name], vector, atol=1e-5)
        sentence_vectors = np.load(folder / "sentences.npy")
        kept: _Kept = {}
        start = 0
        for name, (digest, passages, sentences) in manifest.documents.items():
            of_passages = np.stack([by_passage[f"{name}#{number}"] for number in range(passages)])
            kept[name, digest] = of_passages, sentence_vectors[start : start + sentences]
            start += sentences
        return kept if start == len(sentence_vectors) else {}
    except Exception:  # whatever is wrong with the old index, the new one is then built from nothing
        return {}


def _sweep(root: Path) -> None:
    """Remove every generation but the current one: what killed builds left, and what was replaced before."""
    try:
        current = (root / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        current = ""
    for folder in root.iterdir():
        if folder.is_dir() and folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _data_folder_errors(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataFolderError(
            f"The data folder {data_dir} can't be used: {error.strerror or error}.",
            "Set PINCITE_DATA_DIR to a folder that you can write to.",
        ) from None


@contextmanager
def _build_errors(root: Path) -> Iterator[None]:
    """Give what can go wrong with a disk an error that says the mend, and remove what was half built."""
    try:
        yield
    except (OSError, sqlite3.Error, RuntimeError) as error:
        _sweep(root)
        full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT} or "disk is full" in str(error)
        if full:
            hint = f"Free about 200 MB on the disk of {root}, or set PINCITE_DATA_DIR to a folder on another disk."
            raise IndexBuildError("The disk is full, so the index could not be built.", hint) from None
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise IndexBuildError(
            f"The index could not be built: {reason}.", "Run 'pincite index --rebuild' to try again."
        ) from None
