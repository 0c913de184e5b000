"""The last gate: nothing leaves that its own citation does not carry, whatever wrote it."""

from rag.model import Answer, AnswerSentence


def supported(sentence: AnswerSentence, answer: Answer) -> bool:
    """Whether the sentence stands, word for word, in each passage that it cites, and cites at least one."""
    passages = {source.number: source.passage for source in answer.sources}
    return bool(sentence.citations) and all(sentence.text in passages.get(number, "") for number in sentence.citations)


def unsupported(answer: Answer) -> list[AnswerSentence]:
    """Return the sentences of an answer that its citations do not carry."""
    return [sentence for sentence in answer.sentences if not supported(sentence, answer)]
