"""Typed settings, read once from the environment; the office's own settings live in the office."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What this workstation says before an office is open.

    `office` is the folder of the office to open, where one is named or remembered by default.
    `folders` are further folders that show up as sources beside cards and devices.
    """

    office: Path
    office_was_named: bool = False
    folders: tuple[Path, ...] = ()


def default_office() -> Path:
    """Where a workstation keeps its office when nobody says otherwise."""
    return Path(platformdirs.user_data_dir("Chartroom", appauthor=False)) / "office"


def fonts_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a workstation keeps fonts of its own, for names in scripts that the shipped ones lack.
    CHARTROOM_FONTS names another folder. It need not be there."""
    named = environment.get("CHARTROOM_FONTS", "")
    own = Path(platformdirs.user_data_dir("Chartroom", appauthor=False)) / "fonts"
    return Path(named) if named else own


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """CHARTROOM_OFFICE names the office; CHARTROOM_FOLDERS lists folders, joined like PATH."""
    named = environment.get("CHARTROOM_OFFICE", "")
    folders = environment.get("CHARTROOM_FOLDERS", "")
    return Settings(
        office=Path(named) if named else default_office(),
        office_was_named=bool(named),
        folders=tuple(Path(part) for part in folders.split(os.pathsep) if part),
    )
