"""The vector store: one Chroma collection of passages on disk, through langchain-chroma, with telemetry off."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.api.types import Where
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from rag.embeddings import Vectors
from rag.passages import Passage

COLLECTION = "passages"
_BATCH = 2000
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400, "batch_size": 10, "sync_threshold": 10}
}
"""Vectors go to the segment files with each batch that is added, so a small corpus, too, has them there."""


class PassageStore:
    """Passages by the nearness of their vectors."""

    def __init__(self, folder: Path, embeddings: Embeddings | None = None, create: bool = False) -> None:
        """Open the collection in `folder`; make an empty one there with `create`."""
        folder.mkdir(parents=True, exist_ok=True)
        client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._client = cast(Client, client)  # the class of every local client; the interface lacks close()
        self.chroma = Chroma(
            collection_name=COLLECTION,
            embedding_function=embeddings,
            client=self._client,
            collection_configuration=_CONFIGURATION if create else None,
            create_collection_if_not_exists=create,
        )
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def add(
        self,
        passages: list[Passage],
        vectors: Vectors,
        facets: Sequence[Mapping[str, str]],
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Add passages with their vectors and facets (the metadata that a filter can name)."""
        for start in range(0, len(passages), _BATCH):
            batch = slice(start, start + _BATCH)
            self._collection.add(
                ids=[passage.id for passage in passages[batch]],
                embeddings=vectors[batch],
                metadatas=[dict(row) for row in facets[batch]],
                documents=[passage.text for passage in passages[batch]],
            )
            progress(min(start + _BATCH, len(passages)))

    def nearest(self, vectors: Vectors, k: int, where: Where | None = None) -> list[list[tuple[str, float]]]:
        """Return, for each row of `vectors`, the ids of the k nearest passages and their cosine, best first."""
        found = self._collection.query(query_embeddings=vectors, n_results=k, where=where, include=["distances"])
        distances = found["distances"] or []
        return [
            [(name, 1.0 - distance) for name, distance in zip(names, row, strict=True)]
            for names, row in zip(found["ids"], distances, strict=True)
        ]

    def vectors(self) -> dict[str, Vectors]:
        """Return the vector of every passage, by its id."""
        found = self._collection.get(include=["embeddings"])
        embeddings = found["embeddings"]
        if embeddings is None:
            return {}
        return {name: np.asarray(row, dtype=np.float32) for name, row in zip(found["ids"], embeddings, strict=True)}

    def close(self) -> None:
        """Release the files."""
        self._client.close()
