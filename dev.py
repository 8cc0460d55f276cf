#!/usr/bin/env python3
"""One command for each thing a developer does; it sets the machine up first where needed."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older one should say so in words
    sys.exit(
        f"Chartroom needs Python 3.11 or newer; this is {sys.version.split()[0]} "
        f"({sys.executable}). Start dev.py with a newer one, for example: python3.11 dev.py"
    )

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = ROOT / "requirements" / "dev.txt"
STAMP = VENV / "set-up-for"

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt loads and its wheel does not bring, with the Debian package that does."""

PRINTING_PROGRAMS = {
    "cupsd": "cups",
    "lp": "cups-client",
    "ippeveprinter": "cups-ipp-utils",
    "avahi-daemon": "avahi-daemon",
    "dbus-daemon": "dbus",
}
"""What the tests print to: a private CUPS and an IPP printer on loopback."""

KEYRING_PROGRAMS = {"gnome-keyring-daemon": "gnome-keyring", "dbus-daemon": "dbus"}
"""What keeps secrets for the tests: a private Secret Service."""

SCANNER_PROGRAMS = {"scanimage": "sane-utils"}
"""What the tests scan with: SANE's own test scanner, which needs no hardware."""

JUDGING_PROGRAMS = {"exiftool": "libimage-exiftool-perl"}
"""What the tests ask what is left in a de-identified copy."""


_FIT_FOR_WORKERS = {"-q", "-qq", "-v", "-vv", "-x", "--long", "--durations", "--maxfail", "--tb"}
"""The options of pytest with which several processes are as good as one."""


# The machine


def missing_libraries() -> dict[str, str]:
    """The shared libraries that Qt would not find here, with the packages that hold them."""
    if not sys.platform.startswith("linux"):
        return {}
    return {name: package for name, package in QT_LIBRARIES.items() if not _loads(name)}


