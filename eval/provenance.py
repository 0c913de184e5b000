"""What a run was made with: hashes of settings and code, versions of packages."""

import platform
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corpus
import rag
from rag.index import model_identity
from rag.settings import Settings

# Where things lie and how fast they go changes no answer; the corpus has a hash of its own; keys stay out of files.
_NO_MATTER = {"data_dir", "corpus_dir", "host", "port", "threads", "openai_api_key"}

_PACKAGES = (
    "pincite",
    "bm25s",
    "chromadb",
    "ir_measures",
    "langchain",
    "langchain-chroma",
    "numpy",
    "nupunkt",
    "openvino",
    "pydantic",
    "scipy",
    "sentence-transformers",
)


def settings_digest(settings: Settings) -> str:
    """Return a hash of the settings that can change an answer (12 hexadecimal digits)."""
    values = {**settings.model_dump(mode="json", exclude=_NO_MATTER), "model": model_identity(settings.model)}
    return sha256(repr(sorted(values.items())).encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return a hash of the code and data that answers, so that a run of older code is never taken up (12 digits)."""
    digest = sha256()
    for package in (corpus, rag):
        folder = Path(package.__file__ or "").parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in {".md", ".pyc"}:  # digests have their own hash
                digest.update(f"{path.relative_to(folder.parent)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that an answer or a figure depends on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
