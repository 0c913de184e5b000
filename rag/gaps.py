"""What a question asks for and the evidence does not hold: a count, a name, a sum, a term, a year, a later event.

A near miss is the hardest question to decline: the law or the case is known, all its words are there, and only the
asked detail is not. Each gap here is a sign of one; `rag/confidence.py` learns what each is worth.
"""

import re
from collections.abc import Iterable, Sequence

from rag.lexical import plain_words

_LONGER = 3
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third)\b", re.IGNORECASE
)
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
_AGE = re.compile(r"\bhow old\b|\b(?:what|which) age\b|\bage of (?:the|his|her)\b", re.IGNORECASE)
_AGED = re.compile(r"\b\d{1,2}[- ]year[- ]old|\baged? \d|\bin (?:his|her|their) \d0s|\byears? old\b", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:limitation|time[- ]?barred?|time limit|too late)\b", re.IGNORECASE)
_LIMITATION = re.compile(r"\blimitation|\btime[- ]?(?:barr|limit)|\bwithin \w+ (?:days|months|years)", re.IGNORECASE)
_MOST = re.compile(r"\b(?:max(?:imum)?|highest|upper limit|at most|top|how much|how big|how high)\b", re.IGNORECASE)
_FINE = re.compile(r"\b(?:fine[sd]?|damages|compensation|restitution|costs?)\b", re.IGNORECASE)
_UPPER = re.compile(
    r"\b(?:up to|maximum|at most|not exceed\w*|no more than|limit of|to (?:\d|EUR|USD))\b", re.IGNORECASE
)
_DISSENT = re.compile(r"\bdissent\w*\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\bhow (?:many|much|often|long|old|big|large|high|far|soon|fast)\b|\b(?:number|percentage|share|total|count)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![\w§.])\d[\d,.]*")
_KIND_OF = re.compile(
    r"\b(?:which|what)\s+(?:[a-z-]+\s+){0,2}?(judges?|courts?|lawyers?|firms?|compan(?:y|ies)|university|schools?|city|town"
    r"|ministers?|senators?|deput(?:y|ies)|members?|mp|part(?:y|ies)|experts?|websites?|apps?|software|platforms?|banks?"
    r"|newspaper|organi[sz]ation|charity|agency|police|countr(?:y|ies)|states?|languages?|grade|occupation|job|profession"
    r"|subject|month|day|year|date|percentage|share|section|article|words?|province|region)\b",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'’-]{2,}")

GAPS: tuple[str, ...] = (
    "asks_count", "no_count", "no_count_near", "asks_money", "no_money", "asks_name", "no_name", "no_judge",
    "no_minimum", "no_term", "year_missing", "year_missing_near", "asks_later", "later_missing", "proper_missing",
    "proper_missing_near", "no_age", "no_limitation", "no_maximum", "asks_dissent", "asks_figure", "no_figure",
    "asks_kind", "no_kind", "no_kind_near", "stems_first", "stems_best",
)  # fmt: skip


def gaps(question: str, near: Sequence[str], document: Sequence[str], names: Iterable[str]) -> dict[str, float]:
    """Return each gap as 0 or 1; those of names as a count, those of stems as a share.

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
    kind = _KIND_OF.search(question)
    sought = _stems(kind[1]) if kind else frozenset[str]()
    asked = _stems(question) - _stems(called)
    shares = [len(asked & _stems(text)) / max(len(asked), 1) for text in near]
    fitting = near[shares.index(max(shares))] if near else ""
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
        "no_age": bool(_AGE.search(question)) and not any(_AGED.search(text) for text in near),
        "no_limitation": bool(_LIMITED.search(question)) and not any(_LIMITATION.search(text) for text in near),
        "no_maximum": bool(_FINE.search(question) and _MOST.search(question))
        and not any(_UPPER.search(text) for text in first),
        "asks_dissent": bool(_DISSENT.search(question)),
        "asks_figure": bool(_FIGURE.search(question)),
        "no_figure": bool(_FIGURE.search(question)) and not _figure_anew(fitting, question),
        "asks_kind": bool(kind),
        "no_kind": bool(sought) and not sought & _stems(" ".join(document)),
        "no_kind_near": bool(sought) and not sought & _stems(" ".join(first)),
        "stems_first": shares[0] if shares else 0.0,
        "stems_best": max((len(asked & _stems(text)) / max(len(asked), 1) for text in document), default=0.0),
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


def _stems(text: str) -> frozenset[str]:
    """Return the first five letters of the longer words."""
    return frozenset(word[:5] for word in re.findall(r"[a-z]+", text.casefold()) if len(word) > _LONGER)


def _figure_anew(text: str, question: str) -> bool:
    """Whether a sentence has a figure, years aside, that the question does not have."""
    figures = set(_VALUE.findall(_YEAR.sub("", text))) - set(_VALUE.findall(question))
    return bool(figures) or bool(_NUMBER_WORD.search(text))


def _names_anew(text: str, question: str) -> bool:
    """Whether a sentence names somebody whom the question does not."""
    said = question.casefold()
    return any(not all(part.casefold() in said for part in name.split()) for name in _NAME.findall(text))
