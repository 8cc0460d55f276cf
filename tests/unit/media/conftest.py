"""The real describer, its worker process shared by the tests of one file."""

from collections.abc import Iterator

import pytest

from desktop.media.sandboxed_describer import SandboxedDescriber


@pytest.fixture(scope="module")
def describer() -> Iterator[SandboxedDescriber]:
    shared = SandboxedDescriber()
    yield shared
    shared.close()
