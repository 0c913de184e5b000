"""What can be said of each sentence of the corpus before any question: the kinds of fact it carries, where it stands."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Sentence
from corpus.vocabulary import CONDUCT
from rag.passages import Passage
from rag.understand.kinds import read_conduct

_NUMBER_WORD = (
    r"(?:\d[\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|eighteen|twenty|"
    r"thirty|forty)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"

FACTS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "term": rf"\b{_NUMBER_WORD}(?: and (?:a half|six))?[ -](?:years?|months?|days?)\b|\blife (?:imprisonment|sentence)|\bfor life\b",
        "imprisonment": r"\b(?:imprison\w*|prison|custod\w+|jail|detention|penal servitude|suspended|community order|probation|sentenced)\b",
        "money": r"(?:[$€£¥₩]\s?\d|\b\d[\d,.]* ?(?:million |billion )?(?:dollars|euros?|pounds|won|yen|baht|pesos|reais|rand|francs|rupees|dirhams|ringgit)\b"
        r"|\bfined?\b|\bunlimited fine\b|\bpenalty units\b)",
        "date": rf"\b(?:\d{{1,2}} )?{_MONTH} (?:19|20)\d\d\b|\bsince (?:19|20)\d\d\b|\bin (?:19|20)\d\d\b",
        "number": r"(?<![\w§.])\d[\d,]*(?:\.\d+)?(?: per cent| percent|%)?(?![\w.]*\d)",
        "status": r"\b(?:in force|entered into force|came into force|took effect|takes effect|commence[sd]?|commencement|pending|enacted|signed|"
        r"passed|adopted|approved|not yet|repealed|struck down|lapsed|expired|expires|vetoed|introduced|committee|royal assent|final|appeal\w*|"
        r"upheld|affirmed|reversed|unconstitutional|could not be confirmed|was not found|no \w+ was found)\b",
        "definition": r"\b(?:defines?|defined|means?|meaning|definition|includes?|covers?|refers? to|counts? as|is understood|treats?|considered)\b",
        "holding": r"\b(?:held|ruled|decided|found|concluded|dismissed|convicted|acquitted|upheld|reversed|rejected|overturned|affirmed|"
        r"ordered|sentenced|pleaded guilty)\b",
        "negation": r"\b(?:not|no|never|nor|neither|without|excludes?|only|nothing)\b",
        "contact": r"(?:\b(?:call(?:ed|s|ers)?|telephone|phone|chat|e-?mail|reach\w*|toll|report\w* (?:at|through|on))\b|\b\d{3}[- ]\d{3}[- ]\d{4}\b|\b0800\b)",
        "person": r"\b(?:man|woman|defendant|teacher|student|boy|girl|judge|justice|president|minister|commissioner|prosecutors?|court|police|agency|"
        r"company)\b",
        "reported": r"\b(?:report(?:ed|s)|according to|unconfirmed|could not be confirmed|was not found)\b",
        "exception": r"\b(?:exempt\w*|except\w*|defen[cs]es?|excuse|does not apply|outside|limit\w*)\b",
        "requires": r"\b(?:requires?|must|shall|dut(?:y|ies)|oblig\w+|within \d+)\b",
        "offence": r"\b(?:offences?|offenses?|crimes?|criminal\w*|punish\w*|prohibit\w*|makes? it|felony|misdemeanou?r|illegal|unlawful)\b",
    }.items()
}

SECTIONS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "glance": r"^at a glance$",
        "penalty": r"penalt|sentence|punish|fine",
        "status": r"status|dates|commence|force|appeal|outcome|procedure|history",
        "holding": r"holding|decision|ruling|reason|finding|judgment|outcome|result",
        "facts": r"\bfacts|background|charge|allegation",
        "definition": r"defin|meaning|scope|what it covers",
        "synthetic": r"AI|artificial|synthetic|deepfake|generated|computer",
        "importance": r"why it matters|matters|significance|legal weight|relation",
        "reach": r"how to reach|contact|reach it",
        "limits": r"limit|defen|exception|confidential",
        "provision": r"§|section|article|art\.|paragraph|clause|s\. ",
    }.items()
}


@dataclass(frozen=True)
class Traits:
    """Boolean columns over all sentences: `facts[name]` and `sections[name]`; and plain numbers of each sentence."""

    facts: dict[str, NDArray[np.bool_]]
    sections: dict[str, NDArray[np.bool_]]
    conduct: NDArray[np.bool_]
    """Which conduct the sentence speaks of; columns in the order of the vocabulary."""
    words: NDArray[np.float32]
    """Length in words."""
    place: NDArray[np.float32]
    """Place within its section, 0 for the first sentence."""

    @classmethod
    def of(cls, sentences: list[tuple[Document, Passage, Sentence]]) -> "Traits":
        """Read the traits of sentences in their order."""
        texts = [sentence.text for _, _, sentence in sentences]
        headings = [passage.heading for _, passage, _ in sentences]
        distinct = {
            heading: {name: bool(p.search(heading)) for name, p in SECTIONS.items()} for heading in set(headings)
        }
        place: list[int] = []
        last: tuple[str, str] | None = None
        for _, passage, _ in sentences:
            here = (passage.document, passage.heading)
            place.append(place[-1] + 1 if here == last else 0)
            last = here
        return cls(
            facts={name: np.array([bool(p.search(text)) for text in texts]) for name, p in FACTS.items()},
            sections={name: np.array([distinct[heading][name] for heading in headings]) for name in SECTIONS},
            conduct=np.array([[name in found for name in CONDUCT] for found in map(read_conduct, texts)]),
            words=np.array([len(text.split()) for text in texts], dtype=np.float32),
            place=np.array(place, dtype=np.float32),
        )
