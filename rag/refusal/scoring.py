"""How like a text is to known requests, lawful questions and cries for help: what the heads and the request reader say."""

from collections.abc import Callable

from rag.embeddings import Reading
from rag.refusal.classifier import (
    Scores,
    Vector,
    categories,
    classifier,
    english_features,
    other_classifier,
    other_features,
    shared_features,
    softmax,
)
from rag.refusal.gloss import glossary
from rag.refusal.text import OUTCOMES

See = Callable[[str], Reading | None]
"""Passes a text through the embedding network, if there is one."""
SHARE_READ = 0.4
"""What the request reader counts beside the words and concepts, chosen on prompts by new authors."""


def english_scores(text: str, reading: Reading | None) -> Scores:
    """Return the probabilities of an English text; the vector of a model without a request reader is another model's."""
    return with_reader(classifier().scores(english_features(text), _vector(reading)), reading)


def _vector(reading: Reading | None) -> Vector | None:
    """Return the embedding, if it is of the model that the heads were trained on."""
    return reading.vector if reading and reading.request is not None else None


def other_scores(text: str, language: str, see: See) -> Scores:
    """Return the probabilities of a text in another language: by its words and concepts, and by its gloss as read."""
    gloss = glossary(language).gloss(text)
    reading = see(gloss)
    return with_reader(other_classifier().scores(other_features(text, language, gloss), _vector(reading)), reading)


def with_reader(scores: Scores, reading: Reading | None) -> Scores:
    """Return the weighted mean of what words and concepts say and what the request reader says, if there is one."""
    if reading is None or reading.request is None:
        return scores
    read = zip(OUTCOMES, softmax(reading.request).tolist(), strict=True)
    return Scores({name: SHARE_READ * share + (1 - SHARE_READ) * scores.by_class[name] for name, share in read})


def category_scores(text: str, language: str) -> Scores:
    """Return the probabilities of the categories of a text that is declined or helped."""
    return categories().scores(shared_features(text, language))
