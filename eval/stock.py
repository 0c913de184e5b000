"""The baseline: retrieval-augmented generation as a tutorial sets it up, without a language model.

LangChain's `RecursiveCharacterTextSplitter` with the sizes of its tutorial (1,000 characters, 200 of overlap), Chroma,
all-MiniLM-L6-v2; the nearest chunks are the answer. It always answers.
"""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.catalogue import Catalogue
from eval.systems import Ask
from rag.index import model_identity
from rag.settings import Settings

CHUNK_SIZE = 1000
CHUNK_OVERLAP = 200
_BATCH = 500


class SentenceTransformerEmbeddings(Embeddings):
    """A sentence-transformers model in LangChain's form."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        self._model = SentenceTransformer(model, device="cpu", local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed chunks."""
        vectors: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self.embed_documents([text])[0]


class StockPipeline:
    """The tutorial's pipeline over the same digests."""

    def __init__(self, store: Chroma, k: int, identity: str) -> None:
        self.name = "stock" if k == 3 else f"stock:{k}"
        self.identity = identity
        self._store = store
        self._k = k

    @classmethod
    def open(cls, settings: Settings, k: int, tell: Callable[[str], None]) -> "StockPipeline":
        """Open the store of this corpus and model in the data folder, filling it the first time.

        Raises:
            PinciteError: there is no corpus.
        """
        catalogue = Catalogue.load(settings.corpus_dir)
        key = f"{catalogue.version} {model_identity(settings.model)} {CHUNK_SIZE} {CHUNK_OVERLAP}"
        identity = sha256(key.encode()).hexdigest()[:12]
        embeddings = SentenceTransformerEmbeddings(settings.model)
        folder = settings.data_dir / "eval" / f"stock-{identity}"
        if not (folder / "whole").is_file():
            tell("Building the stock pipeline's index.")
            _fill(folder, embeddings, catalogue)
        return cls(_store(folder, embeddings), k, identity)

    def ask(self, ask: Ask) -> Any:
        """Answer with the nearest chunks, each cited as the passage that it is."""
        chunks = self._store.similarity_search(ask.question, k=self._k)
        texts = [chunk.page_content for chunk in chunks]
        return {
            "question": ask.question,
            "outcome": "answered",
            "text": "\n\n".join(f"{text} [{number}]" for number, text in enumerate(texts, 1)),
            "sentences": [{"text": text, "citations": [number]} for number, text in enumerate(texts, 1)],
            "sources": [
                {"number": number, "passage": chunk.page_content, **chunk.metadata}
                for number, chunk in enumerate(chunks, 1)
            ],
        }


def _fill(folder: Path, embeddings: Embeddings, catalogue: Catalogue) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    store = _store(folder, embeddings)
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)
    chunks = splitter.split_documents(
        [
            Document(
                page_content=document.text[document.sections[0].start if document.sections else 0 :],
                metadata={"document": document.id, "title": document.title},
            )
            for document in catalogue.documents.values()
        ]
    )
    for start in range(0, len(chunks), _BATCH):
        store.add_documents(chunks[start : start + _BATCH])
    (folder / "whole").touch()


def _store(folder: Path, embeddings: Embeddings) -> Chroma:
    folder.mkdir(parents=True, exist_ok=True)
    client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
    return Chroma("stock", embeddings, client=client)
