"""What stood on a day: one law or decision, many days."""

from typing import Any

import pytest

from corpus.query.dates import parse_span
from corpus.query.standing import standing_of

ACT = {"dates": {"enacted": "2023-05-10", "effective": "2024-02-01"}}
REPEALED = {"status": "repealed", "dates": {"enacted": "2015-02", "effective": "2015-04-13", "repealed": "2024-01-31"}}
AMENDED = {"dates": {"enacted": "2010-04-15", "effective": "2010-06-01", "amended": "2024-10-16"}}
NEW_TEXT = {"dates": {"enacted": "2009-06-09", "amended": "2026-09-29", "effective": "2026-10-02"}}
ONLY_AMENDED = {"dates": {"amended": "2024-06-28"}}
BILL = {"kind": "bill", "status": "pending", "dates": {"introduced": "2025-03"}}
FROM_BILL = {"dates": {"introduced": "2024-06-05", "enacted": "2024-09-02", "effective": "2024-09-03"}}
BILL_THAT_AMENDED = {"dates": {"enacted": "1990", "introduced": "2024-06-05", "amended": "2025-02-01"}}
COMING = {"status": "not-yet-in-force", "dates": {"enacted": "2026-07-08", "effective": "2026-12-02"}}
YEAR_ONLY = {"dates": {"enacted": "2024"}}
STRUCK = {"status": "struck-down", "dates": {"enacted": "1996-09-30", "effective": "1996-09-30"}}
DECISION = {"kind": "case", "dates": {"decided": "2025"}}
FILED = {"kind": "case", "dates": {"introduced": "2023-01-10", "decided": "2025-03-04"}}
OVERTURNED = {"kind": "case", "status": "overturned", "dates": {"decided": "2023-05"}}
REPORT = {"kind": "report", "status": "published", "dates": {"published": "2025-09"}}
UNDATED = {"kind": "report", "status": "published", "dates": {}}


@pytest.mark.parametrize(
    ("front", "day", "status", "certain"),
    [
        (OVERTURNED, "2024", "overturned", False),
        (OVERTURNED, "2026", "overturned", True),
        (ACT, "2023-05-09", None, None),
        (ACT, "2023-05-10", "not-yet-in-force", True),
        (ACT, "2024-01-31", "not-yet-in-force", True),
        (ACT, "2024-02-01", "in-force", True),
        (ACT, "2024", "in-force", True),
        (ACT, "2023", "not-yet-in-force", True),
        (REPEALED, "2014-12-31", None, None),
        (REPEALED, "2020", "in-force", True),
        (REPEALED, "2024-01-30", "in-force", True),
        (REPEALED, "2024-01-31", "repealed", True),
        (REPEALED, "2024", "in-force", True),
        (AMENDED, "2009", None, None),
        (AMENDED, "2015", "in-force", False),
        (AMENDED, "2025", "in-force", True),
        (NEW_TEXT, "2023", "earlier-text", True),
        (NEW_TEXT, "2026-10-02", "in-force", True),
        (NEW_TEXT, "2008", None, None),
        (ONLY_AMENDED, "2020", "earlier-text", False),
        (ONLY_AMENDED, "2024-07-01", "in-force", True),
        (BILL, "2025-02-28", None, None),
        (BILL, "2025-03-15", "pending", False),
        (BILL, "2026", "pending", True),
        (FROM_BILL, "2024-06-04", None, None),
        (FROM_BILL, "2024-07-01", "pending", True),
        (FROM_BILL, "2024-09-02", "not-yet-in-force", True),
        (FROM_BILL, "2024-09-03", "in-force", True),
        (BILL_THAT_AMENDED, "2000", "earlier-text", True),
        (BILL_THAT_AMENDED, "2026-06-01", "in-force", True),
        (COMING, "2026-12-01", "not-yet-in-force", True),
        (COMING, "2026-12-02", "in-force", False),
        (YEAR_ONLY, "2024-06-01", "enacted", False),
        (YEAR_ONLY, "2023-12-31", None, None),
        (YEAR_ONLY, "2025-06-01", "in-force", False),
        (YEAR_ONLY, "2026-06-01", "in-force", True),
        (STRUCK, "1996-01-01", None, None),
        (STRUCK, "2000", "struck-down", False),
        (DECISION, "2025-06-15", "final", False),
        (DECISION, "2024-12-31", None, None),
        (DECISION, "2025", "final", True),
        (FILED, "2023-01-09", None, None),
        (FILED, "2024", "pending", True),
        (FILED, "2025-03-04", "final", True),
        (REPORT, "2025-08-31", None, None),
        (REPORT, "2025-10", "published", True),
        (UNDATED, "2025", "published", False),
    ],
)
def test_standing(make: Any, front: dict[str, Any], day: str, status: str | None, certain: bool | None) -> None:
    standing = standing_of(make({"id": "us-one", **front}).get("us-one"), parse_span("day", day))
    assert (standing and standing.status, standing and standing.certain) == (status, certain)
    assert standing is None or standing.certain or standing.note, "doubt is explained"


def test_without_a_day_the_front_matter_decides(catalogue: Any) -> None:
    for document in catalogue.documents.values():
        standing = standing_of(document, None)
        assert standing is not None and standing.status == document.status and standing.certain


@pytest.mark.parametrize("day", ["1900", "1999-12-31", "2015", "2023", "2025-06-15", "2026-11"])
def test_no_bill_or_former_law_is_in_force_on_any_day(catalogue: Any, day: str) -> None:
    for document in catalogue.documents.values():
        standing = standing_of(document, parse_span("day", day))
        if standing and document.status == "pending" and document.is_law:
            assert standing.status == "pending"
        if standing and standing.status == "in-force" and standing.certain:
            assert min(document.dates.values()) <= f"{day}-12-31"[:10]
