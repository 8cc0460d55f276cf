"""What can stand in the way of a sheet on its way into the chart."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class PageCodeWrong(Problem):
    """What was scanned or typed is no page code, or was mistyped."""

    typed: str
    words: ClassVar[str] = (
        "{typed} is not the code of a sheet: its check digits do not fit. Scan the square code at "
        "the top of the page, or type the letters and digits under it once more."
    )


@dataclass(unsafe_hash=True)
class SheetUnknown(Problem):
    """A code that is sound, of a sheet that this office never made."""

    number: str
    words: ClassVar[str] = (
        "No sheet {number} is in the register of this office. Look whose letterhead is on it: it "
        "may belong to another organisation."
    )


@dataclass(unsafe_hash=True)
class PageNotOfSheet(Problem):
    """A sheet has fewer pages than the code says."""

    number: str
    page: int
    pages: int
    words: ClassVar[str] = (
        "Sheet {number} has {pages} pages, and this would be page {page}. Look at the code again."
    )


@dataclass(unsafe_hash=True)
class CopyNotSaid(Problem):
    """A code was read of a paper that lies about in several copies: it does not tell which.
    `listed` names the `copies` in a row."""

    number: str
    listed: str
    copies: tuple[int, ...]
    words: ClassVar[str] = (
        "The code does not tell the copies of sheet {number} apart. In no chart yet: copy "
        "{listed}. Look at the head of the page, and say which went into the chart. Nothing was "
        "changed."
    )


@dataclass(unsafe_hash=True)
class LastPageNotInHand(Problem):
    """The check digits that were typed are not those of the last page."""

    number: str
    copy: int
    words: ClassVar[str] = (
        "These are not the check digits of the last page of sheet {number}, copy {copy}. They are "
        "the last two digits under the square code. If that page did not come out, the sheet is "
        "spoiled: say so and print it again."
    )


@dataclass(unsafe_hash=True)
class SheetIsTheRecord(Problem):
    """The only form in which an image is kept must stay in the chart (R77)."""

    number: str
    copy: int
    words: ClassVar[str] = (
        "Sheet {number}, copy {copy} is the record itself: the sealed original of an image on it "
        "was disposed of, and this paper stands for it. It stays in the chart."
    )


@dataclass(unsafe_hash=True)
class SheetNotInThatState(Problem):
    """A step that does not follow on how things stand with this copy."""

    number: str
    copy: int
    stands: str
    words: ClassVar[str] = "Sheet {number}, copy {copy} is {stands}. Nothing was changed."


@dataclass(unsafe_hash=True)
class SheetBelongsInChart(Problem):
    """A paper that is not for people was to be handed over."""

    number: str
    copy: int
    kind: str
    words: ClassVar[str] = (
        "Sheet {number}, copy {copy} is a {kind}: it belongs in the chart and is not handed over. "
        "What somebody else is to see leaves as a copy, with a letter (“Copy for others…”, or "
        "“chartroom export”). Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class SheetNotInHand(Problem):
    """A copy was to be handed over that nobody has held yet."""

    number: str
    copy: int
    words: ClassVar[str] = (
        "Sheet {number}, copy {copy} is not confirmed yet. Say first that all its pages are in "
        "hand, by the check digits of the last one. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class OnlyCopyStays(Problem):
    """Of what a patient signs, the only copy was to be handed over."""

    number: str
    copy: int
    kind: str
    words: ClassVar[str] = (
        "No other copy of the {kind} {number} is in hand or in the chart, and one has to stay. "
        "Print it again and hand the further copy over. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class NobodyTookIt(Problem):
    """A copy was handed over to nobody who was named."""

    number: str
    words: ClassVar[str] = (
        "Say who took sheet {number}: the patient, or whoever it was, by name. Nothing was changed."
    )


@dataclass(unsafe_hash=True)
class NoReasonGiven(Problem):
    """A sheet was to be recalled or destroyed without a word why."""

    number: str
    words: ClassVar[str] = (
        "Say why sheet {number} is to go: the register is to tell it years later. "
        "Nothing was changed."
    )
