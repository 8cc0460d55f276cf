"""What no file of the program may do, however small the reason."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tracked import python_files, tree

THREAD_MAKERS = {
    "Thread",
    "Timer",
    "ThreadPoolExecutor",
    "ThreadPool",
    "QThread",
    "QThreadPool",
    "QRunnable",
    "QtConcurrent",
    "start_new_thread",
    "to_thread",
    "run_in_executor",
}
THREADS_MAY_BE_MADE_IN = {Path("desktop/lanes.py")}

ANYTHING_MAY_BE_CAUGHT_IN = {
    Path("desktop/ui/parts/crash_box.py"),  # the last resort of a window: log it, say it calmly
    Path("desktop/media/worker.py"),  # whatever a decoder raises is one refused preview
}

WIPES_A_CARD = {"file_delete", "folder_delete_all"}
"""libgphoto2 deletes everything when it cannot find the one file it was asked to delete."""
ONE_FILE = "file_delete"
DRIVER = Path("desktop/devices/gphoto_session.py")
CLEARS = Path("desktop/devices/gphoto_clearing.py")

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")


def _places(path: Path, nodes: Iterator[ast.AST]) -> list[str]:
    return [f"{path}:{getattr(node, 'lineno', 0)}" for node in nodes]


def _named(node: ast.AST) -> str:
    """The last name in `a.b.c`, `c` or `from a import c`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.alias(name=name):
            return name.rpartition(".")[2]
    return ""


def _calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and _named(node.func) in names:
            yield node


def _strings(path: Path) -> Iterator[ast.Constant]:
    """Every string of a file that is not a docstring."""
    docstrings = {
        id(node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node


def test_only_the_lanes_make_threads() -> None:
    made = [
        place
        for path in python_files("desktop")
        if path not in THREADS_MAY_BE_MADE_IN
        for place in _places(
            path, (node for node in ast.walk(tree(path)) if _named(node) in THREAD_MAKERS)
        )
    ]
    assert not made


def _catches_anything(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and _named(node.func) == "suppress":
        return any(_named(word) in {"Exception", "BaseException"} for word in node.args)
    if not isinstance(node, ast.ExceptHandler):
        return False
    hands_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
    caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
    too_much = any(
        word is None or _named(word) in {"Exception", "BaseException"} for word in caught
    )
    return too_much and not hands_on


def test_nobody_catches_just_anything() -> None:
    """A fault is ours and must be seen; only clearing up and raising it again is allowed."""
    caught = [
        place
        for path in python_files("desktop")
        if path not in ANYTHING_MAY_BE_CAUGHT_IN
        for place in _places(path, filter(_catches_anything, ast.walk(tree(path))))
    ]
    assert not caught


def test_a_driver_is_asked_to_delete_in_one_place_only() -> None:
    """`Session.delete`, which only the source that compared the file just before may call."""
    asked = [
        (path, node)
        for path in python_files("desktop")
        for node in ast.walk(tree(path))
        if _named(node) in WIPES_A_CARD
    ]
    assert [(path, _named(node)) for path, node in asked] == [(DRIVER, ONE_FILE)]
    spelled_out = [
        place
        for path in python_files("desktop")
        for place in _places(path, (n for n in _strings(path) if n.value in WIPES_A_CARD))
    ]
    assert not spelled_out
    callers = {
        path
        for path in python_files("desktop/devices")
        for node in ast.walk(tree(path))
        if _named(node) == "delete"
    }
    assert callers == {CLEARS}


def test_no_f_string_is_translated() -> None:
    """The translator would look for the text with the names already in it, and never find it."""
    formatted = [
        place
        for path in python_files("desktop")
        for place in _places(
            path,
            (
                call
                for call in _calls(path, "tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP")
                if any(isinstance(word, ast.JoinedStr) for word in call.args)
            ),
        )
    ]
    assert not formatted


def test_the_ui_names_no_colour() -> None:
    """Colours come from the palette and the style sheet, or dark mode and 200 % break."""
    strings = [
        place
        for path in python_files("desktop", "ui")
        for place in _places(path, (n for n in _strings(path) if COLOUR.search(str(n.value))))
    ]
    literals = [
        place
        for path in python_files("desktop", "ui")
        for place in _places(
            path,
            (
                call
                for call in _calls(path, "QColor", "fromRgb", "fromRgbF", "fromHsl", "fromHsv")
                if call.args and all(isinstance(word, ast.Constant) for word in call.args)
            ),
        )
    ]
    assert not strings + literals
