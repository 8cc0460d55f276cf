"""An iPhone's note of an edit, read in the real confined worker: made, broken and hostile ones."""

import plistlib
from datetime import UTC, datetime

import pytest

from desktop.media.description_wire import BadReply
from desktop.media.edit_note import NOTE_AT_MOST, read_edit_note
from desktop.media.sandboxed_describer import SandboxedDescriber
from desktop.records.facts.companions import EditNote, KeptCompanion, notes_words

AT = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)
SAID = {
    "adjustmentBaseVersion": 0,
    "adjustmentData": bytes(300),
    "adjustmentEditorBundleID": "com.apple.mobileslideshow",
    "adjustmentFormatIdentifier": "com.apple.photo",
    "adjustmentFormatVersion": "1.6",
    "adjustmentTimestamp": AT.replace(tzinfo=None),
}
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<plist version="1.0"><dict><key>adjustmentFormatIdentifier</key><string>&c;</string></dict></plist>
"""
OUTSIDE = ENTITIES.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/hostname"')


def aae(form: plistlib.PlistFormat = plistlib.FMT_XML, **changed: object) -> bytes:
    return plistlib.dumps({**SAID, **changed}, fmt=form)


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_who_wrote_it_and_when(describer: SandboxedDescriber, form: plistlib.PlistFormat) -> None:
    said = describer.edit_note(aae(form))
    assert said == EditNote(editor="com.apple.mobileslideshow", at=AT)


@pytest.mark.requirement("R11")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no list",
        aae()[:400],
        aae(plistlib.FMT_BINARY)[:200],
        ENTITIES,
        OUTSIDE,
        b"bplist00" + b"\xff" * 64,
        plistlib.dumps({"another": "list"}),
        plistlib.dumps(["adjustmentFormatIdentifier"]),
        aae(adjustmentData=bytes(NOTE_AT_MOST)),
        b"<plist>" + b"<array>" * 100_000,
    ],
    ids=lambda content: content[:12],
)
def test_what_is_broken_or_hostile_is_not_read_and_harms_nothing(
    describer: SandboxedDescriber, content: bytes
) -> None:
    assert describer.edit_note(content) is None
    assert describer.edit_note(aae()) is not None


@pytest.mark.requirement("R11")
@pytest.mark.parametrize("editor", ["a\nb", "\N{RIGHT-TO-LEFT OVERRIDE}x", "a" * 101, 7, "a b"])
def test_a_name_that_is_none_is_not_told(describer: SandboxedDescriber, editor: object) -> None:
    said = describer.edit_note(aae(adjustmentEditorBundleID=editor))
    assert said == EditNote(editor="", at=AT)


@pytest.mark.parametrize("at", ["yesterday", datetime(1904, 1, 1), datetime(9999, 1, 1)])  # noqa: DTZ001
def test_a_moment_that_cannot_be_is_not_told(describer: SandboxedDescriber, at: object) -> None:
    said = describer.edit_note(aae(adjustmentTimestamp=at))
    assert said is not None
    assert said.at is None


@pytest.mark.parametrize(
    "facts",
    [
        {"editor": 7},
        {"editor": "a\nb", "at": None},
        {"editor": "", "at": "soon"},
        {"editor": "", "at": "2026-03-02T20:05:00"},
        {"editor": "", "at": "1604-03-02T20:05:00+00:00"},
    ],
)
def test_a_worker_that_lies_is_not_believed(facts: dict[str, object]) -> None:
    with pytest.raises(BadReply):
        read_edit_note(facts)


def noted(name: str, said: EditNote | None = None, *, unread: bool = False) -> KeptCompanion:
    return KeptCompanion(
        file_name=name, size=9, sha256=b"", received_at=AT, said=said, unread=unread
    )


@pytest.mark.requirement("R11")
def test_the_words_say_who_edited_it_and_that_the_file_is_shown_as_it_came() -> None:
    local = AT.astimezone()
    notes = [
        noted("IMG_7.AAE", EditNote(editor="com.apple.mobileslideshow", at=AT)),
        noted("IMG_O7.AAE", EditNote(editor="com.apple.camera", at=None)),
        noted("IMG_8.AAE", unread=True),
        noted("IMG_9.AAE", EditNote(editor="org.example.Tool", at=None)),
        noted("IMG_7.THM"),
    ]
    (words,) = notes_words(notes, "IMG_7.HEIC")
    assert words == (
        "4 edit notes from the phone are kept with it (IMG_7.AAE, made in Photos on the phone on "
        f"{local:%d %b %Y} at {local:%H:%M}; IMG_O7.AAE, made by the camera itself; IMG_8.AAE, "
        "which could not be read; IMG_9.AAE, made with org.example.Tool); what is shown is the "
        "file as it came, without those edits"
    )
