"""Files fit in the head, have a sign on the door, and tell nothing of where they were made."""

import ast
import re

from tests.house.tracked import files, python_files, text, tree

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "shared"}

KNOWN_ADDRESSES = (
    "http://www.aiim.org/pdfa/ns/",
    "http://purl.org/dc/elements/",
    "http://www.w3.org/",
    "https://www.w3.org/",
    "http://ns.adobe.com/",
    "https://creativecommons.org/",
    "https://keepachangelog.com/",
    "https://semver.org/",
    "https://www.gnu.org/licenses/",
    "https://openfontlicense.org",
    "https://scripts.sil.org/",
    "http://scripts.sil.org/",
)
"""Standards, licences and name spaces: addresses that nobody has to reach."""

ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s\"'<>)\]}]+")
LOOPBACK = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\]|\{)")
MACHINE_PATH = re.compile(r"(?<![\w.\-}/])/(?:" + "|".join(["work", "root", "opt", "tmp"]) + r")/")


def test_a_file_fits_in_the_head() -> None:
    """Four hundred lines are the most that one reader holds; generated lists are not read."""
    long = {
        str(path): lines
        for path in python_files()
        if (lines := (text(path) or "").count("\n")) > 400
    }
    assert not long


def test_no_file_is_a_drawer() -> None:
    drawers = [
        str(path)
        for path in python_files()
        if DRAWERS.intersection(part.removesuffix(".py") for part in path.parts)
    ]
    assert not drawers


def test_every_file_has_a_sign_on_its_door() -> None:
    without = [
        str(path)
        for path in python_files()
        if not ast.get_docstring(tree(path)) and (path.parts[0] == "desktop" or text(path))
    ]
    assert not without


def test_no_file_names_a_network_address() -> None:
    """A records office has no network; only standards and licences have names that look so."""
    named = [
        f"{path}: {address}"
        for path in files()
        if "fonts" not in path.parts
        for address in ADDRESS.findall(text(path) or "")
        if not address.startswith(KNOWN_ADDRESSES) and not LOOPBACK.match(address)
    ]
    assert not named


def test_no_file_names_a_path_of_one_machine() -> None:
    named = [
        f"{path}:{number}: {line.strip()}"
        for path in files()
        for number, line in enumerate((text(path) or "").splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert not named
