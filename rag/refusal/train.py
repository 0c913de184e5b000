"""Train the classifier: `python -m rag.refusal.train [folder of prompts]`.

Deterministic: the same prompts, policy and embedding model give the same `weights.json` and `words.txt`. The prompts are the
development split of the refusal data set and the examples of the policy; the test split is never read.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from rag.embeddings import Encoder
from rag.refusal.classifier import ANSWER, INDICATORS, TERM_SCALE, features, terms_of
from rag.refusal.languages import language_of
from rag.refusal.normalise import normalise
from rag.refusal.policy import policy

FOLDER = Path(__file__).parent
PROMPTS = FOLDER.parents[1] / "eval" / "datasets" / "refusals"
"""Holds `dev.jsonl`, and `questions.jsonl`: lawful questions of the answers data set's development split."""
STRENGTH = 1.0
"""Inverse of the L2 penalty; chosen by cross-validation over template families."""
FREQUENCY = 3
"""How many training texts must have a word or pair for it to be a feature."""
VOCABULARY = 14_000
FREQUENT = 400
"""The rank in the word list at which the policy's own words are inserted."""


def examples(folder: Path) -> list[tuple[str, str]]:
    """Return (text in normal form, class) of the English prompts and the policy's examples."""
    lines = [
        line
        for name in ("dev", "questions", "more")
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    rows = [json.loads(line) for line in lines]
    pairs = [
        (row["text"], ANSWER if row["label"] == ANSWER else row["category"]) for row in rows if row["language"] == "en"
    ]
    for rule in policy().rules:
        if rule.engine in ("patterns", "classifier"):
            pairs += [(text, rule.category) for text in rule.stop]
            pairs += [(text, ANSWER if rule.refuses else "") for text in rule.passes]
    read = [(policy().mended(normalise(text).text), name) for text, name in pairs if name]
    return [(text, name) for text, name in dict.fromkeys(read) if language_of(text) == "en"]


def frequent_terms(texts: list[str]) -> list[str]:
    """Return the words and pairs of words that at least `FREQUENCY` texts have, in alphabetical order."""
    counts = Counter(term for text in texts for term in terms_of(text))
    return sorted(term for term, count in counts.items() if count >= FREQUENCY)


def fit(texts: list[str], names: list[str], vectors: Any, terms: list[str]) -> Any:
    """Fit the head; returns scikit-learn's model, whose last columns are the terms'."""
    from sklearn.linear_model import LogisticRegression

    dense = np.stack([features(text, vector) for text, vector in zip(texts, vectors, strict=True)])
    found = [terms_of(text) for text in texts]
    sparse = TERM_SCALE * np.array([[term in own for term in terms] for own in found], dtype=np.float32)
    return LogisticRegression(C=STRENGTH, max_iter=2000, tol=1e-5).fit(np.hstack([dense, sparse]), names)


def write_weights(texts: list[str], names: list[str], encoder: Encoder) -> None:
    """Fit on all examples and write `weights.json`, rounded so that it can be read and compared."""
    terms = frequent_terms(texts)
    model = fit(texts, names, encoder.encode_all(texts), terms)
    dense = model.coef_[:, : -len(terms)]
    rows = [f"  {json.dumps([round(float(value), 3) for value in row])}" for row in dense]
    words = [
        f"  {json.dumps(term)}: {json.dumps([round(float(value), 2) for value in row])}"
        for term, row in zip(terms, model.coef_[:, -len(terms) :].T, strict=True)
    ]
    text = (
        "{\n"
        f' "classes": {json.dumps([str(name) for name in model.classes_])},\n'
        f' "indicators": {json.dumps(INDICATORS)},\n'
        f' "bias": {json.dumps([round(float(value), 3) for value in model.intercept_])},\n'
        ' "weights": [\n' + ",\n".join(rows) + "\n ],\n"
        ' "terms": {\n' + ",\n".join(words) + "\n }\n}\n"
    )
    (FOLDER / "weights.json").write_text(text, encoding="utf-8")


def write_words(encoder_folder: Path) -> None:
    """Write `words.txt`: whole English words of the embedding model's vocabulary, which stands in order of frequency."""
    vocabulary = json.loads((encoder_folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    words = [word for word in ordered if re.fullmatch(r"[a-z]{2,}|[ai]", word)][:VOCABULARY]
    own = [word for word in policy().words if word not in set(words[:FREQUENT])]
    merged = dict.fromkeys(words[:FREQUENT] + own + words[FREQUENT:])
    (FOLDER / "words.txt").write_text("\n".join(merged) + "\n", encoding="utf-8")


def main() -> None:
    """Open the index of the settings for its encoder, and write the two files."""
    from corpus.catalogue import Catalogue
    from rag.build import open_index
    from rag.settings import settings

    config = settings()
    index = open_index(config.data_dir, Catalogue.load(config.corpus_dir), config.model, config.threads)
    write_words(index.folder / "encoder")
    pairs = examples(Path(sys.argv[1]) if len(sys.argv) > 1 else PROMPTS)
    write_weights([text for text, _ in pairs], [name for _, name in pairs], index.encoder)
    sys.stdout.write(f"{len(pairs)} examples, written to {FOLDER}\n")


if __name__ == "__main__":
    main()
