"""Printers that announce themselves on the office's network and need no queue (DNS-SD, RFC 6763).

Asked of `ippfind`, which comes with CUPS; no printer is spoken to.
"""

import shutil
import subprocess

from desktop.printing.ipp_connection import printer_at
from desktop.printing.printer_problems import PrintersNotSought
from desktop.problem import Problem

_FOR_S = 3
_PATIENCE_S = 10.0
_MOST = 50
_SEALED = "_ipps._tcp"
"""Those that take a paper over TLS; others would not be printed on."""


def announced_printers() -> list[str]:
    """Their addresses, as `printer_at` reads them; empty where none is heard within three seconds.
    What is announced is only what somebody says of themselves: nothing is sent before the printer's
    certificate is known. Raises PrintersNotSought."""
    tool = shutil.which("ippfind")
    if tool is None:
        raise PrintersNotSought(reason="ippfind is not installed")
    command = [tool, "-T", str(_FOR_S), _SEALED, "--print"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintersNotSought(reason="ippfind does not answer") from error
    untrusted = done.stdout.decode("utf-8", "replace").split()
    return sorted({one for one in untrusted[:_MOST] if _is_address(one)})


def _is_address(untrusted: str) -> bool:
    try:
        return printer_at(untrusted).server.is_sealed
    except Problem:
        return False
