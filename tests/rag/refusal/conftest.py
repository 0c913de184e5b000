"""A decision with the encoder of the real index."""

import pytest
from refusal_prompts import Judge

from rag.index import Index
from rag.refusal import Decision, decide


@pytest.fixture(scope="session")
def judge(index: Index) -> Judge:
    """Decide as the assistant does: with the question's vector, and the encoder for what is disguised."""

    def with_vector(question: str, history: tuple[str, ...] = ()) -> Decision:
        return decide(question, history, index.encoder.encode(question), index.encoder.encode)

    return with_vector
