"""Fit the request reader (`adapter`), for `train`: on the states of the layers below it, which never change."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.refusal.adapter import FIRST, MATRICES, RANK, SCALE, Adapter, beyond, fingerprint, new_branch
from rag.refusal.text import OUTCOMES

EPOCHS = 3
RATE = 1e-3
DECAY = 0.01
BATCH = 32
WARMUP = 100
SMOOTHING = 0.05
"""The fit of the request reader, chosen by cross-validation; warming up is in steps."""
LONGEST = 96
"""Word pieces of a text that are read in training."""
LEFT_OUT = 0.1
"""Share of the word pieces that is left out at random each time that a text is read in training."""
SHORT = 6
"""Texts of so many word pieces, the model's two marks among them, are read in whole."""


def fit_adapter(states: list[Any], names: list[str], model: Any) -> Adapter:
    """Fit the request reader; only the thin matrices and the head are learned.

    Args:
        states: what `lower_states` gives for each text.
        names: the outcome of each text.
        model: the embedding model.
    """
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(0)
    order = np.random.default_rng(0)
    transformer = model[0].auto_model
    target = torch.tensor([OUTCOMES.index(name) for name in names])
    branch = new_branch(transformer).requires_grad_(False).train()
    branch.head.requires_grad_(True)

    class Changed(nn.Module):
        """A layer's matrix and, beside it, the thin ones: cheaper to fit than their sum, which would need a full gradient."""

        def __init__(self, linear: Any) -> None:
            super().__init__()
            self.linear = linear
            self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / linear.in_features**0.5)
            self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

        def forward(self, states: Any) -> Any:
            return self.linear(states) + SCALE * (states @ self.down.T) @ self.up.T

    thin: dict[str, Any] = {}
    for number in range(len(branch.layers)):
        for name in MATRICES:
            layer = branch.layers[number]
            thin[f"{number}.{name}"] = change = Changed(layer.get_submodule(name))
            layer.set_submodule(name, change)
    learned = [weight for change in thin.values() for weight in (change.down, change.up)]
    optimiser = torch.optim.AdamW(
        [
            {"params": learned, "lr": RATE, "weight_decay": DECAY},
            {"params": branch.head.parameters(), "lr": 2 * RATE},
        ]
    )
    loss = nn.CrossEntropyLoss(
        torch.tensor(balance_of(names, OUTCOMES), dtype=torch.float32), label_smoothing=SMOOTHING
    )
    steps = EPOCHS * len(names) // BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / WARMUP) * max(0.02, 1 - step / steps)
    )
    for _ in range(EPOCHS):
        for batch in _batches(states, order):
            optimiser.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16):  # more than twice as fast where the processor knows it
                logits = branch(*padded([_thinned(states[row], order) for row in batch]))
            loss(logits.float(), target[batch]).backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            schedule.step()
    return Adapter(
        made_for=fingerprint(transformer),
        thin={name: (change.down.detach().numpy(), change.up.detach().numpy()) for name, change in thin.items()},
        head=branch.head.weight.detach().numpy(),
        bias=branch.head.bias.detach().numpy(),
    )


def lower_states(model: Any, texts: list[str]) -> list[Any]:
    """Return for each text the states that layer `FIRST` takes, shape (word pieces, dimension)."""
    import torch

    transformer = model[0].auto_model
    found: list[Any] = [None] * len(texts)
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            read = model.tokenizer(
                [texts[row] for row in rows], padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
            )
            states = transformer.embeddings(read["input_ids"], token_type_ids=read["token_type_ids"])
            away = beyond(read["attention_mask"], states.dtype)
            for layer in transformer.encoder.layer[:FIRST]:
                states = layer(states, attention_mask=away)
            for row, one, mask in zip(rows, states, read["attention_mask"], strict=True):
                found[row] = one[: int(mask.sum())].clone()
    return found


def _batches(states: list[Any], order: np.random.Generator) -> list[list[int]]:
    """Return the rows in random batches of texts of like length."""
    rows = order.permutation(len(states)).tolist()
    pools = [sorted(rows[at : at + 512], key=lambda row: len(states[row])) for at in range(0, len(rows), 512)]
    batches = [pool[at : at + BATCH] for pool in pools for at in range(0, len(pool), BATCH)]
    return [batches[number] for number in order.permutation(len(batches))]


def _thinned(states: Any, order: np.random.Generator) -> Any:
    """Leave word pieces out at random, so that no single one decides alone; the first and the last are marks of the model."""
    if len(states) <= SHORT:
        return states
    kept = order.random(len(states)) >= LEFT_OUT
    kept[0] = kept[-1] = True
    return states[kept]


def padded(states: list[Any]) -> tuple[Any, Any]:
    """Return states of texts in one tensor, and its mask."""
    import torch
    from torch.nn.utils.rnn import pad_sequence

    mask = pad_sequence([torch.ones(len(one)) for one in states], batch_first=True)
    return pad_sequence(states, batch_first=True), mask


def balance_of(names: list[str], classes: Sequence[str]) -> list[float]:
    """Return a weight for each outcome: they count by the root of their rarity."""
    counts = Counter(names)
    return [float((len(names) / len(counts) / counts[name]) ** 0.5) for name in classes]
