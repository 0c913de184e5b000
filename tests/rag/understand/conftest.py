"""The reader of the real corpus, made once."""

import pytest

from corpus import Catalogue
from rag.understand import Reader


@pytest.fixture(scope="session")
def reader(catalogue: Catalogue) -> Reader:
    return Reader(catalogue.documents.values())
