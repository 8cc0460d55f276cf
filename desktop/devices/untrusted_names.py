"""Names that a device gave: made fit to be shown, and judged by what they say of the content."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from desktop.records.facts.clinical_image import MediaKind

_PHOTOS = (
    "jpg jpeg jpe jfif heic heif hif avif png tif tiff gif webp bmp mpo jp2 j2k j2c jpc jpf jpx jxl"
    " dng cr2 cr3 crw nef nrw arw"
    " srf sr2 orf rw2 rwl raf pef ptx srw raw x3f 3fr fff iiq mrw kdc dcr erf mef"
)
_VIDEOS = "mp4 m4v mov qt 3gp 3gpp 3g2 webm avi mts m2ts mpg mpeg mod tod mkv wmv asf ogv lrv lrf"
_RECORDINGS = "m4a m4b mp3 wav amr awb ogg oga opus aac flac wma caf aif aiff 3ga dss ds2"
_MEDIA = frozenset(f"{_PHOTOS} {_VIDEOS} {_RECORDINGS}".split())
_KINDS = {
    MediaKind.PHOTO: frozenset(_PHOTOS.split()),
    MediaKind.VIDEO: frozenset(_VIDEOS.split()),
    MediaKind.AUDIO: frozenset(_RECORDINGS.split()),
}

# Written beside an image by the camera, or the unfinished part of one: never an image of its own.
_BESIDE = "thm xmp aae ctg db ini tmp part crdownload"
_COMPANIONS = frozenset(_BESIDE.split())
_OF_ONE_IMAGE = frozenset(["thm", "xmp", "aae"])
_NOTES = frozenset(["xmp", "aae"])
# an iPhone calls the edited picture of IMG_0007 IMG_E0007, and a note of its camera IMG_O0007
_OF_APPLE = re.compile(r"img_[eo](\d+)")
_GOPRO = re.compile(r"g[xhl](\d{6})")

_MAGIC = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"OggS", b"ID3",
    b"fLaC", b"#!AMR", b"\x1aE\xdf\xa3", b"II+\0", b"MM\0+", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51",
    b"\0\0\0\x0cJXL ", b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"\x02dss",
    b"\x03dss", b"\x03ds2", b"ADIF", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\0\0\x01\xba",
)  # fmt: skip
_BOXES = frozenset((b"ftyp", b"moov", b"mdat", b"wide"))
"""With one of these a film or a recording begins; those of old QuickTime have no `ftyp`."""

HEAD = 16
"""How many first bytes `looks_like_media` wants to see."""


def shown(untrusted: str) -> str:
    """The name for a person's eyes: nothing in it can break a line, hide, or turn text around."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
        and character not in "\N{ZERO WIDTH JOINER}"
        else character
        for character in untrusted
    )


def is_hidden(name: str) -> bool:
    """Whether a device means nobody to see it: dot files, AppleDouble halves, system folders."""
    return name.startswith(".") or name.casefold() in {
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "__macosx",
    }


def is_media_name(name: str) -> bool:
    """Whether the extension is one of a photo, video or recording."""
    return extension_of(name) in _MEDIA


def kind_by_name(name: str) -> MediaKind:
    """What the extension promises; the content may be something else, and is looked at later."""
    extension = extension_of(name)
    return next((kind for kind, known in _KINDS.items() if extension in known), MediaKind.UNKNOWN)


def is_companion_name(name: str) -> bool:
    """Whether the extension says that this is no image whatever the content looks like."""
    return extension_of(name) in _COMPANIONS


def lies_beside(name: str, image: str) -> bool:
    """Whether a camera or phone wrote this small file for that image: the same stem, and an
    extension of edits, notes or a smaller picture."""
    return extension_of(name) in _OF_ONE_IMAGE and stem_of(name) == stem_of(image)


def is_note_name(name: str) -> bool:
    """Whether the extension is one of a note on an image: what was edited (AAE), or said (XMP)."""
    return extension_of(name) in _NOTES


def note_shots(note: str) -> tuple[str, ...]:
    """The shots that a note may be of, as `shot_of` names them: IMG_0007.XMP and IMG_0007.JPG.XMP
    are both of IMG_0007.JPG."""
    shot = shot_of(note)
    return (shot, shot_of(shot)) if is_media_name(shot) else (shot,)


def shot_of(name: str) -> str:
    """What an image, its edited version and the notes on it share within a folder."""
    stem = stem_of(name)
    return f"img_{of_apple[1]}" if (of_apple := _OF_APPLE.fullmatch(stem)) else stem


def shows_the_image(companion: str) -> bool:
    """Whether a small file beside an image is a picture of it, and not a note on it."""
    return extension_of(companion) == "thm"


def stem_of(name: str) -> str:
    """What files of one shot share within a folder: a Live Photo's film, the raw image of a JPEG,
    the small film (LRV, LRF) that action cameras and drones write beside a large one. GoPro calls
    these GX010001.MP4 and GL010001.LRV."""
    stem = name.casefold().rpartition(".")[0] or name.casefold()
    return f"g*{of_gopro[1]}" if (of_gopro := _GOPRO.fullmatch(stem)) else stem


def looks_like_media(head: bytes) -> bool:
    """Whether the first `HEAD` bytes are those of a known kind of photo, video or recording."""
    return head.startswith(_MAGIC) or head[4:8] in _BOXES


def shadowed(names: Iterable[str]) -> frozenset[str]:
    """The names that begin another name. libgphoto2 2.5.34 may take the longer for the shorter."""
    return frozenset(
        name for name, following in pairwise(sorted(set(names))) if following.startswith(name)
    )


def extension_of(name: str) -> str:
    """What follows the last dot, in small letters; empty if there is none."""
    _, dot, extension = name.rpartition(".")
    return extension.casefold() if dot else ""
