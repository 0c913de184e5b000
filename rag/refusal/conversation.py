"""What a short text leans on: which earlier refusal or offer of help goes on with it, and which texts name nothing."""

from rag.refusal.concepts import finder
from rag.refusal.gloss import UNSPACED, glossary
from rag.refusal.policy import Named, Rule, concepts_of, policy
from rag.refusal.text import Outcome, Text

ASKING = frozenset(("how", "which", "where", "who", "want", "tell", "show", "can_you", "please", "override"))
"""Concepts by which a sentence asks for something."""
POINTING = frozenset(("steps", "make", "fear"))
"""Concepts of "the first step" and "what should I do", which name nothing by themselves."""
METHOD = frozenset(("how", "these"))
"""Concepts by which even a few words ask for a method."""
FEW_WORDS = 6
FEW_LETTERS = 12
"""The length, in English and in other languages, of a text that may lean on what was asked before."""
SHORT = 40
"""Letters of a text that may be the name of a place, or in another language point to what was asked before."""
NAME_OF_A_PLACE = 3
"""Words of a text that may be no more than the answer to "Which country are you in?"."""
PLACES = frozenset(("country", "authority"))
"""Concepts that the name of a place may stand for; in most languages there is no concept of countries."""
CARRIED: dict[Outcome, str] = {"refuse": "conversation-insists", "support": "conversation-support"}
"""The rules by which an outcome is carried over to a short follow-up."""
OF_ANOTHER = frozenset(("they", "someone"))
"""Concepts of somebody else, whose act a question is about."""
FOR_ONESELF = frozenset(("i_ask", "want", "show", "please", "can_you", "override"))
"""Concepts by which somebody asks for something to have or to do."""


def only_leans(text: str, concepts: frozenset[str], language: str = "en") -> bool:
    """Whether a text is so short, and names so little, that without what was asked before it asks for nothing.

    "How is it done?" asks for a method whatever was asked before.
    """
    short = len(text.split()) <= FEW_WORDS if language == "en" else len(text) <= FEW_LETTERS
    return short and concepts <= policy().leaning and not concepts >= METHOD


def concepts_in(text: str, language: str) -> frozenset[str]:
    """Return the concepts that a text names in its language."""
    return concepts_of(text) if language == "en" else frozenset(hit.concept for hit in finder(language).hits(text))


def points_back(text: str, language: str) -> bool:
    """Whether a text is short and names nothing but by pointing to what was said before."""
    short = len(text.split()) <= FEW_WORDS if language == "en" else len(text) <= SHORT
    return short and concepts_in(text, language) <= policy().leaning | POINTING


def asks_back(text: str, language: str) -> bool:
    """Whether a text asks, in a few words, for more of what was said before, as "only the first step" does."""
    return points_back(text, language) and bool(concepts_in(text, language) & (ASKING | POINTING))


def about_another(concepts: frozenset[str]) -> bool:
    """Whether a question is about what somebody else did or may do, and asks nothing to have or to do oneself."""
    return bool(concepts & OF_ANOTHER) and not concepts & FOR_ONESELF


def carrying(outcome: Outcome, text: str, language: str) -> dict[Outcome, Rule]:
    """Return the rules by which an earlier outcome, the key, goes on with a text that has this outcome by itself."""
    rules = policy()
    carry = {earlier: rules.by_id(name) for earlier, name in CARRIED.items()}
    concepts = concepts_in(text, language)
    if outcome == "refuse":
        of_another = about_another(concepts) and not concepts & rules.subject
        return {"support": carry["support"]} if of_another else {}
    plain = rules.mended(text if language == "en" else glossary(language).gloss(text))
    firing = {earlier: rule for earlier, rule in carry.items() if rule.fires(Named(Text(plain)))}
    # A gloss lacks the words by which the rule knows a text that points back.
    if (language != "en" and points_back(text, language)) or only_a_name(text, language):
        firing["support"] = carry["support"]
    return firing


def only_a_name(text: str, language: str) -> bool:
    """Whether a text is no more than a few words that name nothing, such as a country or a town."""
    short = len(text) <= (FEW_LETTERS if language in UNSPACED else SHORT)
    return short and len(text.split()) <= NAME_OF_A_PLACE and concepts_in(text, language) <= PLACES
