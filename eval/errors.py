"""Errors of an evaluation; each says what to do."""

from corpus.errors import PinciteError


class DataSetError(PinciteError):
    """A data set that can't be used: no such file, no readable line, or documents that the corpus does not have."""


class RunError(PinciteError):
    """A folder of results that can't be used: not a run, damaged, or a run of something else."""


class SystemSpecError(PinciteError):
    """The name of a system that means nothing."""


class SystemFailedError(PinciteError):
    """A system gave no answer to one question; the next try will end the same way."""


class UnreachableError(SystemFailedError):
    """A system could not be reached, or was too busy; a later try may succeed."""
