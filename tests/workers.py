"""Tests in several processes: one that ends badly after its last test is a failure too.

pytest-xdist sees a process that dies at a test. What comes later (a crash of Qt at exit, an error
in what nobody awaited) makes a single process fail, so it has to make several fail.
"""

import atexit
import os
import subprocess
import traceback
from collections.abc import Generator
from contextlib import suppress
from typing import Any

import pytest

_PATIENCE_S = 120.0
_NODES: list[Any] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Around all that a process does: xdist drops what a worker raises after its last test."""
    try:
        return (yield)
    except BaseException:
        if hasattr(config, "workerinput"):
            traceback.print_exc()
            atexit.register(os._exit, 1)
        raise


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist makes a worker."""
    _NODES.append(node)


def _end(node: Any) -> None:
    """Let a worker end by itself: xdist kills it after ten seconds, however busy the machine is."""
    with suppress(node.channel.RemoteError, node.channel.TimeoutError):
        node.channel.waitclose(_PATIENCE_S)
    node.gateway.exit()
    with suppress(subprocess.TimeoutExpired):
        node.gateway._io.popen.wait(_PATIENCE_S)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish() -> Generator[None]:
    """Around everything: the summary is told first, then how the workers ended."""
    finished = [node for node in _NODES if hasattr(node, "workeroutput")]
    for node in finished:
        _end(node)
    yield
    codes = {node.gateway.id: node.gateway._io.wait() for node in finished}
    bad = [f"{name} (exit code {code})" for name, code in codes.items() if code]
    if bad:
        pytest.exit(f"ended badly after their tests: {', '.join(bad)}", returncode=1)
