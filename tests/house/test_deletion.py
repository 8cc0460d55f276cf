"""Nothing on record can be deleted but by a disposal: there is no other way in the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tracked import python_files, tree

VAULT, DEEDS = "desktop/records/vault", "desktop/records/deeds"

MAY_BE_DELETED_FROM = {
    "setting",
    "kept_key",
    "_thumbnail",
    "_preview",
    "_preview_turn",
    "_draft",
}
"""Tables that hold no record: a setting goes back to its default, pictures are made again, a key is
replaced by the same key under another one."""

DELETED_BY_DISPOSAL = {
    (Path(VAULT, "disposal_shelf.py"), "original"),
    (Path(VAULT, "disposal_shelf.py"), "companion"),
    (Path(VAULT, "disposal_shelf.py"), "image_scale"),
    (Path(VAULT, "disposal_shelf.py"), "image_tie"),
    (Path(VAULT, "disposal_shelf.py"), "received_image"),
    (Path(VAULT, "disposal_shelf.py"), "copy_given"),
}
"""The row of an original, whose image is a tombstone by then, the small files beside it, what was
measured on it, which others it belonged to, and who sent it or gave the copy."""

DELETES_ORIGINALS = {
    Path(DEEDS, "receiving.py"): {"delete"},  # the surplus of bytes that are on record already
    Path(VAULT, "vault.py"): {"remove_destroyed"},  # `erase`, after a disposal
    Path(VAULT, "backup.py"): {"delete"},  # a copy on the way into a backup that failed its check
    Path(VAULT, "originals.py"): {"delete"},  # what was not settled, and the two verbs above
}
ERASES = {Path(DEEDS, "disposal.py")}
DESTROYS = {Path(DEEDS, "disposal.py")}
DELETES_FROM = re.compile(r"^\s*(?:delete\s+from|drop\s+table|truncate|replace\s+into)\b", re.I)

pytestmark = pytest.mark.requirement("R107")


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        match node:
            case ast.Call(func=ast.Attribute(attr=attr)) if attr == name:
                yield node


def _owner(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return ast.unparse(call.func.value)


def test_only_disposal_deletes_rows_of_the_record() -> None:
    deleted = {
        (path, ast.unparse(call.args[0]))
        for path in python_files("desktop")
        for call in _calls(path, "delete")
        if _owner(call) == "sa"
    }
    assert {one for one in deleted if one[1] not in MAY_BE_DELETED_FROM} == DELETED_BY_DISPOSAL


def test_no_text_of_sql_deletes() -> None:
    texts = [
        f"{path}:{node.lineno}"
        for path in python_files("desktop")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and DELETES_FROM.search(node.value)
    ]
    assert not texts


def test_only_receiving_and_disposal_delete_originals() -> None:
    found: dict[Path, set[str]] = {}
    for path in python_files("desktop/records"):
        for name in ("delete", "remove_destroyed"):
            if any(
                _owner(call).split(".")[-1] in {"originals", "_store"}
                for call in _calls(path, name)
            ):
                found.setdefault(path, set()).add(name)
    assert found.items() <= DELETES_ORIGINALS.items()


def test_only_disposal_destroys_and_erases() -> None:
    for name, allowed in (("destroy", DESTROYS), ("erase", ERASES)):
        callers = {path for path in python_files("desktop/records") if any(_calls(path, name))}
        assert callers == allowed, name
