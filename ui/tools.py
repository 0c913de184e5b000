"""What programs can ask, over HTTP and as MCP tools: each function returns one JSON object and says what is in it."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError, validate_call

from corpus.errors import PinciteError
from corpus.model import Document
from corpus.query import Result, compare, detail
from rag.assistant import Assistant
from rag.model import Question
from rag.retrieve import Scope, as_langchain
from ui.export import (
    View,
    view_of_cases,
    view_of_comparison,
    view_of_coverage,
    view_of_laws,
    view_of_timeline,
)
from ui.queries import Desk

Many = Annotated[list[str] | None, BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
"""Several words; a single one may come without its list."""


class Tools:
    """The functions over one assistant; their docstrings are the descriptions that clients read."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._desk = Desk.of(assistant)

    @property
    def all(self) -> Mapping[str, Callable[..., dict[str, Any]]]:
        """Every function by its documented name."""
        made = (
            self.ask, self.search, self.find_cases, self.find_laws, self.compare, self.timeline, self.coverage,
            self.get_document,
        )  # fmt: skip
        return {function.__name__: _checked(function) for function in made}

    def ask(
        self, question: str, history: Many = None, jurisdictions: Many = None, as_of: str | None = None
    ) -> dict[str, Any]:
        """Answer a question about the law on AI-generated sexual abuse, each sentence with its citations.

        `history` holds the earlier questions of the conversation, oldest first; `jurisdictions` the codes (KR, GB,
        US-CA) that the answer must come from, empty for all; `as_of` the day (YYYY-MM-DD) whose law is asked for.

        Returns `outcome` (answered, abstained, refused, support, greeting), `text` with [n] markers, `sentences`
        each with the numbers of its citations, `sources` each with document id, pinpoint, citation, jurisdiction,
        status, as-of date, the cited passage and web addresses; `table` and `help` where there are any; `refusal` where
        the question is declined, or a part of it.
        """
        asked = {"question": question, "history": history, "jurisdictions": jurisdictions, "as_of": as_of or None}
        return self._assistant.invoke(asked).model_dump(mode="json")

    def search(self, text: str, jurisdictions: Many = None, as_of: str | None = None, count: int = 8) -> dict[str, Any]:
        """Find the passages of the corpus that fit a text best, without composing an answer.

        `jurisdictions` holds codes (KR, GB, US-CA); `as_of` leaves out what did not exist on that day; `count` is
        from 1 to 100.

        Returns `passages`, best first: each with `passage` id, `text`, `document`, `pinpoint`, `jurisdiction`,
        `kind`, `status`, dates and scores; and the as-of date and version of the corpus.
        """
        if not 1 <= count <= 100:
            raise PinciteError(f"count {count} is out of range.", "Ask for 1 to 100 passages.")
        asked = Question.parse({"question": text, "jurisdictions": jurisdictions, "as_of": as_of or None})
        found = self._assistant.retriever.search(asked.question, count, Scope.of(asked))
        documents = self._desk.catalogue.documents
        items = [as_langchain(item, documents[item.passage.document]) for item in found]
        rows = [{"passage": item.id, "text": item.page_content, **item.metadata} for item in items]
        return {"passages": rows, **self._stamp}

    def find_cases(
        self,
        jurisdiction: Many = None,
        court: Many = None,
        outcome: Many = None,
        conduct: Many = None,
        without: Many = None,
        protects: Many = None,
        synthetic: Many = None,
        law: Many = None,
        status: Many = None,
        suspended: bool | None = None,
        min_months: float | None = None,
        max_months: float | None = None,
        decided_from: str | None = None,
        decided_to: str | None = None,
        text: str | None = None,
        as_of: str | None = None,
        certain: bool = False,
        sort: str = "",
        limit: int = 50,
    ) -> dict[str, Any]:
        """Find court decisions by exact facets: no model, nothing generated.

        Lists hold values of which one must match: `jurisdiction` codes or names (a country includes its parts),
        `outcome` (convicted, pleaded-guilty, acquitted, …), `conduct` (produce, possess, distribute, threaten, …),
        `without` conduct that the decision is not about, `protects` (minors, adults, any), `synthetic` (explicit,
        covered, disputed, excluded, not-addressed), `law` applied as id, name or citation ("18 U.S.C. § 1466A").
        Months are of imprisonment, life above all. Dates are YYYY, YYYY-MM or YYYY-MM-DD. `sort` is date, months,
        jurisdiction, court, outcome or title, with - before it for the reverse. An unknown value is an error that
        names the allowed ones.

        Returns `rows` (document id, title, court, date, outcome, sentence in words and months, laws applied,
        holding, status), `found`, `total` in the corpus, `facets` with counts, `message` on what to loosen where
        nothing matches, and the as-of date and version of the corpus.
        """
        result = self._desk.find_cases(locals())
        return _listed(view_of_cases(self._desk.catalogue, result.head(limit)), result)

    def find_laws(
        self,
        jurisdiction: Many = None,
        kind: Many = None,
        status: Many = None,
        conduct: Many = None,
        protects: Many = None,
        synthetic: Many = None,
        name: Many = None,
        passed_from: str | None = None,
        passed_to: str | None = None,
        changed_from: str | None = None,
        changed_to: str | None = None,
        effective_from: str | None = None,
        effective_to: str | None = None,
        min_years: float | None = None,
        max_years: float | None = None,
        text: str | None = None,
        as_of: str | None = None,
        certain: bool = False,
        sort: str = "",
        limit: int = 50,
    ) -> dict[str, Any]:
        """Find statutes, regulations, bills and treaties by exact facets: no model, nothing generated.

        Lists hold values of which one must match, as in find_cases; `kind` is statute, regulation, bill or treaty;
        `status` in-force, enacted, pending, struck-down, …, on the day of `as_of` if one is given; `name` an id,
        name or citation. Passed is when a bill became law, changed that or the last amendment. Years are of the
        longest maximum prison term. `sort` is jurisdiction, passed, changed, effective, introduced, years, decisions,
        status or title, with - before it for the reverse.

        Returns `rows` (document id, title, citation, jurisdiction, kind, status with a note where the day leaves it
        uncertain, dates, conduct, treatment of AI-made material, penalties in words, number of decisions that
        applied it), `found`, `total`, `facets`, `message`, and the as-of date and version of the corpus. A row of
        status pending is a bill, not law.
        """
        result = self._desk.find_laws(locals())
        return _listed(view_of_laws(self._desk.catalogue, result.head(limit)), result)

    def compare(self, jurisdictions: Many = None, questions: Many = None, as_of: str | None = None) -> dict[str, Any]:
        """Compare jurisdictions: what each punishes and provides.

        `jurisdictions` holds codes or names, empty for all; `questions` create, possess, share, threaten, request,
        provide-tools (each for minors and adults, or possess-minors …), synthetic, max-prison, civil-remedy,
        platform-duty, since; empty for all.

        Returns `rows`, one for each cell: jurisdiction, question, `verdict`, `value` in words, `also`, status,
        citation, since, document ids and findings. The verdict not-in-corpus means that the corpus is silent: it
        never means that there is no such law.
        """
        comparison = compare(self._desk.catalogue, jurisdictions or (), questions or (), as_of or None)
        return _rows(view_of_comparison(self._desk.catalogue, comparison))

    def timeline(
        self,
        jurisdiction: Many = None,
        kind: Many = None,
        event: Many = None,
        conduct: Many = None,
        protects: Many = None,
        synthetic: Many = None,
        start: str | None = None,
        end: str | None = None,
        text: str | None = None,
        as_of: str | None = None,
        sort: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """List what was introduced, passed, in effect, amended, repealed or decided, and when, oldest first.

        `event` holds introduced, enacted, signed, effective, amended, repealed, decided, published.

        Returns `rows` (date, event, document id, title, citation, jurisdiction, kind, status; `expected` is true
        where a date was announced and no source has confirmed it), `found`, `total`, `facets` and `message`.
        """
        result = self._desk.find_events(locals())
        return _listed(view_of_timeline(self._desk.catalogue, result.head(limit)), result)

    def coverage(
        self,
        jurisdiction: Many = None,
        kind: Many = None,
        gap: Many = None,
        as_of: str | None = None,
        sort: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """Say what the corpus holds, how fresh it is, and where it is weak.

        `gap` holds stale, unseen-source, reported-only, no-official-source; `as_of` is the day from which age is
        reckoned, today if none is given.

        Returns `rows` (document id, jurisdiction, kind, as-of date, age in days, sources, addresses that were not
        re-read, sentences told as reported, gaps), `found`, `total`, and `facets` with the counts of each gap.
        """
        result = self._desk.find_holdings(locals())
        return _listed(view_of_coverage(self._desk.catalogue, result.head(limit)), result)

    def get_document(self, document: str) -> dict[str, Any]:
        """Return one digest in full by its id, as the other tools name it in `document`.

        Returns its front matter (kind, title, citation, jurisdiction, status, dates, as-of date, conduct, treatment
        of AI-made material, penalties or sentence, sources with addresses), `body` in Markdown, and its ties:
        `applies` (laws that a decision applied), `applied_by` (decisions that applied a law) and `related`.
        """
        found = detail(self._desk.catalogue, document)
        return {
            **_front_matter(found.entry),
            "body": found.body,
            "sentence_in_words": found.sentence,
            "penalties_in_words": list(found.penalties),
            "applies": [one.document for one in found.applies],
            "applied_by": [one.document for one in found.applied_by],
            "related": [one.document for one in found.related],
            **self._stamp,
        }

    @property
    def _stamp(self) -> dict[str, str]:
        return {
            "corpus_as_of": self._desk.catalogue.as_of,
            "corpus_version": self._desk.catalogue.version,
        }


def _checked(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The function, with an argument of another type than it takes told as an error that a caller can mend."""
    call, named = validate_call(function), inspect.signature(function)

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return call(**named.bind(*args, **kwargs).arguments)
        except ValidationError as error:
            raise PinciteError(*_told(error)) from None

    return checked


def _told(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))} {first['input']!r} does not fit.", f"{first['msg']}."


def _listed(view: View, result: Result[Any]) -> dict[str, Any]:
    facets = {name: {one.value: one.count for one in values} for name, values in result.facets.items()}
    found = len(result.rows)
    rows = _rows(view)
    return {
        **rows,
        "found": found,
        "left_out": found - len(rows["rows"]),
        "total": result.total,
        "message": result.message,
        "facets": facets,
    }


def _rows(view: View) -> dict[str, Any]:
    rows = [dict(record) for record in view.records]
    return {"rows": rows, "found": len(rows), "left_out": 0, "notes": list(view.notes), **view.stamp.fields}


def _front_matter(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude={"text", "sections", "digest", "folder"}, exclude_none=True)
