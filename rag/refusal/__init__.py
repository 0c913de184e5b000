"""What Pincite declines and whom it helps first: a readable policy, normalisation, rules, a classifier, a request reader, and a check of answers."""

from rag.refusal.decision import Decision, Explanation, decide, explain
from rag.refusal.outgoing import Leak, leak
from rag.refusal.say import refusal_text

__all__ = ["Decision", "Explanation", "Leak", "decide", "explain", "leak", "refusal_text"]
