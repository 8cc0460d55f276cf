"""What a file is, by its content alone."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.untrusted_names import looks_like_media
from desktop.media.true_type import EMPTY, HEAD, JPEG, PDF, TEXT, UNKNOWN, true_type
from desktop.records.facts.clinical_image import MediaKind
from tests.unit.media.corpus import content, expected, needs_corpus
from tests.unit.media.made_photos import exif_block, jpeg


def _ftyp(major: bytes, *compatible: bytes) -> bytes:
    brands = major + b"\0\0\0\0" + b"".join(compatible)
    return struct.pack(">I", len(brands) + 8) + b"ftyp" + brands


BEGINNINGS = [
    (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", "image/png"),
    (b"GIF89a\x01\0\x01\0", "image/gif"),
    (b"BM" + bytes(12) + b"\x28\0\0\0", "image/bmp"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
    (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
    (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
    (_ftyp(b"heic", b"mif1"), "image/heic"),
    (_ftyp(b"mif1", b"heic"), "image/heic"),
    (_ftyp(b"mif1", b"avif"), "image/avif"),
    (_ftyp(b"mif1"), "image/heif"),
    (_ftyp(b"avif", b"mif1"), "image/avif"),
    (_ftyp(b"isom", b"mp42"), "video/mp4"),
    (_ftyp(b"isom", b"qt  ", b"heic"), "video/mp4"),
    (_ftyp(b"qt  "), "video/quicktime"),
    (b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
    (_ftyp(b"3gp4"), "video/3gpp"),
    (_ftyp(b"3g2a"), "video/3gpp2"),
    (_ftyp(b"M4A "), "audio/mp4"),
    (_ftyp(b"crx "), "image/x-canon-cr3"),
    (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
    (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", "video/x-matroska"),
    (b"ID3\x04\0\0\0\0\0\x00\xff\xfb\x90\x00", "audio/mpeg"),
    (b"\xff\xfb\x90\x64", "audio/mpeg"),
    (b"\xff\xf1\x50\x80", "audio/aac"),
    (b"ID3\x04\0\0\0\0\0\x00\xff\xf1\x50\x80", "audio/aac"),
    (b"ID3\x04\0\0\0\0\0\x00fLaC", "audio/flac"),
    (b"#!AMR\n\x3c", "audio/amr"),
    (b"OggS\0\x02" + bytes(22) + b"OpusHead", "audio/ogg"),
    (b"OggS\0\x02" + bytes(22) + b"\x80theora", "video/ogg"),
    (b"fLaC\0\0\0\x22", "audio/flac"),
    (b"%PDF-1.7\n%", "application/pdf"),
    (b"II*\0\x10\0\0\0CR\x02\0", "image/x-canon-cr2"),
    (exif_block({0x0110: "EOS"}), "image/tiff"),
    (exif_block({0xC612: b"\1\4\0\0"}), "image/x-adobe-dng"),
    (exif_block({0x010F: "NIKON CORPORATION", 0x014A: 8}), "image/x-nikon-nef"),
    (exif_block({0x010F: "NIKON CORPORATION"}), "image/tiff"),
    (b"\x02dss\0\0", "audio/x-dss"),
    (b"\x03dss\0\0", "audio/x-dss"),
    (b"\x03ds2\0\0", "audio/x-ds2"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (b"FUJIFILMCCD-RAW ", "image/x-fuji-raf"),
    (b"IIU\0\x18\0\0\0", "image/x-panasonic-rw2"),
    ((b"\x47" + bytes(187)) * 5, "video/mp2t"),
]


@pytest.mark.parametrize(("beginning", "media_type"), BEGINNINGS)
def test_each_format_is_told_by_its_beginning(beginning: bytes, media_type: str) -> None:
    assert true_type(beginning).media_type == media_type


TOLD_BY_FEW_BYTES = {"audio/mpeg", "audio/aac", "image/bmp", "video/mp2t", "application/pdf"}
"""Too little to tell by, in a folder where anything may lie: there the name has to say it."""


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(("beginning", "media_type"), BEGINNINGS)
def test_a_folder_shows_what_can_be_told_though_its_name_says_nothing(
    beginning: bytes, media_type: str
) -> None:
    assert looks_like_media(beginning[:16]) or media_type in TOLD_BY_FEW_BYTES


def test_what_is_no_image_is_said_to_be_none() -> None:
    assert true_type(b"") == EMPTY
    assert true_type("Kia ora, he tuhinga tēnei.\n".encode()) == TEXT
    assert true_type("Kia ora\n".encode("utf-16")) == TEXT
    assert true_type(b"%PDF-1.4") == PDF
    assert true_type(bytes(range(256))) == UNKNOWN
    assert true_type(b"BM is a word, not a picture\0") == UNKNOWN
    assert {EMPTY.kind, TEXT.kind, PDF.kind, UNKNOWN.kind} == {MediaKind.UNKNOWN}


def test_text_that_is_cut_inside_a_character_is_still_text() -> None:
    assert true_type("ā".encode() * HEAD) == TEXT
    assert true_type(b"x" + "ā".encode() * HEAD) == TEXT


def test_a_jpeg_is_a_photo() -> None:
    assert true_type(jpeg()) == JPEG
    assert JPEG.kind is MediaKind.PHOTO


@given(st.binary(max_size=400))
def test_random_bytes_never_raise(noise: bytes) -> None:
    true_type(noise)


@given(st.sampled_from([beginning for beginning, _ in BEGINNINGS]), st.binary(max_size=64))
def test_known_beginnings_with_random_ends_never_raise(beginning: bytes, noise: bytes) -> None:
    for cut in range(len(beginning)):
        true_type(beginning[:cut] + noise)


SAME = {
    "JPEG": {"image/jpeg"},
    "HEIC": {"image/heic"},
    "HEIF": {"image/heif", "image/heic"},
    "AVIF": {"image/avif"},
    "PNG": {"image/png"},
    "TIFF": {"image/tiff"},
    "DNG": {"image/x-adobe-dng"},
    "WEBP": {"image/webp"},
    "AVI": {"video/x-msvideo"},
    "3GP": {"video/3gpp"},
    "MP3": {"audio/mpeg"},
    "WAV": {"audio/wav"},
    "OGG": {"audio/ogg"},
    "OPUS": {"audio/ogg"},
}


@needs_corpus
def test_real_files_are_what_exiftool_says() -> None:
    wrong = [
        (name, true_type(content(name)).media_type)
        for name, said in expected().items()
        if true_type(content(name)).media_type
        not in SAME.get(said.get("File:FileType", ""), {true_type(content(name)).media_type})
    ]
    assert not wrong
