"""Every problem of the world has words, and the words name what the problem knows."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from string import Formatter

import desktop
from desktop.problem import Problem


def _family() -> list[type[Problem]]:
    for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    found: list[type[Problem]] = []
    waiting = [Problem]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found.append(kind)
    ours = [kind for kind in found if kind.__module__.startswith("desktop.")]
    return sorted(set(ours), key=lambda kind: (kind.__module__, kind.__name__))


def _named_in(words: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(words) if name}


def _fault_of(kind: type[Problem]) -> str | None:
    if not is_dataclass(kind):
        return "is no dataclass: its facts must be fields"
    words = vars(kind).get("words", "")
    if not words.rstrip("”)").endswith((".", "?", "}")):
        return "has no whole sentences of its own"
    unknown = _named_in(words) - {field.name for field in fields(kind)}
    return f"names what it does not know: {unknown}" if unknown else None


def test_a_problem_has_words_of_its_own() -> None:
    faults = {kind.__name__: fault for kind in _family() if (fault := _fault_of(kind))}
    assert not faults


def test_no_two_problems_share_a_code() -> None:
    """Scripts tell problems apart by their codes, which are made from the class names."""
    names = [kind.__name__ for kind in _family()]
    assert len(set(names)) == len(names)
