"""Real and hostile files lent by a folder beside the checkout; tests that need it skip without."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_BESIDE = Path(__file__).resolve().parents[4] / "shared" / "corpus"
CORPUS = Path(os.environ.get("CHARTROOM_CORPUS", _BESIDE))

needs_corpus = pytest.mark.skipif(
    not (CORPUS / "exiftool-expected.json").is_file(),
    reason="no corpus of real files here: set CHARTROOM_CORPUS to its folder",
)


@cache
def expected() -> dict[str, dict[str, Any]]:
    """What exiftool says of each file, by its path in the corpus."""
    found: dict[str, dict[str, Any]] = json.loads((CORPUS / "exiftool-expected.json").read_bytes())
    return found


def said_to_be(file_type: str) -> list[str]:
    """The paths of all files that exiftool takes for this type."""
    return [name for name, said in expected().items() if said.get("File:FileType") == file_type]


def content(name: str) -> bytes:
    return (CORPUS / name).read_bytes()
