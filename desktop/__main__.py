"""Where the program starts: a command goes to the command line, none opens the window."""

import sys


def main() -> int:
    """Run `chartroom`; returns the exit code."""
    arguments = sys.argv[1:]
    if not arguments or (arguments[0].startswith("--office") and len(arguments) <= 2):
        from desktop.app import run

        return run(arguments)
    from desktop.cli import main as command_line

    return command_line(arguments)


if __name__ == "__main__":
    sys.exit(main())
