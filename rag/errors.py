"""Errors of asking and indexing; each says what to do."""

from corpus.errors import PinciteError


class BadQuestionError(PinciteError):
    """The question can't be read: empty, too long, or malformed."""


class IndexBuildError(PinciteError):
    """The index could not be built; the one that was there is still in use."""


class DataFolderError(PinciteError):
    """The data folder can't be used."""


class DamagedIndexError(PinciteError):
    """An index on disk does not answer its canary questions; it is rebuilt."""


class ModelError(PinciteError):
    """The embedding model can't be loaded."""
