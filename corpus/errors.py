"""The errors that a person can meet, each with what to do next."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class PinciteError(Exception):
    """Something that the person can mend; `str()` of it says what is wrong and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint


class UnknownValueError(PinciteError):
    """A name that Pincite does not know, with the nearest that it does."""

    def __init__(self, what: str, value: str, allowed: Iterable[str]) -> None:
        names = sorted(allowed)
        near = difflib.get_close_matches(value, names, n=3, cutoff=0.5)
        shown = value if len(value) <= 60 else value[:57] + "…"
        hint = f"Did you mean {' or '.join(near)}?" if near else ""
        if len(names) <= 40:
            hint = f"{hint} Allowed: {', '.join(names)}."
        elif not near:
            hint = f"There are {len(names)}, for example {', '.join(names[:5])}."
        super().__init__(f"Unknown {what} {shown!r}.", hint.strip())


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with a corpus document, and where."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class FaultyDocumentError(PinciteError):
    """A document that can't be read; `faults` says why, line by line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
