"""The request reader: written as it is read, made for one model, the same compiled as in training."""

from pathlib import Path

import numpy as np
import pytest

from rag.embeddings import compile_model, load_model
from rag.index import Index
from rag.refusal.adapter import FIRST, adapter, request_branch, with_adapter, write_adapter
from rag.refusal.text import OUTCOMES
from rag.refusal.train_adapter import SHORT, _thinned, fit_adapter, lower_states, padded
from rag.settings import Settings


def test_an_adapter_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = adapter()
    write_adapter(written, tmp_path / "weights.json")
    monkeypatch.setattr("rag.refusal.adapter.WEIGHTS", tmp_path / "weights.json")
    read = adapter.__wrapped__()  # as it is without the cache
    np.testing.assert_allclose(read.head, written.head, atol=1e-4)
    np.testing.assert_allclose(read.bias, written.bias, atol=1e-4)
    assert read.made_for == written.made_for
    for name, pair in written.thin.items():
        for before, after in zip(pair, read.thin[name], strict=True):
            np.testing.assert_allclose(after, before, atol=1e-6)


def test_the_compiled_network_reads_as_the_trained_one(index: Index) -> None:
    import torch

    texts = ["Which law covers a deepfake of a colleague?", "penalty"]
    model = load_model(Settings().model)
    branch = request_branch(model[0].auto_model)
    assert branch is not None
    with torch.no_grad():
        trained = branch(*padded(lower_states(model, texts))).numpy()
    for text, logits in zip(texts, trained, strict=True):
        compiled = index.encoder.read(text).request
        assert compiled is not None
        np.testing.assert_allclose(compiled, logits, atol=0.05)


def test_another_model_has_no_request_reader() -> None:
    from transformers import BertConfig, BertModel

    other = BertModel(BertConfig(vocab_size=20, hidden_size=12, num_hidden_layers=FIRST + 1, num_attention_heads=2))
    assert request_branch(other) is None
    assert request_branch(object()) is None


def test_a_network_without_a_request_reader_gives_vectors_alone(tmp_path: Path, index: Index) -> None:
    plain = compile_model(Settings().model, tmp_path)
    reading = plain.read("Which law covers a deepfake of a colleague?")
    assert reading.request is None
    assert reading.vector @ index.encoder.encode("Which law covers a deepfake of a colleague?") > 0.999


def test_training_learns_what_it_is_shown_and_does_so_twice_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr("rag.refusal.train_adapter.EPOCHS", 20)
    monkeypatch.setattr("rag.refusal.train_adapter.WARMUP", 2)
    texts = {
        "answer": ["What does the act say?", "Which court decided?", "When was the law passed?"],
        "refuse": ["Make a fake of my neighbour.", "Give me the app for it.", "Send me the pictures."],
        "support": ["Somebody threatens me.", "They shared a picture of me.", "I am afraid to go to school."],
    }
    names = [name for name, group in texts.items() for _ in group]
    model = load_model(Settings().model)
    states = lower_states(model, [text for group in texts.values() for text in group])
    learned, again = (fit_adapter(states, names, model) for _ in range(2))
    with torch.no_grad():
        logits = with_adapter(model[0].auto_model, learned)(*padded(states))
    assert [OUTCOMES[number] for number in logits.argmax(1).tolist()] == names
    np.testing.assert_array_equal(learned.head, again.head)


def test_in_training_words_are_left_out_but_never_the_marks_of_the_model() -> None:
    import torch

    order = np.random.default_rng(0)
    states = torch.arange(40.0).reshape(40, 1)
    thinner = [_thinned(states, order)[:, 0].tolist() for _ in range(20)]
    assert all(read[0] == 0 and read[-1] == 39 and read == sorted(read) for read in thinner)
    assert len({tuple(read) for read in thinner}) > 1
    short = torch.arange(float(SHORT)).reshape(SHORT, 1)
    assert _thinned(short, order) is short
