"""Where a test's office and its backup lie, and ways to harm them."""

from dataclasses import dataclass
from pathlib import Path

from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.trail import TrailFilter
from desktop.records.vault.office_key import OfficeKey
from desktop.records.vault.vault import Vault

USER, PASSWORD = "Mei Tānaka", "four made up words"


@dataclass
class World:
    """A folder with an office and a stick."""

    folder: Path
    facts: OfficeFacts
    secret: bytes
    recovery: str

    def open(self) -> Vault:
        """The office, without its lock."""
        with OfficeKey(bytearray(self.secret), office=self.facts.id) as key:
            return Vault.open(self.office, key=key)

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def stick(self) -> Path:
        return self.folder / "STICK"

    @property
    def restored(self) -> Path:
        return self.folder / "restored"


def sealed_files(folder: Path) -> list[Path]:
    """The sealed originals of an office or a backup, the largest first."""
    found = [path for path in folder.glob("originals/??/*") if path.is_file()]
    return sorted(found, key=lambda path: (-path.stat().st_size, path.name))


def flip(path: Path, *, at: int = 40) -> None:
    """Change one bit."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its place."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lines_of(vault: Vault, deed: str) -> list[dict[str, object]]:
    """What the trail says of each deed of this name, oldest first."""
    with vault.look() as look:
        return [dict(line.facts) for line in look.trail.lines(TrailFilter(deed=deed))]