def missing_programs(wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of the programs that tests start which are not here."""
    if not sys.platform.startswith("linux"):
        return {}
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    return {
        name: package for name, package in wanted.items() if not shutil.which(name, path=places)
    }


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _as_root() -> list[str] | None:
    """What stands before a command to run it as root without a question; None if we may not."""
    if os.name != "posix":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def apt_install(packages: Iterable[str]) -> bool:
    """Install Debian packages where that can be done without asking; True if it was done."""
    root = _as_root()
    if root is None or not shutil.which("apt-get"):
        return False
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    install = [*apt, "install", "--no-install-recommends", *sorted(set(packages))]
    print("Installing system packages:", *install[len(apt) + 2 :])
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and _quietly(install):
        return True
    return run([*apt, "update"]) == 0 and run(install) == 0


def require_libraries() -> None:
    """Qt's system libraries: installed, or named in one sentence."""
    missing = missing_libraries()
    if missing and apt_install(missing.values()):
        missing = missing_libraries()
    if missing:
        sys.exit(
            f"Qt needs libraries that this machine lacks: {', '.join(missing)}. "
            f"On Debian and Ubuntu, install them as root with: "
            f"apt-get install {' '.join(sorted(set(missing.values())))}"
        )


def offer_test_programs() -> None:
    """What some tests start; without it they are skipped and say so."""
    wanted = {
        "printing": PRINTING_PROGRAMS,
        "keyring": KEYRING_PROGRAMS,
        "scanner": SCANNER_PROGRAMS,
        "copy": JUDGING_PROGRAMS,
    }
    lacking = {tests: missing for tests, p in wanted.items() if (missing := missing_programs(p))}
    packages = {package for missing in lacking.values() for package in missing.values()}
    if packages and apt_install(packages):
        return
    for tests, missing in lacking.items():
        print(
            f"The {tests} tests will be skipped: {', '.join(missing)} not found "
            f"(Debian packages: {' '.join(sorted(missing.values()))})."
        )


# The virtual environment


def set_up() -> None:
    """Make `.venv` hold exactly requirements/dev.txt; at once when it already does."""
    wanted = _stamp()
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != wanted:
        print("Setting up .venv (once, and when the requirements change).", flush=True)
        _make_venv()
        install = ["install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
        must([*_pip(), *install], "The requirements could not be installed.")
        STAMP.write_text(wanted, encoding="utf-8")
    require_libraries()


def _stamp() -> str:
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"python {sys.version_info[0]}.{sys.version_info[1]}\nrequirements {digest}\n"


def _make_venv() -> None:
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if PYTHON.exists() and _quietly([str(PYTHON), "-c", same]):
        return
    if not _has("ensurepip") and not _has("pip"):
        apt_install(["python3-venv"])
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if _has("ensurepip"):
        must(make, "The virtual environment could not be made.")
    elif _has("pip"):
        must([*make, "--without-pip"], "The virtual environment could not be made.")
    else:
        sys.exit(
            "This Python can neither make a virtual environment with pip nor has pip itself. "
            "On Debian and Ubuntu, install one of them as root: apt-get install python3-venv"
        )


def _has(module: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(module) is not None


def _pip() -> list[str]:
    """The virtual environment's own pip, or this Python's pip aimed at it."""
    quiet = ["--disable-pip-version-check", "--no-input"]
    if _quietly([str(PYTHON), "-m", "pip", "--version"]):
        return [str(PYTHON), "-m", "pip", *quiet]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON), *quiet]


# Running things


def run(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> int:
    """Run a command to its end in the caller's folder and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, env=environment, check=False).returncode


def must(command: Sequence[str], sentence: str) -> None:
    """Run a command; if it fails, end with the sentence (the command has said why)."""
    if run(command) != 0:
        sys.exit(sentence)


def _quietly(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _module(name: str, *arguments: str, show: bool = True) -> int:
    """Run a module of the virtual environment; relative paths stay those of the caller."""
    environment = {**os.environ, "PYTHONPATH": _path_with(ROOT)}
    if not show:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return run([str(PYTHON), "-m", name, *arguments], environment=environment)


def _path_with(first: Path) -> str:
    return os.pathsep.join(part for part in (str(first), os.environ.get("PYTHONPATH", "")) if part)


# The verbs


def verb_run(arguments: list[str]) -> int:
    """start Chartroom; what follows is handed to it (nothing: the window)"""
    set_up()
    return _module("desktop", *arguments)


def verb_demo(arguments: list[str]) -> int:
    """a throw-away office, a virtual camera and sample photos (--headless: no window)"""
    set_up()
    return _module("desktop.demo", *arguments)


def verb_test(arguments: list[str]) -> int:
    """the tests, or those named (--show: windows on the screen, --long: every fault)"""
    set_up()
    offer_test_programs()
    os.chdir(ROOT)
    words = [word for word in arguments if word != "--show"]
    show = len(words) < len(arguments)
    return _module("pytest", *([] if show else workers_for(words)), *words, show=show)


def workers_for(arguments: Sequence[str]) -> list[str]:
    """What has pytest work in as many processes as there are processors.

    Nothing where one process serves better: for one processor, for a file or a test that is named,
    and with any option that narrows, talks or stops, for only those below are known not to.
    """
    named = [word for word in arguments if not word.startswith("-")]
    options = {word.split("=")[0] for word in arguments if word.startswith("-")}
    if not all((ROOT / word).is_dir() for word in named) or options - _FIT_FOR_WORKERS:
        return []
    processors = _processors()
    # Who has finished takes half of what lies before another: files differ by a minute.
    return ["-n", str(processors), "--dist", "worksteal"] if processors > 1 else []


def _processors() -> int:
    if sys.platform.startswith("linux"):
        return len(os.sched_getaffinity(0))  # a container may be given fewer than there are
    return os.cpu_count() or 1


def verb_lint(arguments: list[str]) -> int:
    """style, formatting, types and the import contracts; nothing is changed"""
    set_up()
    os.chdir(ROOT)
    results = [
        _module("ruff", "check", *arguments),
        _module("ruff", "format", "--check", *arguments),
        _module("mypy", *arguments),
        run([str(PYTHON.with_name("lint-imports"))]),
    ]
    return max(results)


def verb_check(arguments: list[str]) -> int:
    """lint, then test: what has to hold before a commit"""
    return verb_lint([]) or verb_test(arguments)


def verb_fmt(arguments: list[str]) -> int:
    """put the code into the house's format and mend what can be mended"""
    set_up()
    os.chdir(ROOT)
    return max(_module("ruff", "check", "--fix", *arguments), _module("ruff", "format", *arguments))


def verb_bench(arguments: list[str]) -> int:
    """the benchmarks, or those named (start_up, keep_300, …)"""
    set_up()
    os.chdir(ROOT)
    files = sorted((ROOT / "benchmarks").glob("*.py"))
    every = [path.stem for path in files if "def main(" in path.read_text(encoding="utf-8")]
    unknown = set(arguments) - set(every)
    if unknown:
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(every)}.")
    return max(_module(f"benchmarks.{name}", show=False) for name in arguments or every)


def verb_package(_: list[str]) -> int:
    """build the wheel and prove that it starts, with its resources, outside this folder"""
    set_up()
    os.chdir(ROOT)
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    must([str(PYTHON), "-m", "hatchling", "build", "-t", "wheel"], "The wheel was not built.")
    (wheel,) = (ROOT / "dist").glob("*.whl")
    with tempfile.TemporaryDirectory() as scratch:
        place = ["install", "--quiet", "--no-index", "--no-deps", "--target", scratch, str(wheel)]
        must([*_pip(), *place], "The wheel could not be installed.")
        os.chdir(scratch)
        proof = (
            "import pathlib, desktop.shipped as s;"
            "here = pathlib.Path.cwd().resolve(); samples = s.shipped('samples').resolve();"
            "assert here in samples.parents, samples;"
            "photos = [path for path in samples.iterdir() if path.suffix.lower() == '.jpg'];"
            "assert len(photos) > 5, samples"
        )
        for start in (["-c", proof], ["-m", "desktop", "--version"]):
            environment = {**os.environ, "PYTHONPATH": scratch, "QT_QPA_PLATFORM": "offscreen"}
            if run([str(PYTHON), *start], environment=environment) != 0:
                sys.exit("The wheel was built, but it does not start by itself.")
        os.chdir(ROOT)
    print(f"{wheel.relative_to(ROOT)} was built, installed and started.")
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": verb_run,
    "demo": verb_demo,
    "test": verb_test,
    "check": verb_check,
    "fmt": verb_fmt,
    "lint": verb_lint,
    "bench": verb_bench,
    "package": verb_package,
}


def main(words: list[str]) -> int:
    """Do what the first word says with the words after it; without one, list the verbs."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print("python3 dev.py VERB …\n")
        for name, verb in VERBS.items():
            print(f"  {name:<8} {verb.__doc__}")
        return 0
    if words[0] not in VERBS:
        print(f"There is no “{words[0]}”. Say one of: {' '.join(VERBS)}.", file=sys.stderr)
        return 2
    return VERBS[words[0]](words[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
