"""The words of a refusal: two calm sentences, what can be asked instead, nothing of the request and no lecture."""

from rag.refusal.decision import Decision
from rag.refusal.languages import languages

INSTEAD = {
    "technique": "what the law says about making, owning or offering such material and tools, or what courts have decided",
    "content": "how the law defines and grades such material, or what courts have decided",
    "access": "what the law says about viewing, possessing and sharing such material, or where it can be reported",
    "evasion": "which duties platforms have, how evidence is treated, or what the law says about obstruction",
    "grooming": "how the law defines and punishes grooming and extortion, or where a child can get help",
    "injection": "about laws, court decisions, policies and help services on AI-generated sexual abuse",
}
DECLINED = {
    "technique": "Pincite does not explain how such material is made.",
    "content": "Pincite does not write, show or describe such material.",
    "access": "Pincite does not help to find such material.",
    "evasion": "Pincite does not help to avoid detection, removal or investigation.",
    "grooming": "Pincite does not help to approach or put pressure on anyone.",
    "injection": "Pincite keeps to its rules, whoever asks and however it is put.",
}
STOP_IT_NOW = "0808 1000 900 (United Kingdom), 1-888-773-8368 (United States)"
"""Contact details as the corpus document `gb-stop-it-now` gives them; a test holds the two together."""
OWN_THOUGHTS = "If you are worried about your own thoughts or behaviour, a confidential service such as Stop It Now can help: {contact}."


def refusal_text(decision: Decision) -> str:
    """Return what a person reads in place of an answer, in their language where Pincite has lines for it."""
    if decision.language in languages():
        text = languages()[decision.language].lines["refusal"]
    else:
        text = f"{DECLINED[decision.category]} You can ask {INSTEAD[decision.category]}."
    if decision.category in ("content", "access"):
        text = f"{text}\n\n{own_thoughts_text(decision.language)}"
    return text


def own_thoughts_text(language: str = "en") -> str:
    """Return the line for somebody who is worried about their own thoughts or behaviour."""
    line = languages()[language].lines["own_thoughts"] if language in languages() else OWN_THOUGHTS
    return line.format(contact=STOP_IT_NOW)


def line(language: str, name: str) -> str:
    """Return a fixed line (`lawful`, `support`, `crisis`, …) of one of the twelve languages.

    Raises:
        KeyError: there is no such language or line; English lines are composed elsewhere.
    """
    return languages()[language].lines[name]
