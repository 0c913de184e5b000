"""Join the readers: one question and what was asked before it become `Understood`."""

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.model import Document
from rag.model import Question, Understood
from rag.refusal.words import costs
from rag.understand.citations import CitedProvisions, read_citations
from rag.understand.compare import question_about, subjects_of
from rag.understand.kinds import asks_for_list, is_comparison, read_conduct, read_dates, read_intent, read_protects
from rag.understand.names import NameIndex
from rag.understand.places import read_places
from rag.understand.text import vocabulary, words

_SHORT = 7
"""Up to this many words a question that names nothing leans on the one before it."""

_OPENS = re.compile(
    r"^\W*(?:and|but|or|so|ok|okay|also|then)\b|^\W*(?:what|how) about\b|^\W*(?:same|only|why|really|since when|for how long)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|those|these|they|them|their|he|she|him|her|his|there|such|one|ones|former|latter|the (?:law|act|court|"
    r"case|man|defendant|bill|offence|offense|judge|decision|ruling|sentence|penalty|maximum|fine|victims?|images?))\b",
    re.IGNORECASE,
)
_FOR_THIS = re.compile(
    r"\b(fine-?tuned|trained|made|built|meant|designed|used) (for|on) (?:this|that|it|such things?)"
    r"(?= (?:in|under|by|is|an?|illegal|legal|punish\w*|banned)\b|\W*$)",
    re.IGNORECASE,
)
"""What a tool is for, where nothing was said before: then it is the subject of the corpus."""
_SUBJECT = r"\1 \2 sexual abuse images"
_FILLER = re.compile(r"^\W*(?:(?:and|but|or|so|ok|okay|also|then|what about|how about)\b\W*)+", re.IGNORECASE)

_TOOLS = frozenset({"provide-tools", "train-model"})
"""Acts with a tool; the many laws on images do not answer for them."""
_LEGALITY = frozenset({"yes-no", "penalty"})
"""Kinds of question that ask whether, or how, an act is punished."""
_FRESH = frozenset({"definition", "help"})
"""Kinds of question that are asked anew: "what is a deepfake?" needs no earlier question."""


class Reader:
    """Reads questions with the corpus as its gazetteer."""

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = list(documents)
        self._documents = {document.id: document for document in documents}
        self._names = NameIndex(documents)
        self._provisions = CitedProvisions(documents)
        # Neither a word of the corpus nor an English one is a misspelt country: "the Channel Island" is not Iceland.
        self._vocabulary = vocabulary(document.text for document in documents) | costs().keys()

    def read(self, question: Question) -> Understood:
        """Return what a question asks, completed from the earlier questions where it leans on them."""
        understood = self._read_all(question)
        return understood.model_copy(update={"documents": understood.documents or self._on_tools(understood)})

    def _read_all(self, question: Question) -> Understood:
        if not question.history:
            return self._read_one(_FOR_THIS.sub(_SUBJECT, question.question))
        here = self._read_one(question.question)
        before = self._context(question.history)
        return self._joined(before, here) if self._leans(question.question, here) else here

    def apart(self, understood: Understood) -> list[Understood]:
        """Return one question for each subject of a comparison; an empty list where there is one subject."""
        named = [
            replace(name, documents=frozenset(self._here(name.documents, list(understood.jurisdictions))))
            for name in self._names.find(understood.question)
        ]
        country_of = {name: document.country for name, document in self._documents.items()}
        subjects = subjects_of(understood, named, country_of)
        return [
            question_about(understood, subject, [other for other in subjects if other is not subject])
            for subject in subjects
        ]

    def _context(self, history: tuple[str, ...]) -> Understood:
        context = self._read_one(history[0])
        for text in history[1:]:
            here = self._read_one(text)
            context = self._joined(context, here) if self._leans(text, here) else here
        return context

    def _read_one(self, text: str) -> Understood:
        named = self._names.find(text)
        cited = read_citations(text)
        masked = [(name.start, name.end) for name in named if name.is_case]
        places = read_places(text, self._vocabulary, masked)
        documents: dict[str, None] = {}
        for citation in cited:
            documents.update(dict.fromkeys(sorted(self._here(self._provisions.documents(citation), places))))
        for name in named:
            documents.update(dict.fromkeys(sorted(self._here(name.documents, places))))
        return Understood(
            question=self._names.expanded(text),
            jurisdictions=tuple(places),
            conduct=tuple(read_conduct(text)),
            intent=read_intent(text),
            comparison=is_comparison(text),
            dates=tuple(read_dates(text)),
            citations=tuple(citation.typed for citation in cited),
            documents=tuple(documents),
            protects=tuple(read_protects(text)),
        )

    def _on_tools(self, understood: Understood) -> tuple[str, ...]:
        """Return the laws of the places named that punish what is asked about a tool: a plain question of legality means them."""
        acts = _TOOLS & set(understood.conduct)
        if not acts or understood.comparison or understood.intent not in _LEGALITY:
            return ()
        whom = {*understood.protects, "any"} if understood.protects else {"minors", "adults", "any"}
        return tuple(
            document.id
            for document in self._documents.values()
            if document.is_law
            and document.kind != "bill"
            and document.jurisdiction in understood.jurisdictions
            and document.protects in whom
            and any(acts & set(row.conduct) for row in document.penalties)
        )

    def _here(self, ids: Iterable[str], places: list[str]) -> list[str]:
        """Keep the documents of the places named, where any of them is of one; "section 66E" alone is of many acts."""
        ids = list(ids)
        countries = {code.split("-")[0] for code in places}
        local = [name for name in ids if self._documents[name].country in countries]
        return local or ids

    def _leans(self, text: str, here: Understood) -> bool:
        if _OPENS.search(text):
            return True
        if here.documents:
            return False
        if _POINTS_BACK.search(text):
            return True
        if asks_for_list(text) and here.conduct:
            return False
        if here.jurisdictions or here.citations:
            return len(text.split()) <= _SHORT and not here.conduct
        return here.intent not in _FRESH or len(text.split()) <= _SHORT

    def _joined(self, before: Understood, here: Understood) -> Understood:
        """Complete `here` with what it leaves open; where it names another place, that of before gives way."""
        moved = bool(here.jurisdictions or here.documents)
        earlier = before.question
        if here.jurisdictions:
            earlier = self._without_places(earlier)
        said = _FILLER.sub("", here.question)
        return Understood(
            question=f"{earlier.rstrip(' ?.!')}; {said}",
            jurisdictions=here.jurisdictions or before.jurisdictions,
            conduct=here.conduct or before.conduct,
            intent=here.intent if here.intent not in {"fact", "yes-no"} else before.intent,
            comparison=here.comparison,
            last=said,
            dates=here.dates or (() if moved else before.dates),
            citations=here.citations or (() if moved else before.citations),
            documents=here.documents or (() if here.jurisdictions else before.documents),
            protects=here.protects or before.protects,
        )

    def _without_places(self, text: str) -> str:
        """Drop the words of an earlier question that name a place, so that they do not draw the search there."""
        kept = text
        for word in reversed(words(text)):
            if read_places(word.written, self._vocabulary):
                kept = kept[: word.start] + kept[word.end :]
        return " ".join(kept.split())
