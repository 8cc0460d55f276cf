"""Whatever else is done, in any order: every image that was received can still be read whole."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.problem import Problem
from desktop.records.deeds.checking import verify
from desktop.records.deeds.describing import note_description
from desktop.records.deeds.disposal import approve_disposal, carry_out_disposal, propose_disposal
from desktop.records.deeds.filing import file_image
from desktop.records.deeds.looking import open_original
from desktop.records.deeds.retention import note_service, office_day
from desktop.records.deeds.undoing import take_back
from desktop.records.facts.ids import ImageId
from desktop.records.facts.patient import Patient
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import (
    MEI,
    MadeUpOffice,
    added,
    described_as,
    linked,
    received,
    time_of_file,
    whole_facts,
)

Step = Callable[[Vault, ImageId, Patient], object]


def _file(vault: Vault, image: ImageId, patient: Patient) -> None:
    file_image(vault, image=image, link=linked(patient), facts=whole_facts(), by=MEI)


def _describe(vault: Vault, image: ImageId, _: Patient) -> None:
    description = described_as(time_of_file())
    note_description(vault, image=image, description=description, thumbnail=None, by=MEI)


def _dispose(vault: Vault, image: ImageId, _: Patient) -> None:
    """All that one person can do about it alone."""
    batch = propose_disposal(vault, by=MEI, images=[image])
    with suppress(Problem):
        approve_disposal(vault, number=batch.number, by=MEI)
    carry_out_disposal(vault, number=batch.number, by=MEI)


def _view(vault: Vault, image: ImageId, _: Patient) -> None:
    open_original(vault, image=image, by=MEI).close()


STEPS: list[Step] = [
    _file,
    _describe,
    _dispose,
    _view,
    lambda vault, image, _: take_back(vault, image=image, by=MEI, reason="slip"),
    lambda vault, _, patient: note_service(
        vault, patient=patient.id, on=office_day(vault.clock()), by=MEI
    ),
    lambda vault, *_: received(vault, b"one"),
    lambda vault, *_: received(vault, b"two"),
]


@pytest.mark.requirement("R107")
@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.sampled_from([0, 1, 4000]))),
)
def test_no_sequence_of_deeds_loses_an_image(steps: list[tuple[Step, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        made = MadeUpOffice(folder=Path(folder) / "office")
        with made.create() as vault:
            patient = added(vault)
            images = [received(vault, content).id for content in (b"one", b"two")]
            for step, which, days in steps:
                made.clock.move(days=days)
                with suppress(Problem):
                    step(vault, images[which], patient)
            _all_there(vault)
            vault.close()
        with made.open() as again:
            _all_there(again)


def _all_there(vault: Vault) -> None:
    report = verify(vault, originals=True)
    assert report.is_whole
    assert report.images == 2
    with vault.look() as look:
        for content in (b"one", b"two"):
            found = look.images.with_bytes(hashlib.sha256(content).digest())
            assert found is not None
            assert vault.originals.read(look.images.sealed(found.id)) == content
