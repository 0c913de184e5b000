"""A decision with the encoder of the real index."""

import pytest
from refusal_prompts import Judge

from rag.index import Index
from rag.refusal import Decision, decide


@pytest.fixture(scope="session")
def judge(index: Index) -> Judge:
    """Decide as the assistant does: with the embedding network of the index."""

    def with_network(question: str, history: tuple[str, ...] = ()) -> Decision:
        return decide(question, history, index.encoder.read)

    return with_network
