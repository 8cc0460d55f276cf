"""What a file truly is, told from its first bytes and never from its name."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass

from desktop.media.tiff_tags import TiffTags
from desktop.records.facts.clinical_image import MediaKind

HEAD = 64 * 1024
"""How many bytes from the beginning are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueType:
    """`words` is what a person calls the format: `JPEG`, `MP4 video`."""

    kind: MediaKind
    media_type: str
    words: str


def _photo(media_type: str, words: str) -> TrueType:
    return TrueType(kind=MediaKind.PHOTO, media_type=media_type, words=words)


def _video(media_type: str, words: str) -> TrueType:
    return TrueType(kind=MediaKind.VIDEO, media_type=media_type, words=words)


def _audio(media_type: str, words: str) -> TrueType:
    return TrueType(kind=MediaKind.AUDIO, media_type=media_type, words=words)


def _other(media_type: str, words: str) -> TrueType:
    return TrueType(kind=MediaKind.UNKNOWN, media_type=media_type, words=words)


JPEG = _photo("image/jpeg", "JPEG")
EMPTY = _other("application/x-empty", "empty")
TEXT = _other("text/plain", "text")
PDF = _other("application/pdf", "PDF")
AAE = _other("application/x-apple-aae", "AAE sidecar")
UNKNOWN = _other("application/octet-stream", "unknown")

_TIFF = _photo("image/tiff", "TIFF")
_HEIC = _photo("image/heic", "HEIC")
_HEIF = _photo("image/heif", "HEIF")
_AVIF = _photo("image/avif", "AVIF")
_MP4 = _video("video/mp4", "MP4 video")
_MOV = _video("video/quicktime", "QuickTime video")
_3GP = _video("video/3gpp", "3GP video")
_M4A = _audio("audio/mp4", "M4A sound")
_MP3 = _audio("audio/mpeg", "MP3 sound")
_AAC = _audio("audio/aac", "AAC sound")
_OGG = _audio("audio/ogg", "Ogg sound")
_ASF = _video("video/x-ms-asf", "Windows Media")

_MAGIC: tuple[tuple[bytes, TrueType], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", _photo("image/png", "PNG")),
    (b"GIF87a", _photo("image/gif", "GIF")),
    (b"GIF89a", _photo("image/gif", "GIF")),
    (b"\0\0\0\x0cjP  \r\n\x87\n", _photo("image/jp2", "JPEG 2000")),
    (b"\xff\x4f\xff\x51", _photo("image/jp2", "JPEG 2000")),
    (b"\0\0\0\x0cJXL \r\n\x87\n", _photo("image/jxl", "JPEG XL")),
    (b"FUJIFILMCCD-RAW", _photo("image/x-fuji-raf", "Fujifilm raw")),
    (b"IIRO", _photo("image/x-olympus-orf", "Olympus raw")),
    (b"IIRS", _photo("image/x-olympus-orf", "Olympus raw")),
    (b"MMOR", _photo("image/x-olympus-orf", "Olympus raw")),
    (b"IIU\0", _photo("image/x-panasonic-rw2", "Panasonic raw")),
    (b"#!AMR-WB\n", _audio("audio/amr-wb", "AMR sound")),
    (b"#!AMR\n", _audio("audio/amr", "AMR sound")),
    (b"fLaC", _audio("audio/flac", "FLAC sound")),
    (b"ADIF", _AAC),
    (b"\x02dss", _audio("audio/x-dss", "DSS dictation")),
    (b"\x03dss", _audio("audio/x-dss", "DSS dictation")),
    (b"\x03ds2", _audio("audio/x-ds2", "DS2 dictation")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _ASF),
    (b"\0\0\x01\xba", _video("video/mpeg", "MPEG video")),
    (b"%PDF-", PDF),
)

_RIFF = {
    b"WEBP": _photo("image/webp", "WebP"),
    b"AVI ": _video("video/x-msvideo", "AVI video"),
    b"WAVE": _audio("audio/wav", "WAV sound"),
}

_BRANDS: tuple[tuple[tuple[bytes, ...], TrueType], ...] = (
    ((b"avif", b"avis"), _AVIF),
    ((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), _HEIC),
    ((b"mif1", b"msf1"), _HEIF),
    ((b"crx ",), _photo("image/x-canon-cr3", "Canon raw")),
    ((b"qt  ",), _MOV),
    ((b"M4A ", b"M4B ", b"M4P "), _M4A),
    ((b"3gp", b"3gr", b"3gs", b"3gg", b"3ge"), _3GP),
    ((b"3g2",), _video("video/3gpp2", "3G2 video")),
)

_QUICKTIME_WITHOUT_FTYP = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")

_RAW_MAKERS = (
    ("NIKON", _photo("image/x-nikon-nef", "Nikon raw")),
    ("SONY", _photo("image/x-sony-arw", "Sony raw")),
    ("PENTAX", _photo("image/x-pentax-pef", "Pentax raw")),
)


def true_type(untrusted: bytes) -> TrueType:
    """The type of these bytes by their content. Only the first 64 KiB are looked at. Never raises;
    what is not known is UNKNOWN, of kind `MediaKind.UNKNOWN`."""
    head = untrusted[:HEAD]
    if not head:
        return EMPTY
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    for look in _LOOKS:
        seen = look(head)
        if seen is not None:
            return seen
    return UNKNOWN


