"""What a question asks for and the evidence does not hold: a count, a name, a sum, a term, a year, a later event.

A near miss is the hardest question to decline: the law or the case is known, all its words are there, and only the
asked detail is not. Each gap here is a sign of one; `rag/confidence.py` learns what each is worth.
"""

import re
from collections.abc import Iterable, Sequence

from rag.lexical import plain_words

_COUNTED = re.compile(r"\b(?:how many|number of|names? of|(?:final |exact )?vote count)\b((?:\s+[\w-]+){0,4})", re.I)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several"
    r"|dozens?|hundreds?|thousands?|millions?)\b",
    re.I,
)
_MONEY = re.compile(
    r"\b(?:how much|fine[sd]?|damages|amount|money|bail|costs?|charge per|euros?|francs?|dollars?|pounds?"
    r"|compensation)\b",
    re.I,
)
_SUM = re.compile(
    r"[$€£¥₩]|\b(?:EUR|USD|GBP|fine|fined|dollars?|euros?|pounds?|won|yen|reais|pesos|francs?|million)\b", re.I
)
_WHO = re.compile(
    r"\bwho\b|\bwhose\b|\bnames?\b|\b(?:which|what) (?:judges?|party|political party|minister|compan\w+|experts?"
    r"|expert witnesses|members?|lawyer|prosecutor)\b",
    re.I,
)
_NAME = re.compile(
    r"(?:Judges?|Justices?|Senators?|Ministers?|President|Lord|Lady|Mr|Ms|Dr) [A-Z]\w+"
    r"|(?<=[a-z,] )(?:[A-Z][\w'’-]+ ){1,3}[A-Z][\w'’-]+"
)
_LOWEST = re.compile(r"\b(?:minimum|lowest|least)\b", re.I)
_LOW = re.compile(
    r"\b(?:minimum|at least|no less|not less|from \w+ (?:to|months|years)|between|one to|two to"
    r"|(?<!up )to \w+ years)\b",
    re.I,
)
_HIGHEST = re.compile(r"\b(?:max(?:imum)?|highest|longest|top|at most|how long|how many years|what sentence)\b", re.I)
_TERM = re.compile(r"\b(?:years?|months?|days|weeks|life)\b", re.I)
_JUDGE = re.compile(r"\b(?:judges?|justices?|magistrates?|bench)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LATER = re.compile(
    r"\b(?:so far|since it|to date|until now|first (?:month|year|three months)|afterwards?|in the end|appeal\w*|uphold"
    r"|upheld|reduced?|actually|final(?:ly)?)\b",
    re.I,
)
_PROPER = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'’-]{2,}")

GAPS: tuple[str, ...] = (
    "asks_count", "no_count", "no_count_near", "asks_money", "no_money", "asks_name", "no_name", "no_judge",
    "no_minimum", "no_term", "year_missing", "year_missing_near", "asks_later", "later_missing", "proper_missing",
    "proper_missing_near",
)  # fmt: skip


def gaps(question: str, near: Sequence[str], document: Sequence[str], names: Iterable[str]) -> dict[str, float]:
    """Return each gap as 0 or 1; those of names as a count.

    Args:
        question: as searched.
        near: the best sentences, best first.
        document: all sentences of the best sentence's document.
        names: what the documents of the best sentences are called.
    """
    first = near[:3]
    counted = _COUNTED.search(question)
    heads = plain_words(counted[1])[:3] if counted else []
    later = [match[0].casefold()[:6] for match in _LATER.finditer(question)]
    years = set(_YEAR.findall(question))
    proper = [re.sub(r"['’]s$", "", name).casefold() for name in _PROPER.findall(question)]
    called = " ".join(names).casefold()
    close = " ".join(near).casefold() + " " + called
    whole = " ".join(document).casefold() + " " + called
    who = bool(_WHO.search(question))
    money = bool(_MONEY.search(question))
    return {
        "asks_count": bool(counted),
        "no_count": bool(counted) and not _counts(document, heads),
        "no_count_near": bool(counted) and not _counts(near, heads),
        "asks_money": money,
        "no_money": money and not any(_SUM.search(text) for text in near),
        "asks_name": who,
        "no_name": who and not any(_names_anew(text, question) for text in first),
        "no_judge": who and bool(_JUDGE.search(question)) and not any(_JUDGE.search(text) for text in near),
        "no_minimum": bool(_LOWEST.search(question)) and not any(_LOW.search(text) for text in first),
        "no_term": bool(_HIGHEST.search(question)) and not any(_TERM.search(text) for text in first),
        "year_missing": bool(years) and not any(year in whole for year in years),
        "year_missing_near": bool(years) and not any(year in close for year in years),
        "asks_later": bool(later),
        "later_missing": bool(later) and not any(stem in close for stem in later),
        "proper_missing": sum(name not in whole for name in proper),
        "proper_missing_near": sum(name not in close for name in proper),
    }


def _counts(texts: Sequence[str], heads: list[str]) -> bool:
    """Whether a number stands shortly before what is counted."""
    for text in texts:
        words = re.findall(r"[\w,.%-]+", text.casefold())
        for place, word in enumerate(words):
            if _NUMBER.match(word) and not _YEAR.fullmatch(word):
                after = words[place + 1 : place + 7]
                if any(other.startswith(head[:5]) for other in after for head in heads):
                    return True
    return False


def _names_anew(text: str, question: str) -> bool:
    """Whether a sentence names somebody whom the question does not."""
    said = question.casefold()
    return any(not all(part.casefold() in said for part in name.split()) for name in _NAME.findall(text))
