"""Where the files that ship with the program lie: fonts, icons, style sheet, sample images."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """The path of a shipped resource, in an installed wheel or in a checkout."""
    installed = _HERE / "resources"
    root = installed if installed.is_dir() else _HERE.parent / "resources"
    return root.joinpath(*parts)


def sample_photos() -> list[Path]:
    """The sample photos made for this project, in name order."""
    return sorted(p for p in shipped("samples").iterdir() if p.suffix.lower() == ".jpg")


def sample_recordings() -> list[Path]:
    """The sample film and sound recording, in name order."""
    return sorted(p for p in shipped("samples").iterdir() if p.suffix.lower() in {".mov", ".m4a"})
