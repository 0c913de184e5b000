from pathlib import Path

import pytest
from toys import FIRST

from corpus.catalogue import Catalogue
from eval.answer import Answer
from eval.metrics.citations import uncarried
from eval.systems import Ask, resolve
from eval.trace import Digests
from rag.settings import Settings


@pytest.mark.slow
def test_the_tutorials_pipeline_answers_with_its_nearest_chunks(small: Catalogue, tmp_path: Path) -> None:
    settings = Settings(corpus_dir=small.root, data_dir=tmp_path / "data")
    told: list[str] = []
    system = resolve("stock:2", settings, told.append)
    answer = Answer.parse(system.ask(Ask("How long is the term of prison in Belgium?")))
    assert answer.documents[0] == "xb-act"
    assert len(answer.sources) == 2
    assert FIRST["xb-act"] in answer.text
    assert not uncarried(answer, Digests(small))

    again = resolve("stock:2", settings, told.append)
    assert told == ["Building the stock pipeline's index."]
    assert (again.name, again.identity) == ("stock:2", system.identity)
