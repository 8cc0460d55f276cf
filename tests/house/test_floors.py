"""What the import contracts cannot say: devices and printing know no widgets."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "desktop"


@pytest.mark.parametrize("room", ["devices", "printing"])
def test_no_widgets_below_the_ui(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        imported = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in _modules(node)
        }
        assert not {name for name in imported if name.startswith("PySide6.QtWidgets")}, path.name


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names] + [node.module or ""]
    return []
