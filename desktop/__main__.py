"""Where the program starts: a command goes to the command line, none opens the window."""

import sys
from collections.abc import Sequence


def main() -> int:
    """Run `chartroom`; returns the exit code."""
    arguments = sys.argv[1:]
    try:
        if opens_the_window(arguments):
            from desktop.app import run

            return run(arguments)
        from desktop.cli import main as command_line

        return command_line(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("chartroom: Stopped before anything was begun.\n")
        return 1


def opens_the_window(arguments: Sequence[str]) -> bool:
    """Without a command, an office at most."""
    match arguments:
        case [] | ["--office", _]:
            return True
        case [only]:
            return only.startswith("--office=")
    return False


if __name__ == "__main__":
    sys.exit(main())
