"""How present the words of a question are in the sentences of the corpus."""

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.likeness import words_of


def test_words_are_distinct_sorted_and_without_numbers_and_stop_words() -> None:
    assert words_of(["The judge of 2024 and the Judge", "a court"]) == ("court", "judge")


@pytest.mark.parametrize("text", ["judge", "Busan court", "watchdog", "", "?", "12 34", "zzqx"])
def test_presence_is_a_share_for_each_sentence_and_word(assistant: Assistant, text: str) -> None:
    presence = assistant.ranker.table.likeness.presence(text)
    assert presence.in_sentence.shape == (len(assistant.index.sentences), len(presence.words))
    assert presence.rarity.shape == presence.unknown.shape == (len(presence.words),)
    assert ((presence.in_sentence >= 0) & (presence.in_sentence <= 1.0001)).all()


def test_a_word_is_whole_where_it_stands_and_partly_where_a_like_word_does(assistant: Assistant) -> None:
    presence = assistant.ranker.table.likeness.presence("judge")
    texts = [sentence.text.casefold().split() for _, sentence in assistant.index.sentences]
    itself = np.array(["judge" in words for words in texts])
    like = np.array(["judges" in words and "judge" not in words for words in texts])
    assert (presence.in_sentence[itself, 0] > 0.999).all()
    assert (presence.in_sentence[like, 0] > 0.3).all() and (presence.in_sentence[like, 0] < 0.999).all()


def test_a_word_that_the_corpus_lacks_is_found_by_its_like(assistant: Assistant) -> None:
    presence = assistant.ranker.table.likeness.presence("paedophilic jurists")
    assert presence.unknown.any()
    assert presence.in_sentence.max() > 0.2
