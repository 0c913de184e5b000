"""Passages follow sections, keep paragraphs whole and know where each sentence stands."""

from corpus import Catalogue
from rag.passages import MAX_CHARACTERS, passages_of


def test_passages_cover_every_sentence_once_and_never_mix_sections(catalogue: Catalogue) -> None:
    for document in catalogue.documents.values():
        passages = passages_of(document)
        kept = [sentence for passage in passages for sentence in passage.sentences]
        assert kept == [sentence for section in document.sections for sentence in section.sentences]
        for passage in passages:
            sections = [
                section.heading for section in document.sections if set(passage.sentences) & set(section.sentences)
            ]
            assert sections == [passage.heading]


def test_a_mark_is_the_sentence_itself(catalogue: Catalogue) -> None:
    for document in catalogue.documents.values():
        for passage in passages_of(document):
            for sentence in passage.sentences:
                start, end = passage.mark(sentence)
                assert passage.text[start:end] == sentence.text == document.text[sentence.start : sentence.end]


def test_a_passage_is_short_unless_one_paragraph_is_long(catalogue: Catalogue) -> None:
    for document in catalogue.documents.values():
        for passage in passages_of(document):
            paragraphs = {sentence.paragraph for sentence in passage.sentences}
            assert len(passage.text) <= MAX_CHARACTERS or len(paragraphs) == 1


def test_ids_are_the_document_and_a_number(catalogue: Catalogue) -> None:
    passages = passages_of(catalogue.get("us-18-usc-2256"))
    assert [passage.id for passage in passages] == [f"us-18-usc-2256#{number}" for number in range(len(passages))]
