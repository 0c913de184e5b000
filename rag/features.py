"""How each sentence of the corpus relates to a question: one row of features a sentence, one column a feature.

Everything is computed for all sentences at once; with a few thousand of them that is cheaper than choosing candidates.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.jurisdictions import gazetteer
from corpus.model import Document
from corpus.vocabulary import CONDUCT
from rag.index import Index
from rag.lexical import LexicalIndex, tokens
from rag.likeness import Likeness, Presence
from rag.model import Understood
from rag.traits import Traits
from rag.understand.citations import Citation, read_citations
from rag.understand.kinds import read_protects
from rag.understand.places import read_places

Matrix = NDArray[np.float32]
Rows = NDArray[np.intp]

_CASE_WORDS = re.compile(
    r"\b(?:case|court|judge|ruling|ruled|man|woman|teacher|boy|defendant|convict\w*|sentenced|jailed|appeal|prosecut\w+|he|she|his|guilty|"
    r"trial|verdict|who was)\b",
    re.IGNORECASE,
)
ACTS = frozenset({"produce", "possess", "access", "distribute", "advertise", "request", "threaten", "solicit"})

_LAW_WORDS = re.compile(
    r"\b(?:law|act|statute|code|bill|offen[cs]e|illegal|crime|criminal|legal|banned|prohibit\w*|punish\w*|penalt\w+)\b",
    re.I,
)
_FIGURE_WORDS = re.compile(
    r"\b(?:report\w*|study|survey|figures?|statistics?|share|per ?cent|number|how many|research\w*)\b", re.I
)

# For each intent, the facts and the sections that carry its answers; each pair is a feature of its own.
_WANTED_FACTS = {
    "penalty": ("term", "imprisonment", "money"),
    "date": ("date",),
    "number": ("number",),
    "status": ("status", "date", "negation"),
    "definition": ("definition",),
    "yes-no": ("negation", "offence", "definition"),
    "who": ("person", "holding"),
    "precedent": ("holding", "person"),
    "help": ("contact",),
    "fact": ("requires", "number"),
}
_WANTED_SECTIONS = {
    "penalty": ("penalty", "provision"),
    "date": ("status",),
    "status": ("status",),
    "definition": ("definition", "provision"),
    "precedent": ("holding", "facts", "importance"),
    "help": ("reach",),
    "yes-no": ("synthetic", "limits"),
}


def _pairs(wanted: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(intent, name) for intent, names in wanted.items() for name in names]


NAMES: tuple[str, ...] = (
    "similarity", "lexical", "passage_dense", "passage_lexical", "document_best", "document_names", "similarity_raw",
    "coverage", "coverage_context", "same_jurisdiction", "related_jurisdiction", "other_jurisdiction", "named", "unnamed",
    "cited_section", "cited_text", "conduct", "protects", "protects_other", "conduct_in_text", "conduct_missing",
    "protects_in_text", "year_in_text", "year_of_document", "numbers",
    "case_words", "case_words_law", "law_words_law", "figure_words", "resource", "glance", "words", "short", "place",
    "presence", "presence_best", "presence_local", "presence_local_best",
    "importance", "passage_best", "similarity_last", "lexical_last", "coverage_last",
    *(f"{intent}:{name}" for intent, name in _pairs(_WANTED_FACTS)),
    *(f"{intent}@{name}" for intent, name in _pairs(_WANTED_SECTIONS)),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What features are computed from: the words, the vector and what was understood."""

    text: str
    vector: Matrix
    understood: Understood
    presence: Presence
    last: tuple[Matrix, str] | None = None
    """Vector and words of the newest question alone, where it was completed from earlier ones."""


