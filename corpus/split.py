"""Split legal prose into sentences.

nupunkt (a Punkt tokeniser trained on legal text, Bommarito et al. 2025, arXiv:2504.04131) finds the boundaries.
Three kinds of slip that it makes on this corpus are mended here, each for a stated reason.
"""

import re
from itertools import pairwise

from nupunkt import sent_spans

_LOWER_NAME = r"(?:eSafety|xAI)\b"

# CASE 1, a boundary that is none: before a small letter that starts no name ("K.U. | v. Finland", "X.AI Corp. | is"),
# or after an abbreviation that a number always follows ("G.S.R. | 120(E)", "Arts. | 2(5) and 11").
_CONTINUES = re.compile(rf"(?!{_LOWER_NAME})[a-z]")
_UNFINISHED = re.compile(r"\b(?:G\.S\.R|Arts|Secs|Rs|BGBl|BGHSt)\.\s+\Z")

# CASE 2, a boundary that was missed: a word, a full stop and a capital ("the Criminal Code. | Bill C-291").
# Abbreviations that legal prose writes before a capitalised name are no such words.
_MISSED = re.compile(r"(?<![A-Za-z])([A-Za-z]*[a-z]{2}[.?!])[\"”’)]*\s+(?=[A-Z“\"])")
_ABBREVIATION = re.compile(
    r"(?:vs|arts?|secs?|ss|nos|paras?|pts?|ch|cl|cf|eg|ie|al|seq|ff|approx|regs?|eds?|vol|pp|st|app|ex|rel|esp|incl"
    r"|Pub|Rev|Fed|Crim|Civ|Cir|Supp|Stat|Cal|Wash|Wis|Mass|Prof|Mrs|Hon|Gov|Sen|Rep|Gen)[.]"
)

# CASE 3, a boundary that a name hides: one that starts with a small letter ("May 2026. | eSafety also"), and "X".
_BEFORE_LOWER_NAME = re.compile(rf"(?<=[a-z0-9)]{{2}})\.\s+(?={_LOWER_NAME})")
_AFTER_PLATFORM_X = re.compile(r"(?<=\bX)\.\s+(?=(?:The|A|An|In|On|For|Two|It|This|Agence)\b)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of the sentences of one paragraph, without the white space between them."""
    boundaries: list[int] = []
    for start, _ in sent_spans(text):
        if start and not _CONTINUES.match(text, start):
            boundaries.append(start)
    for match in _MISSED.finditer(text):
        if not _ABBREVIATION.fullmatch(match[1]):
            boundaries.append(match.end())
    for pattern in (_BEFORE_LOWER_NAME, _AFTER_PLATFORM_X):
        boundaries += [match.end() for match in pattern.finditer(text)]
    ends = {end for end in boundaries if not _UNFINISHED.search(text, max(0, end - 12), end)}
    edges = [0, *sorted(ends), len(text)]
    spans = []
    for left, right in pairwise(edges):
        piece = text[left:right]
        if piece.strip():
            start = left + len(piece) - len(piece.lstrip())
            spans.append((start, left + len(piece.rstrip())))
    return spans
