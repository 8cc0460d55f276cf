"""Which small files of one folder are notes on which of its images: looked up, not searched for."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from desktop.devices.untrusted_names import is_note_name, note_shots, shot_of

_MOST: int = 8  # a shot has one or two; a folder that was made to hold more fills nothing
T = TypeVar("T")


class Notes(Generic[T]):
    """The notes among the files of one folder, each given with its name."""

    def __init__(self, files: Iterable[tuple[str, T]]) -> None:
        self._of: dict[str, list[tuple[str, T]]] = {}
        for name, file in files:
            if is_note_name(name):
                for shot in note_shots(name):
                    self._of.setdefault(shot, []).append((name, file))

    def __bool__(self) -> bool:
        return bool(self._of)

    def on(self, image: str) -> Sequence[T]:
        """The notes on this image and its shot, in name order, eight at most."""
        found = sorted(self._of.get(shot_of(image), ()), key=lambda one: one[0])
        return [file for _, file in found[:_MOST]]
