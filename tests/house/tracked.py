"""What the house tests look at: the files of the project, as text and as syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_NOT_OURS = {".git", ".venv", "dist", "build", "demo-output", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, part of a commit; relative to the project's folder."""
    ask = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        answer = subprocess.run(ask, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        names = [Path(name) for name in answer.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
    ours = (name for name in names if not _NOT_OURS.intersection(name.parts))
    return tuple(sorted(name for name in ours if (ROOT / name).is_file()))


def python_files(*folders: str) -> list[Path]:
    """The Python files below these folders, or all of them."""
    found = [path for path in files() if path.suffix == ".py"]
    return [path for path in found if not folders or path.is_relative_to(Path(*folders))]


@cache
def text(path: Path) -> str | None:
    """The text of a file, or None if it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(path) or "", filename=str(path))
