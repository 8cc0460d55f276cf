"""Forms and lists that were printed or saved: what is about somebody, or can come back, leaves a
line."""

from desktop.records.facts.ids import PatientId
from desktop.records.facts.people import Person
from desktop.records.vault.vault import Vault


def note_paper(
    vault: Vault,
    *,
    paper: str,
    patient: PatientId | None,
    number: str,
    target: str,
    named: str = "",
    by: Person,
) -> None:
    """Put on record that a paper goes to `target` (`pdf`, or `printer NAME`); `named` is what the
    patient is called on it, where that is not the name on record. One that names nobody and has no
    number leaves no line."""
    if patient is None and not number:
        return
    with vault.change() as change:
        change.note(
            "paper made",
            by=by,
            paper=paper,
            patient=patient,
            number=number,
            target=target,
            **({"named": named} if named else {}),
        )


def note_paper_not_printed(vault: Vault, *, number: str, target: str, why: str, by: Person) -> None:
    """A paper that is not of the register did not come out of `target` (`printer NAME`), as far as
    the printing system says."""
    with vault.change() as change:
        change.note("paper not printed", by=by, number=number, target=target, why=why)


def note_labels(
    vault: Vault,
    *,
    stock: str,
    left_from: int,
    patient: PatientId,
    number: str,
    target: str,
    named: str = "",
    by: Person,
) -> None:
    """Put on record that a sheet of labels goes to `target`, and from which label on it is still
    full: the next ones of this stock may start there. `named` as for `note_paper`."""
    with vault.change() as change:
        change.settings.write_label(stock, left_from)
        change.note(
            "paper made",
            by=by,
            paper="labels",
            patient=patient,
            number=number,
            target=target,
            stock=stock,
            left_from=left_from,
            **({"named": named} if named else {}),
        )


def next_label(vault: Vault, stock: str) -> int:
    """From which label on the last sheet of this stock is still full; 1 where nobody knows."""
    with vault.look() as look:
        return look.settings.label(stock)
