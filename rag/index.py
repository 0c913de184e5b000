"""The index on disk, open for questions, and the proof that it answers them.

    <data>/index/current            the name of the generation in use, replaced in one step
    <data>/index/<generation>/      chroma/, lexical/, sentences/, sentences.npy, words.json, words.npy, canaries.npy,
                                    encoder/, manifest.json
    <data>/index/lock               held while building

`rag/build.py` writes generations; this module reads them.
"""

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.catalogue import Catalogue
from corpus.model import Document, Sentence
from rag.embeddings import Encoder, Vectors
from rag.errors import DamagedIndexError
from rag.lexical import LexicalIndex
from rag.likeness import WordVectors
from rag.passages import Passage, all_passages
from rag.refusal.adapter import WEIGHTS
from rag.store import PassageStore

FORMAT = 4
"""Raised whenever the files of a generation, or what is embedded, change; an index of another format is rebuilt."""

CANARY_DEPTH = 5


@dataclass(frozen=True)
class Manifest:
    """What a generation holds and what it was made with."""

    format: int
    model: str
    corpus: str
    documents: dict[str, tuple[str, int, int]]
    """For each document, in the order of the rows: the hash of its file, its passages and its sentences."""
    canaries: tuple[str, ...]
    """Ids of passages that must be found by their own vectors."""
    files: dict[str, int]
    """The checksum of each file, by its path within the generation."""

    def write(self, folder: Path) -> None:
        """Write `manifest.json`; it is the last file of a generation, so its presence says that it is whole."""
        (folder / "manifest.json").write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read `manifest.json`.

        Raises:
            DamagedIndexError: it is missing, not JSON or of other fields.
        """
        try:
            values = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            documents = {name: tuple(row) for name, row in values["documents"].items()}
            return cls(**{**values, "documents": documents, "canaries": tuple(values["canaries"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndexError(f"its manifest can't be read ({type(error).__name__})") from None


@dataclass(frozen=True)
class Index:
    """One generation, open for questions. Rows of the arrays follow `passages` and `sentences`."""

    folder: Path
    catalogue: Catalogue
    passages: tuple[Passage, ...]
    store: PassageStore
    lexical: LexicalIndex
    sentence_lexical: LexicalIndex
    sentence_vectors: Vectors
    words: WordVectors
    encoder: Encoder

    @cached_property
    def row_of_passage(self) -> dict[str, int]:
        """The position of each passage, by its id."""
        return {passage.id: row for row, passage in enumerate(self.passages)}

    @cached_property
    def sentences(self) -> tuple[tuple[int, Sentence], ...]:
        """Every sentence of the corpus with the row of its passage."""
        return tuple((row, sentence) for row, passage in enumerate(self.passages) for sentence in passage.sentences)

    def document(self, passage: Passage) -> Document:
        """Return the document that a passage belongs to."""
        return self.catalogue.documents[passage.document]


def open_current(root: Path, catalogue: Catalogue, model: str, threads: int) -> Index:
    """Open the generation that `root/current` names.

    Raises:
        DamagedIndexError: there is none, or it can't be used; the message says why.
    """
    try:
        name = (root / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise DamagedIndexError("there is none yet") from None
    except UnicodeDecodeError:
        raise DamagedIndexError("it is damaged") from None
    if not name or Path(name).name != name or not (root / name).is_dir():
        raise DamagedIndexError("its folder is gone")
    return open_generation(root / name, catalogue, model, threads)


def open_generation(folder: Path, catalogue: Catalogue, model: str, threads: int) -> Index:
    """Open a generation and prove that it answers.

    Raises:
        DamagedIndexError: it was made of another corpus, model or format, or it is damaged.
    """
    manifest = Manifest.read(folder)
    if manifest.format != FORMAT:
        raise DamagedIndexError(f"it has format {manifest.format}, this version needs {FORMAT}")
    if manifest.model != model_identity(model):
        raise DamagedIndexError("it was made with another embedding model or request reader")
    if manifest.corpus != catalogue.version:
        raise DamagedIndexError("the corpus has changed")
    if checksums(folder) != manifest.files:
        raise DamagedIndexError("its files are damaged")
    try:
        encoder = Encoder(folder / "encoder", threads)
        index = Index(
            folder=folder,
            catalogue=catalogue,
            passages=tuple(all_passages(catalogue.documents.values())),
            store=PassageStore(folder / "chroma", encoder),
            lexical=LexicalIndex.load(folder / "lexical"),
            sentence_lexical=LexicalIndex.load(folder / "sentences"),
            sentence_vectors=np.load(folder / "sentences.npy"),
            words=WordVectors(
                tuple(json.loads((folder / "words.json").read_text(encoding="utf-8"))), np.load(folder / "words.npy")
            ),
            encoder=encoder,
        )
        _prove(index, manifest, np.load(folder / "canaries.npy"))
    except DamagedIndexError:
        raise
    except Exception as error:  # a damaged file surfaces as nearly any exception of five libraries
        raise DamagedIndexError(f"it is damaged ({type(error).__name__})") from None
    return index


def _prove(index: Index, manifest: Manifest, vectors: Vectors) -> None:
    """Ask the canary questions: each passage must be found, first and among neighbours, by its own vector and words.

    Counting rows proves nothing: Chroma counts rows whose vectors are lost.
    """
    depth = min(CANARY_DEPTH, len(index.passages))
    answers = index.store.nearest(vectors, depth)
    for name, vector, found in zip(manifest.canaries, vectors, answers, strict=True):
        row = index.row_of_passage[name]
        best = [other for other, score in found if score >= found[0][1] - 1e-4]
        if len(found) < depth or name not in best:
            raise DamagedIndexError("its vectors do not answer as they did")
        if not index.lexical.scores(index.passages[row].text)[row] > 0:
            raise DamagedIndexError("its words do not answer as they did")
        if vector.shape != index.sentence_vectors[0].shape:
            raise DamagedIndexError("its vectors have another length")
    if len(index.sentence_vectors) != len(index.sentences):
        raise DamagedIndexError("its sentence vectors are incomplete")
    if len(index.words.words) != len(index.words.vectors):
        raise DamagedIndexError("its word vectors are incomplete")
    if manifest.canaries:
        passage = index.passages[index.row_of_passage[manifest.canaries[0]]]
        if float(index.encoder.encode(passage.context) @ vectors[0]) < 0.99:
            raise DamagedIndexError("its encoder does not answer as it did")


def checksums(folder: Path) -> dict[str, int]:
    """Return the CRC-32 of every file of a generation but its manifest and Chroma's database.

    Chroma crashes the whole process on a truncated segment, so its files are checked before it opens them; its
    database it may write to when it opens it.
    """
    return {
        str(path.relative_to(folder)): zlib.crc32(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json" and not path.name.startswith("chroma.sqlite3")
    }


def model_identity(model: str) -> str:
    """Return a name for what is compiled: the model, by a hash over the files of a folder, and the request reader."""
    adapter = f"{zlib.crc32(WEIGHTS.read_bytes()):08x}"
    folder = Path(model)
    if not folder.is_dir():
        return f"{model}+{adapter}"
    # Sizes and names tell models apart; hashing 90 MB at each start would cost half of the first answer.
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in {".json", ".safetensors"})
    text = "\n".join(f"{path.relative_to(folder)} {path.stat().st_size}" for path in files)
    return f"{folder.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}+{adapter}"