def _riff(head: bytes) -> TrueType | None:
    return _RIFF.get(head[8:12]) if head[:4] in {b"RIFF", b"RF64", b"BW64"} else None


def _boxes(head: bytes) -> TrueType | None:
    if head[4:8] in _QUICKTIME_WITHOUT_FTYP:
        return _MOV
    if head[4:8] != b"ftyp":
        return None
    end = min(max(int.from_bytes(head[:4], "big"), 16), 256)
    major, compatible = head[8:12], [head[at : at + 4] for at in range(16, end, 4)]
    for brand in (major, *compatible) if _is_picture_box(major) else (major,):
        for known, found in _BRANDS:
            if brand.startswith(known):
                return _heif_family(found, compatible)
    return _MP4


def _is_picture_box(major: bytes) -> bool:
    """Writers of pictures put the general brand first and the codec among the compatible ones."""
    return major in {b"mif1", b"msf1", b"miaf"}


def _heif_family(found: TrueType, compatible: list[bytes]) -> TrueType:
    if found is not _HEIF:
        return found
    for known, narrower in _BRANDS[:2]:
        if any(brand in known for brand in compatible):
            return narrower
    return found


def _tiff(head: bytes) -> TrueType | None:
    if head[:4] in {b"II+\0", b"MM\0+"}:
        return _TIFF
    tags = TiffTags.of(head)
    if tags is None:
        return None
    if head[8:10] == b"CR":
        return _photo("image/x-canon-cr2", "Canon raw")
    if 0xC612 in tags:
        return _photo("image/x-adobe-dng", "DNG raw")
    maker = tags.text(0x010F).upper()
    if 0x014A in tags:
        for name, found in _RAW_MAKERS:
            if maker.startswith(name):
                return found
    return _TIFF


def _matroska(head: bytes) -> TrueType | None:
    if head[:4] != b"\x1a\x45\xdf\xa3":
        return None
    if b"webm" in head[:80]:
        return _video("video/webm", "WebM video")
    return _video("video/x-matroska", "Matroska video")


def _ogg(head: bytes) -> TrueType | None:
    if not head.startswith(b"OggS"):
        return None
    return _video("video/ogg", "Ogg video") if b"\x80theora" in head[:256] else _OGG


def _bitmap(head: bytes) -> TrueType | None:
    """BM alone begins many a word, so the size of the second header has to be a known one."""
    sizes = {12, 40, 52, 56, 64, 108, 124}
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in sizes:
        return _photo("image/bmp", "BMP")
    return None


def _mpeg_audio(head: bytes) -> TrueType | None:
    if head.startswith(b"ID3"):
        return _after_id3(head)
    return _sound_frame(head, 0)


def _after_id3(head: bytes) -> TrueType:
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    rest = head[10 + size : 14 + size]
    if rest == b"fLaC":
        return _audio("audio/flac", "FLAC sound")
    return _sound_frame(head, 10 + size) or _MP3


def _sound_frame(head: bytes, at: int) -> TrueType | None:
    """An MPEG audio or ADTS frame header (ISO/IEC 11172-3 2.4.1.3, 13818-7 6.2)."""
    if len(head) < at + 4 or head[at] != 0xFF or head[at + 1] & 0xE0 != 0xE0:
        return None
    if head[at + 1] & 0xF6 == 0xF0:
        return _AAC if head[at + 2] >> 2 & 0xF < 13 else None
    version, layer = head[at + 1] >> 3 & 3, head[at + 1] >> 1 & 3
    rate, frequency = head[at + 2] >> 4, head[at + 2] >> 2 & 3
    # layer I is a DAT of the nineties, and its FF FE begins every UTF-16 text
    if version == 1 or layer not in {1, 2} or rate in {0, 15} or frequency == 3:
        return None
    return _MP3


def _transport_stream(head: bytes) -> TrueType | None:
    """188 bytes a packet, or 192 on camcorders, each with the same sync byte."""
    for first, step in ((0, 188), (4, 192)):
        at = range(first, min(len(head), first + 5 * step), step)
        if len(at) == 5 and all(head[i] == 0x47 for i in at):
            return _video("video/mp2t", "AVCHD video")
    return None


def _edit_sidecar(head: bytes) -> TrueType | None:
    """A property list, as text or binary, of the form that the Photos of Apple write."""
    is_list = head.startswith(b"bplist00") or b"<plist" in head[:1024]
    return AAE if is_list and b"adjustmentFormatIdentifier" in head else None


def _text(head: bytes) -> TrueType | None:
    # the C functions leave out a character that is cut in two where the head ends
    decode = codecs.utf_16_decode if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else codecs.utf_8_decode
    try:
        words, _ = decode(head, "strict", False)
    except UnicodeDecodeError:
        return None
    return TEXT if words and not any(ord(c) < 32 and c not in "\t\n\r\f" for c in words) else None


_LOOKS: tuple[Callable[[bytes], TrueType | None], ...] = (
    _riff,
    _boxes,
    _tiff,
    _matroska,
    _ogg,
    _bitmap,
    _mpeg_audio,
    _transport_stream,
    _edit_sidecar,
    _text,
)
