"""A photo that was decoded when it came in goes to paper as it is, without one more decoding."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from desktop.media.sandboxed_describer import SandboxedDescriber


@pytest.fixture(scope="module")
def describer() -> Iterator[SandboxedDescriber]:
    made = SandboxedDescriber()
    yield made
    made.close()


def photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def without_tables(jpeg: bytes) -> bytes:
    """The same with each DQT (ITU-T T.81, B.2.4.1) made a comment."""
    return jpeg.replace(b"\xff\xdb", b"\xff\xfe")


@pytest.mark.requirement("R80")
def test_what_was_decoded_before_is_the_same_on_paper(describer: SandboxedDescriber) -> None:
    whole = photo()
    looked = describer.for_paper(whole, longest=400)
    trusted = describer.for_paper(whole, longest=400, proved=True)
    assert looked is not None
    assert looked.unchanged
    assert trusted == looked


def test_only_what_was_decoded_before_is_spared(describer: SandboxedDescriber) -> None:
    """Without its tables no decoder shows it; whoever says that one did is believed."""
    broken = without_tables(photo())
    assert describer.for_paper(broken, longest=400) is None
    trusted = describer.for_paper(broken, longest=400, proved=True)
    assert trusted is not None
    assert describer.for_paper(broken, longest=100, proved=True) is None  # to be made smaller
