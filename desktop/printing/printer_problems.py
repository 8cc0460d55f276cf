"""What can go wrong on the way to a printer that is named by its address, in words."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.problem import Problem


@dataclass(unsafe_hash=True)
class PrinterAddressUnclear(Problem):
    """What was typed is no address of a printer."""

    address: str
    words: ClassVar[str] = (
        "{address} is not the address of a printer. Write it as ipps://192.168.1.20/ipp/print, as "
        "the printer's own page on its network settings says it."
    )


@dataclass(unsafe_hash=True)
class PrinterInTheClear(Problem):
    """Pages would have crossed the network in the clear."""

    address: str
    words: ClassVar[str] = (
        "{address} is another computer or printer, and ipp:// would send the pages to it for "
        "anybody on the network to read. Nothing was sent. Use the same address with ipps://."
    )


@dataclass(unsafe_hash=True)
class PrinterNotPrivate(Problem):
    """A name or number that leads out of the own network."""

    name: str
    words: ClassVar[str] = (
        "{name} is not on this office's own network. Nothing was sent. Only printers at private "
        "addresses can be used."
    )


@dataclass(unsafe_hash=True)
class PrinterCertificateUnknown(Problem):
    """A printer shows a certificate that nobody vouches for, as most do."""

    name: str
    fingerprint: str
    reason: str
    words: ClassVar[str] = (
        "Nobody vouches for printer {name} ({reason}). Nothing was sent. Compare this fingerprint "
        "(SHA-256) with the one that the printer shows of its certificate: {fingerprint}. If they "
        "are the same, write #sha256: and the fingerprint behind the printer's address."
    )


@dataclass(unsafe_hash=True)
class PrinterCertificateOther(Problem):
    """Another certificate than the one a person compared."""

    name: str
    fingerprint: str
    words: ClassVar[str] = (
        "Printer {name} does not show the certificate that was compared before, but {fingerprint}. "
        "Nothing was sent. It may have been reset or replaced, or something stands in its place: "
        "ask whoever looks after it, and compare the fingerprint again."
    )


@dataclass(unsafe_hash=True)
class PrintersNotSought(Problem):
    """This computer has nothing that listens for printers."""

    reason: str
    words: ClassVar[str] = (
        "Printers on the network cannot be looked for here ({reason}). Type the address of the "
        "printer, as its own page on its network settings says it, or set it up in the system's "
        "settings."
    )


@dataclass(unsafe_hash=True)
class TooManyCopies(Problem):
    """More copies than the printer makes of one job."""

    name: str
    wanted: int
    most: int
    words: ClassVar[str] = (
        "Printer {name} prints at most {most} copies at a time, not {wanted}. Nothing was printed. "
        "Print fewer at a time."
    )


@dataclass(unsafe_hash=True)
class PrinterNotReached(Problem):
    """Nothing answers at the address of the printer."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "Printer {name} does not answer ({reason}). Nothing was printed. Switch it on and see that "
        "it is connected, choose another printer, or save the paper as a PDF instead."
    )


@dataclass(unsafe_hash=True)
class PrinterCutOff(Problem):
    """The way to the printer broke while the document left."""

    name: str
    reason: str
    words: ClassVar[str] = (
        "The connection to printer {name} broke before all pages had reached it ({reason}). It "
        "prints only what it has whole: look at the tray, see that the printer is on and "
        "connected, and print again."
    )
