"""Jurisdictions by code: their names, the words people use for them, and how they lie to each other."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from corpus.errors import UnknownValueError

_FILE = Path(__file__).parent / "jurisdictions.yaml"


class Jurisdiction(BaseModel):
    """One entry of `jurisdictions.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    region: str | None = None
    neighbours: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """The country of a subdivision, else None."""
        country, _, subdivision = self.code.partition("-")
        return country if subdivision else None


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, Jurisdiction]:
    """Return every jurisdiction that Pincite can name, by code."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)
    return {code: Jurisdiction(code=code, **entry) for code, entry in entries.items()}


def jurisdiction(code: str) -> Jurisdiction:
    """Return the jurisdiction with this code, in any case.

    Raises:
        UnknownValueError: there is none; it names the nearest codes.
    """
    found = gazetteer().get(code.strip().upper())
    if not found:
        raise UnknownValueError("jurisdiction", code, gazetteer())
    return found


def name_of(code: str) -> str:
    """Return the English name of a jurisdiction, with its country for a subdivision: "California, United States".

    In this corpus the code GB stands for the law of England and Wales or of the whole United Kingdom.
    """
    entry = jurisdiction(code)
    return f"{entry.name}, {jurisdiction(entry.parent).name}" if entry.parent else entry.name
