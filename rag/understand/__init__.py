"""What a question asks: where, about which law or case, what conduct, when, whom it protects, what kind of answer."""

from rag.understand.question import Reader

__all__ = ["Reader"]
