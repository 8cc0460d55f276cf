"""What can go wrong with paper and printers, in words."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class UnprintableText(Problem):
    """A text holds characters that no font can draw. Raised before the first page. `folder` is
    where a font may be put that has them."""

    what: str
    characters: str
    folder: str
    words: ClassVar[str] = (
        "{what} holds characters that cannot be printed: {characters}. Nothing was printed. "
        "Put a font that has them (a .ttf or .otf file) into {folder} and start Chartroom again. "
        "A patient's name can be printed in Latin letters instead, as it stands on their label: "
        "“--latin-name” on the command line; the paper then says that the other is on screen."
    )

    @property
    def is_of_patient(self) -> bool:
        """Whether it is a patient's, for whom a name in Latin letters may stand."""
        return self.what.startswith("The patient")


@dataclass(unsafe_hash=True)
class TextTooLong(Problem):
    """A text that may not be cut does not fit its box at the smallest readable size."""

    what: str
    text: str
    words: ClassVar[str] = (
        "{what} is too long for the page and may not be cut: {text}. Nothing was printed. "
        "Shorten it on the record, as it stands on the patient's label."
    )


@dataclass(unsafe_hash=True)
class SheetTooLong(Problem):
    """More pages than a page code can number."""

    pages: int
    most: int
    words: ClassVar[str] = (
        "This sheet would have {pages} pages; {most} is the most one sheet can number. "
        "Choose fewer images or more images on a page."
    )


@dataclass(unsafe_hash=True)
class PassphraseNotTypeable(Problem):
    """The passphrase of a file that is handed over is too short, or cannot be typed everywhere."""

    least: int
    words: ClassVar[str] = (
        "The passphrase of the PDF needs at least {least} characters, and only letters without "
        "accents or macrons, digits, spaces and signs: others do not open on every computer. "
        "Nothing was written."
    )


@dataclass(unsafe_hash=True)
class PrintingUnavailable(Problem):
    """This computer has no printing system that answers."""

    reason: str
    words: ClassVar[str] = (
        "The printing system of this computer does not answer ({reason}). Nothing was printed. "
        "Start it, or save the sheet as a PDF instead."
    )


@dataclass(unsafe_hash=True)
class NoSuchPrinter(Problem):
    """No printer of that name. `there_are` names those that exist."""

    name: str
    there_are: str
    words: ClassVar[str] = (
        "There is no printer {name}. Nothing was printed. Printers here: {there_are}."
    )


@dataclass(unsafe_hash=True)
class WrongPaperLoaded(Problem):
    """The printer says that the paper is not in it; at actual size it would not fit."""

    name: str
    wanted: str
    loaded: str
    words: ClassVar[str] = (
        "Printer {name} has {loaded} loaded, and the sheet is laid out for {wanted}. Nothing was "
        "printed. Load {wanted}, choose the paper that is loaded, or print all the same if the "
        "printer is wrong about its trays."
    )


@dataclass(unsafe_hash=True)
class OneSidedPrinter(Problem):
    """Both sides were asked of a printer that cannot."""

    name: str
    words: ClassVar[str] = (
        "Printer {name} prints on one side only. Nothing was printed. Print on one side, or choose "
        "another printer."
    )


@dataclass(unsafe_hash=True)
class NoSuchTray(Problem):
    """A tray was asked for that the printer has not."""

    name: str
    tray: str
    there_are: str
    words: ClassVar[str] = (
        "Printer {name} has no tray {tray}. Nothing was printed. Its trays: {there_are}."
    )


@dataclass(unsafe_hash=True)
class PrinterRefused(Problem):
    """The printing system did not take the document."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "Printer {name} did not take the sheet: {reason} Nothing was printed. "
        "Choose another printer, or save the sheet as a PDF instead."
    )


@dataclass(unsafe_hash=True)
class PrinterStopped(Problem):
    """The printer took the document but stands still."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "Printer {name} has stopped: {reason} The paper still waits there. "
        "Put the printer right, or cancel the paper there and choose another printer."
    )


@dataclass(unsafe_hash=True)
class PrintNotDone(Problem):
    """The job ended at the printer without paper. `reason` is a sentence without its beginning."""

    printer: str
    state: str
    reason: str = "it says no reason."
    words: ClassVar[str] = (
        "The job was {state} at printer {printer}: {reason} Look at the tray, destroy what came "
        "out, and print again: a record sheet becomes its next copy."
    )


@dataclass(unsafe_hash=True)
class PrintNotCancelled(Problem):
    """The printer or the print server does not let a job be cancelled."""

    printer: str
    what: str
    words: ClassVar[str] = (
        "Printer {printer} does not let Chartroom cancel {what}. Nothing was changed. Cancel it at "
        "the printer, or ask whoever looks after it."
    )


@dataclass(unsafe_hash=True)
class NoSuchPrint(Problem):
    """A job was named that Chartroom does not wait for."""

    job: int
    words: ClassVar[str] = (
        "No paper waits as job {job}. “chartroom prints list” names those that do."
    )


@dataclass(unsafe_hash=True)
class PaperTooSmall(Problem):
    """A paper that is one page by its purpose does not fit on the size that was chosen."""

    what: str
    size: str
    words: ClassVar[str] = (
        "{what} does not fit on {size} paper. Nothing was printed. Choose A4 or Letter."
    )


@dataclass(unsafe_hash=True)
class TooLargeForLifeSize(Problem):
    """What a picture shows is larger than the paper has room for."""

    number: str
    shows: str
    room: str
    paper: str
    way: str
    words: ClassVar[str] = (
        "Image {number} shows {shows} and cannot be printed life size on {paper}, which has room "
        "for {room}. Nothing was printed, and nothing is cut off. {way} it printed smaller, "
        "at 0.85 times life size or less."
    )


@dataclass(unsafe_hash=True)
class LabelPlaceUnknown(Problem):
    """Labels were to start at a place that the sheet has not."""

    stock: str
    start: int
    places: int
    words: ClassVar[str] = (
        "A sheet {stock} has {places} labels; there is no label {start}. Nothing was printed. "
        "Count from 1 at the top left, row by row."
    )
