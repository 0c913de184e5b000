"""Seeds: the sources that the corpus grows from, one record for each address, derived from the front matter."""

import json
from pathlib import Path
from typing import Any

from corpus.catalogue import Catalogue


def seed_records(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return one record for each source address, sorted by address.

    A page that several digests cite is one record: official or seen if any of them says so, with the first
    publisher, title and date that is given (digests in the order of their ids).
    """
    records: dict[str, dict[str, Any]] = {}
    for document in catalogue.documents.values():
        for source in document.sources:
            record = records.setdefault(
                source.url,
                {
                    "url": source.url,
                    "publisher": source.publisher,
                    "title": source.title,
                    "date": source.date,
                    "official": source.official,
                    "seen": source.seen,
                    "documents": [],
                },
            )
            record["date"] = record["date"] or source.date
            record["official"] = record["official"] or source.official
            record["seen"] = record["seen"] or source.seen
            if document.id not in record["documents"]:
                record["documents"].append(document.id)
    return [records[url] for url in sorted(records)]


def seed_lines(catalogue: Catalogue) -> str:
    """Return the records as JSON lines, as `seeds/sources.jsonl` holds them."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in seed_records(catalogue))


def is_current(path: Path, catalogue: Catalogue) -> bool:
    """Whether the file at `path` holds exactly the records of the catalogue."""
    return path.is_file() and path.read_bytes() == seed_lines(catalogue).encode()
