"""Two kinds of wrong: a Problem is the world's and has words; a fault is ours and has a log."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(unsafe_hash=True)
class Problem(Exception):
    """Something in the world that a person can be told about, in one or two sentences.

    A subclass is a dataclass (never frozen: Python writes ``__traceback__`` on it) whose fields
    are the facts of the case, and whose ``words`` name the thing that is wrong and the way out.
    ``str(problem)`` is what the window and the command line both show.
    """

    words: ClassVar[str] = "Something outside the program went wrong. Nothing was changed."
    ends_the_trip: ClassVar[bool] = False
    """Whether what follows would meet the same problem (a full disk, a device that left)."""

    def __str__(self) -> str:
        return self.words.format_map(self.facts)

    @property
    def facts(self) -> Mapping[str, object]:
        """The fields of this problem by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def code(self) -> str:
        """A stable name for scripts: ``SourceGone`` is ``source_gone``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()


@dataclass(unsafe_hash=True)
class Cancelled(Problem):
    """The person stopped a long piece of work. Whole images only are left behind."""

    words: ClassVar[str] = "Stopped, as asked. What was finished before that is kept."
    ends_the_trip: ClassVar[bool] = True
