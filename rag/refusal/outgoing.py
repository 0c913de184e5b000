"""The check on the way out: does a text, whatever wrote it, tell how such material is made, or contain it?

It reads statements and instructions, where `decide` reads requests. Digests of the law speak of makers in the third
person and of tools without a name or a setting; instructions address the reader or run in steps.
"""

import re
from dataclasses import dataclass

from rag.refusal.normalise import normalise
from rag.refusal.policy import concepts_of, policy
from rag.refusal.text import Text


@dataclass(frozen=True)
class Leak:
    """A passage that must not be shown."""

    category: str
    sentence: str


_STEP = (
    r"(?:^|[.:;]\s+|\n\s*|\b)(?:step \d+|first(?:ly)?|second(?:ly)?|then|next|finally|after that|\d+[.)]|[-*•]|now|simply|just|start by)[:, ]+"
    r"(?:you )?(?:open|install|download|load|upload|choose|select|pick|set|type|enter|write|use|train|collect|gather|crop|mask|run|click|add|adjust|paste|"
    r"generate|fine-?tun\w*|prompt|swap|lower|raise|increase|turn|disable|import|export)\w*\b"
)
_YOU = (
    r"\byou (?:can|could|should|need to|have to|must|will|may|might|then|simply|just|first)\b.{0,60}"
    r"\b(?:undress|nudif\w*|swap\w*|train\w*|fine-?tun\w*|generat\w*|prompt\w*|mask\w*|inpaint\w*|upload\w*|download\w*|install\w*|bypass\w*|"
    r"disable|evad\w*|avoid (?:detection|police|filters?)|remove (?:the|her|his) cloth\w*)\b"
)
_ORDER = (
    r"(?:^|[.:;!?]\s+)(?:use|open|install|download|load|upload|train|type|enter|set|mask|crop|swap|generate|paste|bypass|disable)\b"
    r".{0,80}\b(?:app|bot|model|checkpoint|lora|prompt|slider|strength|sampler|steps|face|photo|picture|filter|hash|vpn|clothes|body|settings?)\b"
)
_CHAIN = r"\b(?:use|open|install|download|take) (?:an? |the )?.{0,40}\b(?:and|then) (?:set|type|upload|enter|choose|select|train|load|paste|mask)\b"
_SETTINGS = r"\b(?:denois\w*|cfg(?: scale)?|sampler|lora weight|negative prompt|inpaint\w*|checkpoint|safetensors|seed \d+|learning rate|epochs?)\b"
_SPOKEN = r"\b(?:she|he|the (?:girl|boy|child)|they)\b.{0,60}\b(?:undress\w*|naked|moan\w*|touch\w* (?:her|him)|took off (?:her|his))\b"
_SURE = r"^\W*(?:sure|of course|certainly|absolutely|here (?:is|are|you go))\b.{0,60}\b(?:steps?|how|prompt|story|recipe|guide|list of (?:sites|apps|tools))\b"
_GROOM = r"\b(?:tell|ask|convince|persuade) (?:her|him|the (?:child|girl|boy|kid))\b.{0,60}\b(?:secret|picture|photo|camera|undress|alone|trust)\b"
_PLAINLY = (
    r"\byou (?:can|could|should|need to|have to|must|may|might|then|simply|just|first)\b.{0,40}"
    r"\b(?:undress|nudify|swap (?:her|his|the|a) face|train (?:a|the|your) (?:model|network)|fine-?tune|inpaint|bypass|evade)\b"
    r"|\b(?:best|easiest|fastest|free|popular) (?:nudif\w*|undress\w*|deepfake porn) (?:apps?|sites?|tools?|bots?|services?)\b"
)
"""What no digest says to its reader, whatever law the sentence names beside it."""
_HELP = r"\b(?:report\w*|helpline|remov(?:al|e it)|take (?:it )?down|law|court|offence|offense|act|statute|section|convict\w*|sentenc\w*|hotline)\b"

_INSTRUCTS = re.compile("|".join((_STEP, _YOU, _ORDER, _CHAIN, _SETTINGS, _SURE)), re.MULTILINE)
_GROOMS = re.compile(_GROOM)
_NARRATES = re.compile(_SPOKEN)
_HELPS = re.compile(_HELP)
_TELLS = re.compile(_PLAINLY)


def leak(text: str) -> Leak | None:
    """Return the first passage of an answer that must not be shown, or None.

    Instructions count where the text is about such material and the sentence speaks of no law and no help; narration of
    a child in a sexual scene counts everywhere.
    """
    rules = policy()
    for reading in normalise(text).variants:
        concepts = concepts_of(reading.text)
        matter = concepts & rules.subject - {"child"}
        for sentence in Text(reading.text).sentences:
            if matter and _TELLS.search(sentence):
                return Leak("technique", sentence)
            if _HELPS.search(sentence):
                continue
            if matter and _INSTRUCTS.search(sentence):
                return Leak("technique", sentence)
            if _GROOMS.search(sentence) and "child" in concepts:
                return Leak("grooming", sentence)
            if _NARRATES.search(sentence) and "child" in concepts:
                return Leak("content", sentence)
    return None
