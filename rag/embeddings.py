"""Sentence embeddings: a sentence-transformers model, compiled once by OpenVINO for this machine.

Importing torch takes seconds and a question through it some 10 ms; the compiled copy of the same weights opens in half
a second, takes 2-3 ms a question, and encodes a corpus at more than twice the speed. It is checked against the
original when it is made.
"""

import logging
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from rag.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BATCH = 16
AGREEMENT = 0.999
"""The least cosine between what the original and the compiled network make of the same text."""


class Reading(NamedTuple):
    """What one pass through the network says of a text."""

    vector: Vectors
    """The sentence embedding, a unit vector, shape (dimension,)."""
    request: Vectors | None
    """Logits of the outcomes, by `rag.refusal.adapter`; nothing where the model is not the one that it was made for."""


class Encoder(Embeddings):
    """The compiled network and its tokeniser: text to unit vectors. Safe to call from several threads."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """Load what `compile_model` wrote.

        Raises:
            ModelError: the files are missing or damaged.
        """
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            ov = _openvino()
            core, hints = ov.Core(), {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads}
            self._network = core.compile_model(folder / "network.xml", "CPU", hints)
        except Exception as error:  # both libraries raise bare Exception or RuntimeError for missing files
            raise ModelError(f"The compiled model in {folder} can't be read: {str(error).splitlines()[0]}") from None
        self._takes, self._gives = len(self._network.inputs), len(self._network.outputs)
        self.dimension = int(self._network.outputs[0].partial_shape[1].get_length())

    def encode(self, text: str) -> Vectors:
        """Return the unit vector of one text, shape (dimension,)."""
        return self.read(text).vector

    def read(self, text: str) -> Reading:
        """Return the unit vector of one text and how like a request it is."""
        request = self._infer([text])
        vectors = self._output(request, 0)
        return Reading(vectors[0], self._output(request, 1)[0] if self._gives > 1 else None)

    def encode_all(self, texts: list[str], progress: Callable[[int], None] = lambda _: None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension); `progress` is told how many texts are done.

        Texts are taken in order of length, so that a batch has little padding.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._output(self._infer([texts[row] for row in rows]), 0)
            progress(start + len(rows))
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts (LangChain's interface)."""
        return self.encode_all(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """Embed one text (LangChain's interface)."""
        return self.encode(text).tolist()  # type: ignore[no-any-return]

    def _infer(self, texts: list[str]) -> Any:
        rows = self._tokenizer.encode_batch(texts)
        inputs = [[row.ids for row in rows], [row.attention_mask for row in rows], [row.type_ids for row in rows]]
        request = self._network.create_infer_request()
        request.infer([np.array(values, dtype=np.int64) for values in inputs[: self._takes]])
        return request

    @staticmethod
    def _output(request: Any, number: int) -> Vectors:
        return np.array(request.get_output_tensor(number).data, dtype=np.float32)


def compile_model(name: str, folder: Path, branch: Callable[[Any], Any] = lambda _: None, first: int = 0) -> Encoder:
    """Load a sentence-transformers model from this machine, write its compiled copy into `folder` and return that.

    Args:
        name: the model's name or folder.
        folder: where the compiled copy goes.
        branch: makes from the transformer a module that turns the states of a layer and the mask into a second output.
        first: the layer whose states that module takes.

    Raises:
        ModelError: there is no such model here, or the compiled copy does not agree with it.
    """
    model = load_model(name)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = model.tokenizer
    inputs = tokenizer(["who decided", "what does the law say about it"], padding=True, return_tensors="pt")
    names = [key for key in ("input_ids", "attention_mask", "token_type_ids") if key in inputs]
    ov = _openvino()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes of the tracer on branches that inference never takes
        network = ov.convert_model(
            _by_position(model, names, branch, first), example_input=tuple(inputs[key] for key in names)
        )
    ov.save_model(network, folder / "network.xml", compress_to_fp16=True)
    backend = tokenizer.backend_tokenizer
    pad = tokenizer.pad_token
    backend.enable_padding(pad_id=tokenizer.pad_token_id, pad_token=pad)
    backend.enable_truncation(model.max_seq_length or 512)
    backend.save(str(folder / "tokenizer.json"))
    encoder = Encoder(folder)
    probes = ["The court held that the images were covered by the act.", "penalty"]
    original = model.encode(probes, normalize_embeddings=True, show_progress_bar=False)
    agreement = float((original * encoder.encode_all(probes)).sum(axis=1).min())
    if agreement < AGREEMENT:
        raise ModelError(f"The compiled copy of {name!r} differs from it (cosine {agreement:.4f}).")
    return encoder


def load_model(name: str) -> "SentenceTransformer":
    """Load a sentence-transformers model from this machine.

    Raises:
        ModelError: there is no such model here.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it has no annotations
    logging.getLogger("transformers").setLevel(logging.ERROR)
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The embedding model {name!r} can't be loaded: {str(error).splitlines()[0]}",
            "Set PINCITE_MODEL to the folder of a sentence-transformers model, or leave it unset.",
        ) from None


def _by_position(model: "SentenceTransformer", names: list[str], branch: Callable[[Any], Any], first: int) -> Any:
    """Wrap the model, whose forward takes one dictionary, in one that takes tensors and returns unit vectors.

    With a branch it returns what that makes of the states below layer `first`, too.
    """
    import torch

    transformer: Any = getattr(model[0], "auto_model", None)
    beside = branch(transformer)
    if beside is not None:
        transformer.config.output_hidden_states = True

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model
            self.beside = beside

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any = None) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": token_type_ids}
            read = self.model({name: features[name] for name in names})
            embedding = torch.nn.functional.normalize(read["sentence_embedding"], dim=1)
            if self.beside is None:
                return embedding
            return embedding, self.beside(read["all_layer_embeddings"][first], attention_mask)

    return Network().eval()


def _openvino() -> Any:
    """Import OpenVINO with its usage statistics left out: the package that sends them is hidden from it."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino
