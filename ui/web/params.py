"""The query string of a shared address, read strictly: an unknown name or a value that does not fit is told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, get_type_hints
from urllib.parse import urlencode

from corpus.errors import PinciteError, UnknownValueError
from ui.queries import spoken

MAX_VALUES = 200
MAX_LENGTH = 500
"""Of one value, in characters."""

_YES_NO = {"yes": True, "no": False}


class Params:
    """The names and values of a query string, in their order; empty values count as absent."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs: Sequence[tuple[str, str]] = tuple(
            (name, text) for name, value in pairs if (text := _printable(value).strip())
        )

    def check(self, allowed: Iterable[str]) -> None:
        """Make sure that every name is allowed.

        Raises:
            UnknownValueError: one is not; it names those that are.
            PinciteError: there are too many values, or one is too long.
        """
        names = tuple(allowed)
        if len(self.pairs) > MAX_VALUES:
            raise PinciteError(f"The address names more than {MAX_VALUES} values.", "Take some away.")
        for name, value in self.pairs:
            if name not in names:
                raise UnknownValueError("filter in the address", name, names)
            if len(value) > MAX_LENGTH:
                raise PinciteError(f"The value of {name} is longer than {MAX_LENGTH} characters.", "Shorten it.")

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a name, once each."""
        return tuple(dict.fromkeys(value for key, value in self.pairs if key == name))

    def one(self, name: str) -> str | None:
        """Return the last value of a name."""
        return next((value for key, value in reversed(self.pairs) if key == name), None)

    def number(self, name: str) -> float | None:
        """Return a value as a number.

        Raises:
            PinciteError: it is none.
        """
        value = self.one(name)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not abs(number) < 1e6:
            raise PinciteError(f"{name} {value!r} is not a number.", "Write digits, for example 60.")
        return number

    def choice(self, name: str) -> bool | None:
        """Return a yes or no.

        Raises:
            UnknownValueError: it is neither.
        """
        value = self.one(name)
        if value is None:
            return None
        if value not in _YES_NO:
            raise UnknownValueError(name, value, _YES_NO)
        return _YES_NO[value]

    def given(self, kind: type, **called: str) -> dict[str, Any]:
        """Return the filters of a query class by their spoken names, each read as its field takes it.

        Args:
            kind: a query class of `corpus.query`.
            called: fields that have another name in the address.

        Raises:
            PinciteError: a value that does not fit its field.
        """
        read: Mapping[Any, Callable[[str], Any]] = {
            tuple[str, ...]: self.many,
            float | None: self.number,
            bool: self.choice,
            bool | None: self.choice,
        }
        hints = get_type_hints(kind)
        return {
            spoken(field): read.get(hint, self.one)(called.get(field, spoken(field))) for field, hint in hints.items()
        }

    def query(self, **changes: str | None) -> str:
        """Return the query string with some names set anew, or taken away where the change is None."""
        kept = [(name, value) for name, value in self.pairs if name not in changes]
        return urlencode([*kept, *((name, value) for name, value in changes.items() if value is not None)])

    def without(self, name: str, value: str) -> str:
        """Return the query string without one value."""
        return urlencode([pair for pair in self.pairs if pair != (name, value)])


def _printable(value: str) -> str:
    return "".join(char if char.isprintable() else " " for char in value)
