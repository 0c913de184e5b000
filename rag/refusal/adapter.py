"""The request reader: a small low-rank change to the upper layers of the embedding model, and a linear head on what it reads.

The sentence embedding was made to tell topics apart, and here requests, lawful questions and cries for help share their
topic. What tells them apart is still in the states of the model's lower layers, so a second way leads from there: the
same upper layers, their matrices changed by products of two thin ones (LoRA, Hu et al. 2022, ICLR), the mean over the
words, a linear head. `rag.embeddings` compiles it into the network beside the embedding, so one pass gives both and no
second model is loaded. `rag.refusal.train` fits it; the weights stand in a readable file, and fit one embedding model.
"""

import copy
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.refusal.text import OUTCOMES

if TYPE_CHECKING:
    from torch import nn

FIRST = 1
"""The first layer that is changed, counted from 0; below it both ways are one."""
RANK = 32
"""Rows of the thin matrices."""
SCALE = 2.0
"""By how much the product of the thin matrices is multiplied."""
DROPPED = 0.2
"""Share of what was read that is left out in each step of training."""
WEIGHTS = Path(__file__).parent / "weights_adapter.json"
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""What is changed in each layer, by the names of a BERT layer."""
STEPS = 127
"""The thin matrices are written in whole numbers, the largest of each is this."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """What was learned: for each changed matrix two thin ones, and the head."""

    made_for: str
    """`fingerprint` of the model that it was trained on; on another one it would mean nothing."""
    thin: dict[str, tuple[Matrix, Matrix]]
    """By `layer.matrix`: down, shape (RANK, inputs), and up, shape (outputs, RANK)."""
    head: Matrix
    """Shape (outcomes, dimension); the outcomes stand in the order of `text.OUTCOMES`."""
    bias: Matrix

    def fits(self, transformer: Any) -> bool:
        """Tell whether this is the model that the adapter was trained on."""
        return fingerprint(transformer) == self.made_for


def fingerprint(transformer: Any) -> str:
    """Return a hash over the upper layers of a transformer; empty for one that is not built like BERT."""
    layers = getattr(getattr(transformer, "encoder", None), "layer", ())
    if len(layers) <= FIRST or not all(name in dict(layers[FIRST].named_modules()) for name in MATRICES):
        return ""
    found = hashlib.sha256()
    for layer in layers[FIRST:]:
        for name in MATRICES:
            found.update(layer.get_submodule(name).weight.detach().numpy().tobytes())
    return found.hexdigest()[:16]


def request_branch(transformer: Any) -> "nn.Module | None":
    """Return the way from the states of layer `FIRST` to the outcomes' logits, or nothing where the adapter does not fit."""
    return with_adapter(transformer, adapter()) if adapter().fits(transformer) else None


def with_adapter(transformer: Any, learned: Adapter) -> "nn.Module":
    """Return what `new_branch` makes, with what was learned."""
    import torch

    branch = new_branch(transformer)
    with torch.no_grad():
        for name, (down, up) in learned.thin.items():
            branch.get_submodule(f"layers.{name}").weight += SCALE * torch.tensor(up) @ torch.tensor(down)
        branch.head.weight.copy_(torch.tensor(learned.head))
        branch.head.bias.copy_(torch.tensor(learned.bias))
    module: nn.Module = branch.eval()
    return module


def beyond(mask: Any, dtype: Any) -> Any:
    """Return what is added to the attention of each word, shape (texts, 1, 1, words): so little of padding that it is none."""
    import torch

    return (1 - mask.to(dtype))[:, None, None, :] * torch.finfo(dtype).min


def new_branch(transformer: Any) -> Any:
    """Return a module with a copy of the upper layers and a head.

    It takes states, shape (texts, words, dimension), and a mask, shape (texts, words), 1 for words and 0 for padding; it
    returns logits, shape (texts, outcomes).
    """
    from torch import nn

    class Branch(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = copy.deepcopy(transformer.encoder.layer[FIRST:])
            self.head = nn.Linear(transformer.config.hidden_size, len(OUTCOMES))
            self.drop = nn.Dropout(DROPPED)

        def forward(self, states: Any, mask: Any) -> Any:
            mask = mask.to(states.dtype)
            away = beyond(mask, states.dtype)
            for layer in self.layers:
                states = layer(states, attention_mask=away)
            mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            return self.head(self.drop(mean))

    return Branch()


@lru_cache(maxsize=1)
def adapter() -> Adapter:
    """Read the weights, once; only building the index and training need them."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Adapter(
        made_for=data["made_for"],
        thin={name: (_matrix(pair["down"]), _matrix(pair["up"])) for name, pair in data["thin"].items()},
        head=np.array(data["head"], dtype=np.float32),
        bias=np.array(data["bias"], dtype=np.float32),
    )


def _matrix(written: dict[str, Any]) -> Matrix:
    rows: Matrix = np.array(written["rows"], dtype=np.float32) * written["step"]
    return rows


def write_adapter(learned: Adapter, path: Path) -> None:
    """Write an adapter, one row of a matrix a line, in whole numbers."""

    def lines(matrix: Matrix) -> str:
        step = float(np.abs(matrix).max()) / STEPS
        rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in np.rint(matrix / step).astype(int).tolist())
        return f'{{"step": {step:.8g}, "rows": [\n{rows}\n]}}'

    pairs = ",\n".join(
        f'"{name}": {{"down": {lines(down)},\n"up": {lines(up)}}}' for name, (down, up) in learned.thin.items()
    )
    head = ",\n".join(json.dumps(np.round(row.astype(float), 4).tolist()) for row in learned.head)
    path.write_text(
        f'{{"made_for": "{learned.made_for}",\n'
        f'"bias": {json.dumps(np.round(learned.bias.astype(float), 4).tolist())},\n"head": [\n{head}\n],\n'
        f'"thin": {{\n{pairs}\n}}}}\n',
        encoding="utf-8",
    )
