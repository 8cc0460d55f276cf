"""Whether an office claims what is true: each row has its line of the trail, and the other way."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from desktop.records.deeds.disposal import disposal
from desktop.records.facts.clinical_image import ClinicalImage, ImageState
from desktop.records.facts.disposal import Tombstone
from desktop.records.rules.completeness import state_for
from desktop.records.vault.vault import Vault

_ROWS = {
    "image received": "SELECT count(*) FROM image",
    "image disposed": "SELECT count(*) FROM tombstone",
    "patient added": "SELECT count(*) FROM patient",
    "person added": "SELECT count(*) - 1 FROM person",  # who founded the office has no such line
    "person removed": "SELECT count(*) FROM person WHERE gone_at IS NOT NULL",
    "sheet made": "SELECT count(*) FROM sheet",
    "hold placed": "SELECT count(*) FROM legal_hold",
    "hold lifted": "SELECT count(*) FROM legal_hold WHERE lifted_at IS NOT NULL",
    "disposal proposed": "SELECT count(*) FROM disposal_batch",
    "disposal approved": "SELECT count(*) FROM disposal_batch WHERE approved_at IS NOT NULL",
    "disposal finished": "SELECT count(*) FROM disposal_batch WHERE finished_at IS NOT NULL",
}
_NEVER = {
    "an image is disposed without a tombstone, or has one and is not": (
        "SELECT id FROM image WHERE (state = 'disposed') != "
        "(id IN (SELECT image_id FROM tombstone))"
    ),
    "an image is disposed and has its key, or is not and has none": (
        "SELECT id FROM image WHERE (state = 'disposed') = (id IN (SELECT image_id FROM original))"
    ),
    "a disposed image still has its facts": (
        "SELECT id FROM image WHERE state = 'disposed' AND (file_name != '' OR site != '' OR "
        "coalesce(filed_at, photographer_name, taken_local, kind) IS NOT NULL)"
    ),
    "a batch is finished and not decided": (
        "SELECT image_id FROM disposal_item JOIN disposal_batch ON number = batch "
        "WHERE finished_at IS NOT NULL AND done_at IS NULL"
    ),
    "a sheet shows a destroyed image and is not flagged, or is flagged and shows none": (
        "SELECT id FROM sheet WHERE (to_destroy_since IS NOT NULL) != (id IN (SELECT sheet_id FROM "
        "sheet_image JOIN tombstone ON sheet_image.image_id = tombstone.image_id))"
    ),
}


def untrue(vault: Vault, images: Sequence[ClinicalImage]) -> Iterator[str]:
    """Every claim of the rows that the trail does not bear out, or that contradicts another.

    `images` are those whose originals are on record.
    """
    told = _told(vault)
    yield from _counted(vault, told)
    gone = tombstones(vault)
    yield from _each_image(told, images, gone)
    if vault.renditions.get_many([stone.image for stone in gone]):
        yield "a disposed image still has its thumbnail"
    yield from _certificates(vault)


def tombstones(vault: Vault) -> list[Tombstone]:
    """What is kept of every image that is gone."""
    with vault.look() as look:
        return look.disposals._tombstones(sa.true())


def _counted(vault: Vault, told: dict[str, Counter[str]]) -> Iterator[str]:
    with vault._database.read() as connection:
        for deed, query in _ROWS.items():
            rows = connection.execute(sa.text(query)).scalar_one()
            lines = told.get(deed, Counter()).total()
            if rows != lines:
                yield f"the trail has {lines} lines «{deed}» for {rows} rows"
        for sentence, query in _NEVER.items():
            if connection.execute(sa.text(query)).first() is not None:
                yield sentence


def _each_image(
    told: dict[str, Counter[str]], images: Sequence[ClinicalImage], gone: Sequence[Tombstone]
) -> Iterator[str]:
    none = Counter[str]()
    received, filed, disposed = (
        told.get(deed, none) for deed in ("image received", "image filed", "image disposed")
    )
    for image in images:
        key, name = str(image.id), image.arrival.file_name
        is_filed = image.state is ImageState.FILED
        if (received[key], filed[key], disposed[key]) != (1, int(is_filed), 0):
            yield f"{name} is {image.state}, and the trail says otherwise"
        if is_filed and (image.patient is None or state_for(image.missing) != image.state):
            yield f"{name} is filed and not whole"
    for stone in gone:
        key = str(stone.image)
        if (received[key], disposed[key]) != (1, 1):
            yield f"{key} is disposed, and the trail says otherwise"


def _certificates(vault: Vault) -> Iterator[str]:
    """A certificate names exactly what is gone, and nothing of it lies in the office."""
    with vault._database.read() as connection:
        query = sa.text("SELECT number FROM disposal_batch WHERE finished_at IS NOT NULL")
        numbers = list(connection.execute(query).scalars())
    for number in numbers:
        done = disposal(vault, number=number)
        named = [*(stone.image for stone in done.gone), *(one.image for one in done.spared)]
        if sorted(map(str, named)) != sorted(map(str, done.batch.images)):
            yield f"certificate {number} does not name what the batch did"
        if any(stone.file for stone in done.gone):
            yield f"certificate {number} was given before the sealed files were gone"


def _told(vault: Vault) -> dict[str, Counter[str]]:
    """How many lines of each deed there are about each image; "" for other things."""
    told: dict[str, Counter[str]] = {}
    with vault._database.read() as connection:
        for deed, about in connection.execute(sa.text("SELECT deed, about FROM trail")):
            facts = json.loads(about)
            told.setdefault(deed, Counter())[str(facts.get("image") or "")] += 1
    return told
