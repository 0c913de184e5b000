"""Take a comparison apart: one question for each law, case or jurisdiction that is compared."""

from dataclasses import dataclass

from rag.model import Understood
from rag.understand.names import Named
from rag.understand.places import read_places
from rag.understand.text import words


@dataclass(frozen=True)
class Subject:
    """One of the things compared: the documents that it names, or a jurisdiction, and the words that stand for it."""

    documents: tuple[str, ...] = ()
    jurisdiction: str = ""
    span: tuple[int, int] = (0, 0)


MAX_SUBJECTS = 6


def subjects_of(understood: Understood, named: list[Named], country_of: dict[str, str]) -> list[Subject]:
    """Return what a question compares, or an empty list where it speaks of one thing."""
    found: list[Subject] = []
    covered: set[str] = set()
    for name in named:
        documents = tuple(sorted(name.documents))
        if not any(set(documents) & set(other.documents) for other in found):
            found.append(Subject(documents, span=(name.start, name.end)))
            covered |= {country_of[document] for document in documents}
    codes = list(understood.jurisdictions)
    if len(found) == 1 and len({code.split("-")[0] for code in codes} - covered) > 1:
        # "How did Italy and Spain use the GDPR?" names its topic; what it compares are the countries.
        found, covered = [], set()
    if {"GB", "GB-SCT", "GB-NIR"} <= set(codes) and not _names_scotland(understood.question):
        codes = [code for code in codes if code not in {"GB-SCT", "GB-NIR"}]
    # A country gives way to its states, but GB is the law of England and Wales beside that of Scotland.
    codes = [code for code in codes if code == "GB" or not any(other.startswith(code + "-") for other in codes)]
    found += [Subject(jurisdiction=code) for code in codes if code.split("-")[0] not in covered]
    return found[:MAX_SUBJECTS] if len(found) > 1 else []


def _names_scotland(text: str) -> bool:
    """Whether Scotland is named by itself, not as a part of "the UK"."""
    return any(read_places(word.written, None) == ["GB-SCT"] for word in words(text))


def question_about(understood: Understood, subject: Subject, others: list[Subject]) -> Understood:
    """Return the question as if it were asked of one subject alone: the words for the others are left out."""
    text = understood.question
    hidden = [other.span for other in others if other.span[1]]
    for word in reversed(words(text)):
        codes = read_places(word.written, None) if not subject.documents or not subject.span[1] else []
        elsewhere = bool(codes) and subject.jurisdiction not in codes
        if elsewhere or any(start <= word.start < end for start, end in hidden):
            text = text[: word.start] + text[word.end :]
    return understood.model_copy(
        update={
            "question": " ".join(text.split()),
            "jurisdictions": (subject.jurisdiction,) if subject.jurisdiction else (),
            "documents": subject.documents,
            "comparison": False,
        }
    )
