"""From a question to a verified answer: passages, index, retrieval, answering, verification, the assistant."""

from rag.assistant import Assistant
from rag.model import Answer, Question
from rag.retrieve import HybridRetriever, Scope
from rag.settings import Settings, settings

__all__ = ["Answer", "Assistant", "HybridRetriever", "Question", "Scope", "Settings", "settings"]
