"""Terms, sentences and penalties in words, and the one line that stands for a digest."""

import re
from collections.abc import Iterable

from corpus.model import Document, Penalty, SentenceImposed

_LIFE = re.compile(r"\b(life imprisonment|imprisonment for life|life sentence)\b", re.IGNORECASE)


def months_in_words(months: float) -> str:
    """30 gives "2 years 6 months"; 1620 gives "135 years"; 0.5 gives "15 days"."""
    if 0 < months < 1:
        return f"{round(months * 30)} days"
    years, rest = divmod(round(months), 12)
    parts = [_counted(years, "year")] if years else []
    if rest or not years:
        parts.append(_counted(rest, "month"))
    return " ".join(parts)


def years_in_words(years: float) -> str:
    """10 gives "10 years"; 0.5 gives "6 months"; 1.5 gives "1 year 6 months"."""
    return months_in_words(years * 12)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def is_life(sentence: SentenceImposed | None) -> bool:
    """Whether the sentence is imprisonment for life, which has no months and stands in `other`."""
    return bool(sentence and sentence.prison_months is None and _LIFE.search(sentence.other or ""))


def sentence_in_words(sentence: SentenceImposed | None) -> str:
    """Return the punishment as a person would say it; "" where the corpus gives none."""
    if sentence is None:
        return ""
    parts = []
    if sentence.prison_months is not None:
        suspended = ", suspended" if sentence.suspended else ""
        parts.append(f"{months_in_words(sentence.prison_months)} of imprisonment{suspended}")
    if sentence.fine:
        parts.append(
            sentence.fine if "fine" in sentence.fine or "penalty" in sentence.fine else f"fine {sentence.fine}"
        )
    return "; ".join([*parts, sentence.other] if sentence.other else parts)


def prison_in_words(penalty: Penalty) -> str:
    """Return the range of imprisonment: "5 to 20 years", "up to 10 years", "at least 1 year"; "" if there is none."""
    low, high = penalty.prison_years_min or 0, penalty.prison_years_max
    if penalty.life:
        return f"{years_in_words(low)} to life" if low else "up to life"
    if high is None:
        return f"at least {years_in_words(low)}" if low else ""
    if not low:
        return f"up to {years_in_words(high)}"
    if low % 1 or high % 1:
        return f"{years_in_words(low)} to {years_in_words(high)}"
    return f"{low:g} to {years_in_words(high)}"


def penalty_in_words(penalty: Penalty) -> str:
    """Return one penalty range with its conduct, fine and note."""
    what = [part for part in (prison_in_words(penalty), penalty.fine) if part]
    note = f" ({penalty.note})" if penalty.note else ""
    return f"{', '.join(penalty.conduct)}: {'; '.join(what) or 'see note'}{note}"


def longest_years(penalties: Iterable[Penalty]) -> float | None:
    """Return the highest maximum in years, infinity for life, None where no maximum is stated."""
    highs = [float("inf") if row.life else row.prison_years_max for row in penalties]
    return max((high for high in highs if high is not None), default=None)


def holding(document: Document) -> str:
    """Return the first sentence of the section on the holding, else of "At a glance"."""
    held = [section for section in document.sections if "holding" in section.heading.casefold()]
    for section in (*held, *document.sections):
        if section.sentences:
            return section.sentences[0].text
    return ""
