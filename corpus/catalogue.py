"""The catalogue: every digest that can be read, by id and by facet."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.errors import Fault, FaultyDocumentError, PinciteError, UnknownValueError
from corpus.model import Document
from corpus.read import read_document
from corpus.vocabulary import CONDUCT, KINDS, STATUSES

BUNDLED = Path(__file__).parent / "documents"


@dataclass(frozen=True)
class Catalogue:
    """The digests of one tree of documents, in the order of their ids."""

    root: Path
    documents: Mapping[str, Document]
    faults: tuple[Fault, ...] = field(default=())
    """What kept documents from being read; they are left out, the others are here."""
    paths: Mapping[str, Path] = field(default_factory=dict)
    """The file of each document, by its id."""

    @classmethod
    def load(cls, root: Path = BUNDLED) -> "Catalogue":
        """Read every `*.md` below `root`.

        Raises:
            PinciteError: there is no such folder, or no document in it.
        """
        paths = sorted(root.rglob("*.md"), key=lambda path: (path.stem, path)) if root.is_dir() else []
        if not paths:
            raise PinciteError(
                f"No documents in {root}.", "Point PINCITE_CORPUS_DIR at a folder of digests, or leave it unset."
            )
        documents: dict[str, Document] = {}
        files: dict[str, Path] = {}
        faults: list[Fault] = []
        for path in paths:
            try:
                document = read_document(path)
            except FaultyDocumentError as error:
                faults += error.faults
                continue
            if document.id in documents:
                other = documents[document.id].folder
                faults.append(Fault(path, 1, f"id {document.id!r} is also in {other}/; expected a unique id"))
                continue
            documents[document.id], files[document.id] = document, path
        return cls(root, documents, tuple(faults), files)

    def __len__(self) -> int:
        return len(self.documents)

    def get(self, document_id: str) -> Document:
        """Return the document with this id.

        Raises:
            UnknownValueError: there is none; it names the nearest ids.
        """
        try:
            return self.documents[document_id]
        except KeyError:
            raise UnknownValueError("document", document_id, self.documents) from None

    def select(
        self,
        jurisdiction: Iterable[str] = (),
        kind: Iterable[str] = (),
        status: Iterable[str] = (),
        conduct: Iterable[str] = (),
    ) -> list[Document]:
        """Return the documents that match one value of each facet given; a country includes its subdivisions.

        Raises:
            UnknownValueError: a value that no document can have.
        """
        codes = {self.jurisdiction(code) for code in jurisdiction}
        kinds = {_known("kind", value, KINDS) for value in kind}
        statuses = {_known("status", value, STATUSES) for value in status}
        acts = {_known("conduct", value, CONDUCT) for value in conduct}
        return [
            document
            for document in self.documents.values()
            if (not codes or document.jurisdiction in codes or document.country in codes)
            and (not kinds or document.kind in kinds)
            and (not statuses or document.status in statuses)
            and (not acts or acts & set(document.conduct))
        ]

    def jurisdiction(self, code: str) -> str:
        """Return the jurisdiction code as the corpus writes it.

        Raises:
            UnknownValueError: no document is of that jurisdiction.
        """
        return _known("jurisdiction", code.strip().upper(), self.jurisdictions)

    @cached_property
    def jurisdictions(self) -> frozenset[str]:
        """The codes of all jurisdictions that have a document, and of their countries."""
        codes = {document.jurisdiction for document in self.documents.values()}
        return frozenset(codes | {code.split("-")[0] for code in codes})

    @cached_property
    def version(self) -> str:
        """A hash of all documents: the same corpus has the same version wherever it lies (12 hexadecimal digits)."""
        digests = "\n".join(f"{document.id} {document.digest}" for document in self.documents.values())
        return hashlib.sha256(digests.encode()).hexdigest()[:12]

    @cached_property
    def as_of(self) -> str:
        """The newest date on which a source confirmed a status; empty if no document could be read."""
        return max((document.as_of for document in self.documents.values()), default="")


def _known(what: str, value: str, allowed: Iterable[str]) -> str:
    values = set(allowed)
    if value not in values:
        raise UnknownValueError(what, value, values)
    return value
