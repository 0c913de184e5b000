"""Train the classifier: `python -m rag.refusal.train [folder of prompts]`.

Deterministic: the same prompts, concepts and embedding model give the same four weights files and `words.txt`. The
prompts are the development files of the refusal data set and the examples of the policy; its test split is never read.
With `--folds`, `cross_validate` measures the same fit on families that it has not seen.
"""

import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from rag.embeddings import Reading
from rag.refusal.adapter import WEIGHTS as WEIGHTS_ADAPTER
from rag.refusal.adapter import Adapter, with_adapter, write_adapter
from rag.refusal.classifier import (
    EMBEDDING_SCALE,
    WEIGHTS,
    WEIGHTS_CATEGORY,
    WEIGHTS_OTHER,
    Head,
    english_features,
    other_features,
    shared_features,
)
from rag.refusal.examples import Example, augmented, examples
from rag.refusal.gloss import glossary
from rag.refusal.policy import policy
from rag.refusal.scoring import with_reader
from rag.refusal.train_adapter import balance_of, fit_adapter, lower_states, padded

FOLDER = Path(__file__).parent
PROMPTS = FOLDER.parents[1] / "eval" / "datasets" / "refusals"
NETWORKS = 3
UNITS = 24
EPOCHS = 18
DROPPED = 0.5
DECAY = 0.03
RATE = 2e-3
SMOOTHING = 0.05
"""The fit of the English head, chosen by cross-validation over template families."""
NETWORKS_OTHER = 1
EPOCHS_OTHER = 12
"""The fit of the head for other languages where it differs, chosen on prompts by new authors."""
STRENGTH = 0.3
"""Inverse of the L2 penalty of the head of categories."""
FREQUENCY = 16
FREQUENCY_GLOSS = 8
FREQUENCY_OWN = 4
"""How many training texts must have a feature: in English, in glosses, and of the own words of another language."""
WHOLE = 100
"""Weights are written as whole numbers, so many to one."""
VOCABULARY = 14_000
FREQUENT = 400
"""The rank in the word list at which the policy's own words are inserted."""
FOLDS = 5
Encode = Callable[[list[str]], NDArray[np.float32]]
"""Gives the embeddings of texts, shape (texts, dimension)."""


def fit_english(rows: list[Example], vectors: NDArray[np.float32]) -> Head:
    """Fit the English head on English texts and their embeddings."""
    found = [english_features(row.text) for row in rows]
    return _networks(found, _frequent(found, lambda _: FREQUENCY), vectors, rows, NETWORKS, EPOCHS)


def fit_other(rows: list[Example], vectors: NDArray[np.float32]) -> Head:
    """Fit the head for other languages on texts in all of them and the embeddings of their glosses.

    What concepts and English words mean together is the same in each language; of a language's own words many fewer
    texts are seen.
    """
    found = [other_features(row.text, row.language, gloss) for row, gloss in zip(rows, in_english(rows), strict=True)]
    terms = _frequent(found, lambda name: FREQUENCY_OWN if _own_word(name) else FREQUENCY_GLOSS)
    return _networks(found, terms, vectors, rows, NETWORKS_OTHER, EPOCHS_OTHER)


def _own_word(name: str) -> bool:
    return name[:2].isalpha() and name[2:3] == " " and not name.startswith("en ")


def _networks(
    found: list[dict[str, float]],
    terms: list[str],
    vectors: NDArray[np.float32],
    rows: list[Example],
    networks: int,
    epochs: int,
) -> Head:
    """Fit networks of one hidden layer, half of the features left out at random in each step.

    Dropping features (Srivastava et al. 2014, JMLR 15) keeps one word of a template from deciding alone.
    """
    import torch

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    table, dense = _table(found, terms), torch.tensor(EMBEDDING_SCALE * vectors, dtype=torch.float32)
    classes = sorted({row.name for row in rows})
    target = torch.tensor([classes.index(row.name) for row in rows])
    balance = torch.tensor(balance_of([row.name for row in rows], classes), dtype=torch.float32)
    first, bias, out, out_bias = [], [], [], []
    for seed in range(networks):
        named, hidden, last = _network(table, dense, target, balance, seed, epochs)
        first.append(np.hstack([named.weight.detach().numpy().T, hidden.weight.detach().numpy()]))
        bias.append(hidden.bias.detach().numpy())
        out.append(last.weight.detach().numpy())
        out_bias.append(last.bias.detach().numpy())
    weights = np.vstack(first)
    return Head(
        classes=tuple(classes),
        terms=dict(zip(terms, weights[:, : len(terms)].T, strict=True)),
        embedding=weights[:, len(terms) :],
        bias=np.concatenate(bias),
        out=np.stack(out),
        out_bias=np.stack(out_bias),
    )