class FeatureTable:
    """The sentences of an index with all that is known of them before a question."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.documents: list[Document] = list(index.catalogue.documents.values())
        self._row_of = row_of = {document.id: row for row, document in enumerate(self.documents)}
        self.passage_of = np.array([row for row, _ in index.sentences])
        self.document_of_passage = np.array([row_of[passage.document] for passage in index.passages])
        self.document_of = self.document_of_passage[self.passage_of]
        self.traits = Traits.of(
            [(self.documents[doc], index.passages[row], sentence)
             for doc, (row, sentence) in zip(self.document_of, index.sentences, strict=True)]
        )  # fmt: skip
        protects = [read_protects(sentence.text) for _, sentence in index.sentences]
        self._speaks_of = {who: np.array([who in found for found in protects]) for who in ("minors", "adults")}
        vectors = index.store.vectors()
        self._passage_vectors = np.stack([vectors[passage.id] for passage in index.passages])
        self._names = LexicalIndex.build([_name_text(document) for document in self.documents])
        self.likeness = Likeness(index.words, [sentence.text for _, sentence in index.sentences], index.encoder)
        self._first_of = np.flatnonzero(np.diff(self.document_of, prepend=-1))
        self._length_of = np.diff(np.append(self._first_of, len(self.document_of)))
        self._country = np.array([document.country for document in self.documents])
        self._jurisdiction = np.array([document.jurisdiction for document in self.documents])
        self._is_case = np.array([document.kind == "case" for document in self.documents])
        self._is_law = np.array([document.is_law for document in self.documents])
        self._is_resource = np.array([document.kind == "resource" for document in self.documents])
        self._is_figures = np.array([document.kind in {"report", "article"} for document in self.documents])
        self.touches = [_touched(document) for document in self.documents]
        self._protects = np.array([document.protects for document in self.documents])
        self._conduct = np.array([[name in document.conduct for name in CONDUCT] for document in self.documents])
        years = [{value[:4] for value in document.dates.values()} for document in self.documents]
        self._years = {year: np.array([year in own for own in years]) for year in set().union(*years)}
        self._citations: list[list[Citation]] = [read_citations(passage.pinpoint) for passage in index.passages]

    @cached_property
    def idf(self) -> dict[str, float]:
        """The rarity of each content word over the sentences: log(1 + sentences / sentences with it)."""
        counts: dict[str, int] = {}
        for words in self._words:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        total = len(self._words)
        return {word: float(np.log(1 + total / count)) for word, count in counts.items()}

    @cached_property
    def jurisdictions(self) -> frozenset[str]:
        """The codes that have a document of their own, and their countries."""
        return frozenset([*self._jurisdiction.tolist(), *self._country.tolist()])

    def touching(self, code: str) -> NDArray[np.bool_]:
        """Return which documents are of a jurisdiction, of its court, or on a case against it before an international one."""
        return np.array([code in touched for touched in self.touches])

    def rows_of(self, document_id: str) -> Rows:
        """Return the rows of a document's sentences."""
        rows: Rows = np.flatnonzero(self.document_of == self._row_of[document_id])
        return rows

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        return [frozenset(tokens(sentence.text)) for _, sentence in self.index.sentences]

    @cached_property
    def _postings(self) -> dict[str, NDArray[Any]]:
        rows: dict[str, list[int]] = {}
        for row, words in enumerate(self._words):
            for word in words:
                rows.setdefault(word, []).append(row)
        return {word: np.array(found) for word, found in rows.items()}

    def compute(self, question: Asked) -> Matrix:
        """Return the features of every sentence, shape (sentences, len(NAMES))."""
        index, understood = self.index, question.understood
        columns: dict[str, NDArray[Any]] = {}
        similarity = index.sentence_vectors @ question.vector
        lexical = index.sentence_lexical.scores(question.text)
        passage_dense, passage_lexical = self._passages(question)
        of, doc = self.passage_of, self.document_of
        fused = 0.6 * passage_dense + 0.4 * passage_lexical
        best = np.full(len(self.documents), -3.0, dtype=np.float32)
        np.maximum.at(best, self.document_of_passage, fused)
        columns["similarity"] = _standard(similarity)
        columns["similarity_raw"] = similarity
        columns["lexical"] = _scaled(lexical)
        columns["passage_dense"] = passage_dense[of]
        columns["passage_lexical"] = passage_lexical[of]
        columns["document_best"] = (best - best.max())[doc]
        columns["passage_best"] = (fused - fused.max())[of]
        columns["document_names"] = _scaled(self._names.scores(question.text))[doc]
        columns["coverage"], columns["coverage_context"] = self._coverage(question.text)
        columns |= self._newest(question, columns)
        columns |= self._relations(understood)
        columns |= self._kinds(question.text)
        columns |= self._citation_columns(understood)
        columns["numbers"] = self._numbers(question.text)
        columns |= self._presence(question.presence)
        columns["protects_in_text"] = np.zeros(len(doc))
        if len(understood.protects) == 1:
            columns["protects_in_text"] = self._speaks_of[understood.protects[0]]
        traits = self.traits
        columns["glance"] = traits.sections["glance"]
        columns["importance"] = traits.sections["importance"]
        columns["words"] = np.minimum(traits.words, 60) / 30
        columns["short"] = traits.words < 9
        columns["place"] = np.minimum(traits.place, 5) / 5
        for intent, name in _pairs(_WANTED_FACTS):
            columns[f"{intent}:{name}"] = traits.facts[name] * (understood.intent == intent)
        for intent, name in _pairs(_WANTED_SECTIONS):
            columns[f"{intent}@{name}"] = traits.sections[name] * (understood.intent == intent)
        return np.stack([np.asarray(columns[name], dtype=np.float32) for name in NAMES], axis=1)

    def _newest(self, question: Asked, columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Return how sentences fit the newest question alone; the same as the whole where it leans on no other."""
        if not question.last:
            return {f"{name}_last": columns[name] for name in ("similarity", "lexical", "coverage")}
        vector, text = question.last
        return {
            "similarity_last": _standard(self.index.sentence_vectors @ vector),
            "lexical_last": _scaled(self.index.sentence_lexical.scores(text)),
            "coverage_last": self._coverage(text)[0],
        }

    def _passages(self, question: Asked) -> tuple[Matrix, Matrix]:
        dense = self._passage_vectors @ question.vector
        return _standard(dense), _scaled(self.index.lexical.scores(question.text))

    def _coverage(self, text: str) -> tuple[Matrix, Matrix]:
        """Return the share of the question's words, weighted by rarity, in the sentence and in its passage."""
        asked = [word for word in dict.fromkeys(tokens(text)) if word in self.idf]
        count = len(self.passage_of)
        if not asked:
            return np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
        total = sum(self.idf[word] for word in asked)
        sentence = np.zeros(count, dtype=np.float32)
        passage = np.zeros(count, dtype=np.float32)
        for word in asked:
            rows = self._postings[word]
            sentence[rows] += self.idf[word]
            holds = np.zeros(len(self.index.passages), dtype=bool)
            holds[self.passage_of[rows]] = True
            passage[holds[self.passage_of]] += self.idf[word]
        return sentence / total, passage / total

    def _presence(self, presence: Presence) -> dict[str, Matrix]:
        """Return how much of the question a sentence has in the same or like words, also beside the best of its document.

        The local figures count what tells the sentences of one document apart: its subject, which all of them name,
        counts little there, the asked detail much.
        """
        total = presence.rarity.sum() or 1.0
        whole = presence.in_sentence @ presence.rarity / total
        common = np.add.reduceat(presence.in_sentence, self._first_of, axis=0) / self._length_of[:, np.newaxis]
        weight = presence.rarity * (1 - common)
        totals = np.maximum(weight.sum(axis=1), 1e-6)
        spread = np.repeat(weight / totals[:, np.newaxis], self._length_of, axis=0)
        local = np.einsum("sw,sw->s", presence.in_sentence, spread)
        return {
            "presence": whole,
            "presence_best": whole - self.best_of_document(whole),
            "presence_local": local,
            "presence_local_best": local - self.best_of_document(local),
        }

    def best_of_document(self, scores: Matrix) -> Matrix:
        """Return for each sentence the best score of any sentence of its document."""
        best: Matrix = np.repeat(np.maximum.reduceat(scores, self._first_of), self._length_of)
        return best

    def _numbers(self, text: str) -> Matrix:
        """Return the share of the question's numbers (years aside) that the sentence has."""
        asked = {word for word in tokens(text) if word[0].isdigit() and not re.fullmatch(r"(?:19|20)\d\d", word)}
        found = np.zeros(len(self.passage_of), dtype=np.float32)
        for word in asked & self._postings.keys():
            found[self._postings[word]] += 1
        return (found / max(len(asked), 1)).astype(np.float32)

    def _relations(self, understood: Understood) -> dict[str, NDArray[Any]]:
        """Return how each document's place, names, conduct, persons and years fit those of the question."""
        doc = self.document_of
        same = np.zeros(len(self.documents), dtype=np.float32)
        related = np.zeros(len(self.documents), dtype=np.float32)
        for code in understood.jurisdictions:
            same = np.maximum(same, self._jurisdiction == code)
            parents = {code.split("-")[0], *gazetteer()[code].member_of} if code in gazetteer() else {code}
            kin = np.isin(self._jurisdiction, list(parents)) | (self._country == code) | self.touching(code)
            related = np.maximum(related, kin)
        related = np.where(same > 0, 0, related)
        other = ((same + related) == 0) & bool(understood.jurisdictions)
        named = np.zeros(len(self.documents), dtype=np.float32)
        named[[self._row_of[name] for name in understood.documents]] = 1
        asked_conduct = [CONDUCT.index(name) for name in understood.conduct]
        conduct = self._conduct[:, asked_conduct].sum(axis=1) / max(len(asked_conduct), 1)
        # What a tool, a platform or a definition is about shows in most sentences; acts tell sentences apart.
        acts = [CONDUCT.index(name) for name in understood.conduct if name in ACTS]
        spoken = self.traits.conduct[:, acts].sum(axis=1) / max(len(acts), 1)
        fits = np.isin(self._protects, [*understood.protects, "any"])
        years = {date[:4] for date in understood.dates}
        year_of = np.zeros(len(self.documents), dtype=bool)
        for year in years:
            year_of |= self._years.get(year, False)
        year_in = np.zeros(len(doc), dtype=bool)
        for year in years:
            if year in self._postings:
                year_in[self._postings[year]] = True
        asked = bool(understood.protects)
        return {
            "same_jurisdiction": same[doc],
            "related_jurisdiction": related[doc],
            "other_jurisdiction": other[doc],
            "named": named[doc],
            "unnamed": ((named == 0) & bool(understood.documents))[doc],
            "conduct": conduct[doc],
            "conduct_in_text": spoken,
            "conduct_missing": (spoken == 0) & bool(acts),
            "protects": (fits & asked)[doc],
            "protects_other": (~fits & asked)[doc],
            "year_in_text": year_in,
            "year_of_document": year_of[doc],
        }

    def _kinds(self, text: str) -> dict[str, NDArray[Any]]:
        doc = self.document_of
        case, law = speaks_of_cases(text), bool(_LAW_WORDS.search(text))
        return {
            "case_words": self._is_case[doc] * case,
            "case_words_law": self._is_law[doc] * case,
            "law_words_law": self._is_law[doc] * law,
            "figure_words": self._is_figures[doc] * bool(_FIGURE_WORDS.search(text)),
            "resource": self._is_resource[doc],
        }

    def _citation_columns(self, understood: Understood) -> dict[str, NDArray[Any]]:
        """Return whether the sentence stands under, or names, a provision that the question cites."""
        cited = [citation for typed in understood.citations for citation in read_citations(typed)]
        under = np.zeros(len(self.index.passages), dtype=np.float32)
        for row, pinpoints in enumerate(self._citations):
            for asked in cited:
                for pinpoint in pinpoints:
                    if pinpoint.number == asked.number:
                        exact = bool(asked.parts) and pinpoint.parts.startswith(asked.parts)
                        under[row] = max(under[row], 1.0 if exact else 0.5)
        text = np.zeros(len(self.passage_of), dtype=np.float32)
        for asked in cited:
            for word in {f"{asked.number}{asked.parts}", asked.number} & self._postings.keys():
                text[self._postings[word]] = 1
        return {"cited_section": under[self.passage_of], "cited_text": text}


def speaks_of_cases(text: str) -> bool:
    """Whether a text is about a court, a person charged or a decision."""
    return bool(_CASE_WORDS.search(text))


def _touched(document: Document) -> frozenset[str]:
    named = [document.court or ""]
    if document.jurisdiction in {"INT", "EU"}:
        named += [document.parties or "", *document.names]
    return frozenset({document.jurisdiction, document.country, *read_places(" ; ".join(named), None)})


def _name_text(document: Document) -> str:
    parts = (*document.names, document.parties or "", document.court or "", gazetteer()[document.jurisdiction].name)
    return ". ".join(parts)


def _standard(scores: Matrix) -> Matrix:
    spread = float(scores.std())
    return ((scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)).astype(np.float32)


def _scaled(scores: Matrix) -> Matrix:
    """Return scores as shares of the best one: BM25 has no fixed scale, and most of its scores are zero."""
    best = float(scores.max(initial=0.0))
    return (scores / best if best > 0 else np.zeros_like(scores)).astype(np.float32)
