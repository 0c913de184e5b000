"""What Pincite knows: the digests in `documents/`, and the code that reads, checks and lists them."""

from corpus.catalogue import Catalogue
from corpus.errors import Fault, FaultyDocumentError, PinciteError, UnknownValueError
from corpus.model import Document, Penalty, Section, Sentence, SentenceImposed, Source
from corpus.read import read_document

__all__ = [
    "Catalogue",
    "Document",
    "Fault",
    "FaultyDocumentError",
    "Penalty",
    "PinciteError",
    "Section",
    "Sentence",
    "SentenceImposed",
    "Source",
    "UnknownValueError",
    "read_document",
]
