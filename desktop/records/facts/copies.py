"""Copies that leave the office: what is painted over, what was looked for, what was removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.records.facts.consent import Purpose
from desktop.records.facts.ids import CopyId, ImageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A rectangle that is painted solid, in parts (0 to 1) of the upright picture.

    In a film it holds from `start` to `end`, in seconds; None is the end of the film. Of a file of
    several pages it lies on the one of that number, from 1; None is every page.
    """

    left: float
    top: float
    width: float
    height: float
    start: float = 0.0
    end: float | None = None
    page: int | None = None

    def is_on_page(self, number: int) -> bool:
        """Whether it lies on the page of this number, from 1."""
        return self.page is None or self.page == number


class Feature(StrEnum):
    """What may tell whose image it is though no name stands in it (R102)."""

    FACE = "face"
    EYES = "eyes"
    TATTOO = "tattoo"
    SCAR = "scar"
    JEWELLERY = "jewellery"
    CLOTHING = "clothing"
    NAME = "name"
    BACKGROUND = "background"
    VOICE = "voice"
    RARE_CONDITION = "rare-condition"

    @property
    def words(self) -> str:
        """What to look for, in plain words."""
        return {
            Feature.FACE: "face, or a part of it",
            Feature.EYES: "eyes",
            Feature.TATTOO: "tattoo",
            Feature.SCAR: "scar or birthmark",
            Feature.JEWELLERY: "jewellery or watch",
            Feature.CLOTHING: "clothing or uniform",
            Feature.NAME: "name: label, wristband, paper or screen",
            Feature.BACKGROUND: "background: place, people, mirror",
            Feature.VOICE: "voice, or a name that is spoken",
            Feature.RARE_CONDITION: "a condition so rare that it tells who it is",
        }[self]


class Found(StrEnum):
    """What a person found of a feature."""

    NONE = "none"
    MASKED = "masked"
    ACCEPTED = "accepted"

    @property
    def words(self) -> str:
        """The answer in plain words."""
        return {
            Found.NONE: "none to be seen or heard",
            Found.MASKED: "masked, or left out",
            Found.ACCEPTED: "still there, and accepted",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureAnswer:
    """What was found of one feature; `reason` says why it may stay, where it does."""

    found: Found
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureCheck:
    """Who looked for identifying features, and what they say of each.

    `second_reviewer` is another person, who agreed where the condition is a rare one.
    """

    checked_by: str
    answers: Mapping[Feature, FeatureAnswer] = field(default_factory=dict)
    second_reviewer: str = ""

    @property
    def leaves_something(self) -> bool:
        """Whether a feature is still there, so that the copy may identify the person."""
        return any(one.found is Found.ACCEPTED for one in self.answers.values())


class Removed(StrEnum):
    """What a copy no longer holds."""

    EXIF = "exif"
    XMP = "xmp"
    IPTC = "iptc"
    COMMENT = "comment"
    OTHER_BLOCKS = "other-blocks"
    PROFILE = "profile"
    AFTER_PICTURE = "after-picture"
    ALL_BUT_PIXELS = "all-but-pixels"
    FURTHER_PICTURES = "further-pictures"
    TAGS = "tags"
    TRACKS = "tracks"
    COVER = "cover"
    SOUND = "sound"
    TRIMMED = "trimmed"
    ENCODED_NOTES = "encoded-notes"
    PAINTED_OVER = "painted-over"

    @property
    def words(self) -> str:
        """The same in plain words."""
        return {
            Removed.EXIF: "camera, time, place and small picture (EXIF)",
            Removed.XMP: "notes of programs (XMP)",
            Removed.IPTC: "captions and names (IPTC, Photoshop)",
            Removed.COMMENT: "comments and text",
            Removed.OTHER_BLOCKS: "other blocks that cameras and programs add",
            Removed.PROFILE: "a colour profile that names equipment",
            Removed.AFTER_PICTURE: "what lay behind the picture, such as a film or a second one",
            Removed.ALL_BUT_PIXELS: "everything but the pixels: the copy was drawn anew from them",
            Removed.FURTHER_PICTURES: "further pictures in the file: the copy has the main one",
            Removed.TAGS: "time, place, device and titles of the recording",
            Removed.TRACKS: "tracks of measurements, text and further pictures",
            Removed.COVER: "a cover picture",
            Removed.SOUND: "the sound",
            Removed.TRIMMED: "frames or edges that were cut away but still in the file",
            Removed.ENCODED_NOTES: "notes between the frames",
            Removed.PAINTED_OVER: "what the masks cover",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCopy:
    """A copy as it was written and checked. `sha256` is that of its bytes, `size` their number.

    `is_same_picture` says that the picture itself was carried over unchanged, and `is_hdr` that it
    is a film of high dynamic range.
    """

    media_type: str
    ending: str
    size: int
    sha256: bytes
    removed: tuple[Removed, ...]
    is_same_picture: bool = False
    is_hdr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """For whom a copy is made, and why it may be (R81, R90, R101).

    `authority` names what allows it where no consent on record does: a court order, a statute.
    `why_identifiable` and `reference` (ethics approval, policy) are for teaching, training,
    research and publication with an image that was not de-identified.
    """

    recipient: str
    purpose: Purpose
    is_deidentified: bool
    authority: str = ""
    why_identifiable: str = ""
    reference: str = ""


class Ground(StrEnum):
    """Why an image may be used or given out (R81, R82, R89, R90)."""

    CARE = "care"
    CONSENT = "consent"
    AUTHORITY = "authority"
    NOT_IDENTIFIABLE = "not-identifiable"

    @property
    def words(self) -> str:
        """The ground in plain words."""
        return {
            Ground.CARE: "a purpose of the person's own care",
            Ground.CONSENT: "consent on record for this purpose",
            Ground.AUTHORITY: "an authority that was stated",
            Ground.NOT_IDENTIFIABLE: "the copy does not identify the person",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenOut:
    """One time that an image, or a copy of it, left the office: who got it, when and why (R97).

    `at` is in UTC, `number` the short one of the image. `ground` says what allowed it. `authority`,
    `why_identifiable` and `reference` are what was stated; `features_by` is who looked for what
    identifies, of a de-identified copy alone. `failed` says that it was noted and then did not come
    to be: the disk was full, or somebody stopped it. `sha256` is of the bytes that left, in hex,
    and `consent` how the image's consent stands on record now.
    """

    image: ImageId
    number: str
    at: datetime
    by: str
    recipient: str
    purpose: str
    is_deidentified: bool
    ground: str
    authority: str = ""
    why_identifiable: str = ""
    reference: str = ""
    features_by: str = ""
    failed: bool = False
    sha256: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRecord:
    """A de-identified copy on record: all that leads from it back to its original (R104).

    `made_at` is in UTC. `told` is JSON text: what was removed, what was found, on what ground.
    """

    id: CopyId
    image: ImageId
    made_at: datetime
    made_by: str
    features_by: str
    purpose: Purpose
    recipient: str
    media_type: str
    size: int
    sha256: bytes
    told: str