def _network(table: csr_array, dense: Any, target: Any, balance: Any, seed: int, epochs: int) -> tuple[Any, Any, Any]:
    """Fit one network: the weights of the named features, the hidden layer that adds the embedding's, the outcomes."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    named, hidden = nn.EmbeddingBag(table.shape[1], UNITS, mode="sum"), nn.Linear(dense.shape[1], UNITS)
    inputs = table.shape[1] + dense.shape[1]
    for weight in (named.weight, hidden.weight, hidden.bias):
        nn.init.uniform_(weight, -(inputs**-0.5), inputs**-0.5)  # as one layer over both would begin
    leave_out = nn.Dropout(DROPPED)
    last = nn.Sequential(nn.ReLU(), nn.Dropout(0.3), nn.Linear(UNITS, len(balance)))
    learned = [weight for part in (named, hidden, last) for weight in part.parameters()]
    optimiser = torch.optim.AdamW(learned, lr=RATE, weight_decay=DECAY)
    loss = nn.CrossEntropyLoss(balance, label_smoothing=SMOOTHING)
    for _ in range(epochs):
        order = torch.randperm(len(target))
        for start in range(0, len(target), 64):
            batch = order[start : start + 64]
            rows = table[batch.numpy()]
            names, values = torch.from_numpy(rows.indices), torch.from_numpy(rows.data)
            summed = named(names, torch.from_numpy(rows.indptr[:-1]), per_sample_weights=leave_out(values))
            optimiser.zero_grad()
            loss(last(summed + hidden(leave_out(dense[batch]))), target[batch]).backward()
            optimiser.step()
    return named, hidden, last[-1]


def in_english(rows: list[Example]) -> list[str]:
    """Return the texts as the embedding network reads them: English ones, and the glosses of the others."""
    return [row.text if row.language == "en" else glossary(row.language).gloss(row.text) for row in rows]


def states_of(rows: list[Example], model: Any) -> list[Any]:
    """Return what the request reader takes: the states of the texts in English."""
    return lower_states(model, in_english(rows))


def fit_category(rows: list[Example]) -> Head:
    """Fit the head that names the category of what is declined or needed: one linear layer over what languages share."""
    from sklearn.linear_model import LogisticRegression

    told = [row for row in rows if row.name != "answer"]
    found = [shared_features(row.text, row.language) for row in told]
    terms = _frequent(found, lambda _: FREQUENCY)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000, tol=1e-4)
    table = _table(found, terms).astype(np.float64)  # in single precision each machine stops at another place
    model.fit(table, [row.category for row in told])
    return Head(
        classes=tuple(str(name) for name in model.classes_),
        terms=dict(zip(terms, model.coef_.T.astype(np.float32), strict=True)),
        embedding=np.zeros((len(model.classes_), 0), dtype=np.float32),
        bias=model.intercept_.astype(np.float32),
        out=np.zeros(0, dtype=np.float32),
        out_bias=np.zeros(0, dtype=np.float32),
    )


def _frequent(found: list[dict[str, float]], least: Any) -> list[str]:
    counts = Counter(name for features in found for name in features)
    return sorted(name for name, count in counts.items() if count >= least(name))


def _table(found: list[dict[str, float]], terms: list[str]) -> csr_array:
    """Return the features of each text, shape (texts, terms); most are zero."""
    place = {name: number for number, name in enumerate(terms)}
    rows = [[(place[name], value) for name, value in features.items() if name in place] for features in found]
    ends = np.cumsum([0] + [len(row) for row in rows], dtype=np.int32)
    names = np.array([name for row in rows for name, _ in row], dtype=np.int32)
    values = np.array([value for row in rows for _, value in row], dtype=np.float32)
    return csr_array((values, names, ends), shape=(len(found), len(terms)))


def write(head: Head, path: Path) -> None:
    """Write a head, one feature a line, rounded so that it can be read and compared."""

    def whole(row: NDArray[np.float32]) -> list[int]:
        return [round(float(value) * WHOLE) for value in row]

    text = (
        "{\n"
        f' "classes": {json.dumps(head.classes)},\n'
        f' "scale": {WHOLE},\n'
        f' "bias": {json.dumps([round(float(value), 3) for value in head.bias])},\n'
        f' "out": {json.dumps(np.round(head.out.astype(float), 3).tolist())},\n'
        f' "out_bias": {json.dumps(np.round(head.out_bias.astype(float), 3).tolist())},\n'
        ' "embedding": [\n' + ",\n".join(f"  {json.dumps(whole(row))}" for row in head.embedding) + "\n ],\n"
        ' "terms": {\n'
        + ",\n".join(
            f"  {json.dumps(term, ensure_ascii=False)}: {json.dumps(whole(row), separators=(',', ':'))}"
            for term, row in head.terms.items()
        )
        + "\n }\n}\n"
    )
    path.write_text(text, encoding="utf-8")


def write_words(encoder_folder: Path) -> None:
    """Write `words.txt`: whole English words of the embedding model's vocabulary, which stands in order of frequency."""
    vocabulary = json.loads((encoder_folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    words = [word for word in ordered if re.fullmatch(r"[a-z]{2,}|[ai]", word)][:VOCABULARY]
    own = [word for word in policy().vocabulary if word not in set(words[:FREQUENT])]
    merged = dict.fromkeys(words[:FREQUENT] + own + words[FREQUENT:])
    (FOLDER / "words.txt").write_text("\n".join(merged) + "\n", encoding="utf-8")


def fold_of(row: Example) -> int:
    """Return the fold of an example: a family is in one fold; prompts without a template are spread by their text."""
    single = row.family.startswith(("answers-", "own-", "xstest-"))
    return zlib.crc32((row.text if single else row.family).encode()) % FOLDS


def cross_validate(rows: list[Example], encode: Encode, model: Any) -> list[tuple[Example, float, float]]:
    """Return each example with the probabilities of refusal and support that fits without its family give.

    A fold takes about an hour, most of it for the request reader.
    """
    import torch

    folds = np.array([fold_of(row) for row in rows])
    judged = []
    for fold in range(FOLDS):
        kept = augmented([row for row, other in zip(rows, folds != fold, strict=True) if other])
        own, others, reader = _fit(kept, encode, model)
        branch = with_adapter(model[0].auto_model, reader)
        seen = [row for row, other in zip(rows, folds == fold, strict=True) if other]
        read = in_english(seen)
        for row, text, vector, state in zip(seen, read, encode(read), states_of(seen, model), strict=True):
            if row.language == "en":
                words = own.scores(english_features(text), vector)
            else:
                words = others.scores(other_features(row.text, row.language, text), vector)
            with torch.no_grad():
                logits = branch(*padded([state]))[0].numpy()
            scores = with_reader(words, Reading(vector, logits))
            judged.append((row, scores.refuse, scores.support))
    return judged


def _fit(rows: list[Example], encode: Encode, model: Any) -> tuple[Head, Head, Adapter]:
    """Return the English head, the head for other languages and the request reader."""
    english = [row for row in rows if row.language == "en"]
    others = [row for row in rows if row.language != "en"]
    reader = fit_adapter(states_of(rows, model), [row.name for row in rows], model)
    return fit_english(english, encode(in_english(english))), fit_other(others, encode(in_english(others))), reader


def _report(judged: list[tuple[Example, float, float]]) -> None:
    """Print for each class of examples how often each head is more than half sure."""
    for english in (True, False):
        own = [one for one in judged if (one[0].language == "en") == english]
        for name in sorted({row.name for row, _, _ in own}):
            scores = [(refuse, support) for row, refuse, support in own if row.name == name]
            refused, helped = (sum(score[head] > 0.5 for score in scores) / len(scores) for head in (0, 1))
            language = "English" if english else "others"
            sys.stdout.write(f"{language:8} {name:14} {len(scores):5}  refuse {refused:.3f}  support {helped:.3f}\n")


def main() -> None:
    """Open the index of the settings for its encoder, and write the files; with `--folds` only measure."""
    from corpus.catalogue import Catalogue
    from rag.build import open_index
    from rag.embeddings import load_model
    from rag.settings import settings

    config = settings()
    index = open_index(config.data_dir, Catalogue.load(config.corpus_dir), config.model, config.threads)
    write_words(index.folder / "encoder")
    folders = [Path(word) for word in sys.argv[1:] if word != "--folds"]
    rows = examples(folders[0] if folders else PROMPTS)
    model = load_model(config.model)
    if "--folds" in sys.argv:
        _report(cross_validate(rows, index.encoder.encode_all, model))
        return
    rows = augmented(rows)
    english, others, reader = _fit(rows, index.encoder.encode_all, model)
    write(english, WEIGHTS)
    write(others, WEIGHTS_OTHER)
    write(fit_category(rows), WEIGHTS_CATEGORY)
    write_adapter(reader, WEIGHTS_ADAPTER)
    sys.stdout.write(f"{len(rows)} examples, written to {FOLDER}\n")


if __name__ == "__main__":
    main()
