"""The words that this folder knows: telling text from gibberish, cutting run-together text, mending misspellings.

`words.txt` lists English words, the frequent ones first; `rag.refusal.train` writes it from the embedding model's
vocabulary and the words of the policy.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from pathlib import Path

LONGEST = 18
WORD_COST = 2.0
"""What each word costs besides its rarity, so that `undress` is not read as `un dress`."""
SHORT_WORD = 9
"""Up to this length a misspelling may be one edit away from the word that was meant, beyond it two."""


@lru_cache(maxsize=1)
def costs() -> dict[str, float]:
    """Return for each known word the negative log of its frequency, which Zipf's law gives from its rank."""
    words = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()
    scale = math.log(len(words))
    return {word: math.log((rank + 2) * scale) for rank, word in enumerate(words)}


def known_share(words: list[str]) -> float:
    """Return the share of letters that stand in known words (0 to 1); 0 where there is no word."""
    total = sum(map(len, words))
    known = costs()
    return sum(len(word) for word in words if word in known) / total if total else 0.0


def segment(letters: str) -> list[str]:
    """Cut text without spaces into the most probable words (Viterbi over a unigram model); unknown letters stay single."""
    known = costs()
    unknown = 2 * math.log(len(known))
    best = [0.0]
    cut = [0]
    for end in range(1, len(letters) + 1):
        options = [
            (best[start] + WORD_COST + known.get(letters[start:end], unknown * (end - start)), start)
            for start in range(max(0, end - LONGEST), end)
        ]
        cost, start = min(options)
        best.append(cost)
        cut.append(start)
    words: list[str] = []
    end = len(letters)
    while end:
        words.append(letters[cut[end] : end])
        end = cut[end]
    return words[::-1]


class Speller:
    """Mends misspelt words of the policy's vocabulary (symmetric deletion, after W. Garbe's SymSpell)."""

    def __init__(self, words: Iterable[str]) -> None:
        self._near: dict[str, str] = {}
        for word in words:
            for shorter in _deletions(word):
                self._near.setdefault(shorter, word)

    def mend(self, word: str) -> str:
        """Return the vocabulary's word that an unknown word is a slip of, or the word as it is."""
        if len(word) < 3 or word in costs():
            return word
        options = {self._near[shorter] for shorter in _deletions(word) if shorter in self._near}
        close = [option for option in options if abs(len(option) - len(word)) <= _edits(word)]
        return min(close, key=lambda option: (_distance(word, option), option), default=word)


def _edits(word: str) -> int:
    return 1 if len(word) <= SHORT_WORD else 2


def _deletions(word: str) -> set[str]:
    """Return the word and what is left of it without one letter, or two of a long word."""
    kept = {word}
    for count in range(1, _edits(word) + 1):
        kept.update("".join(letters) for letters in combinations(word, len(word) - count))
    return kept


def _distance(left: str, right: str) -> int:
    """Count the places where two words of near length differ, which orders the few candidates well enough."""
    return sum(a != b for a, b in zip(left, right, strict=False)) + abs(len(left) - len(right))
