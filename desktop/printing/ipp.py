"""IPP as bytes: what is asked of a printer or a print server, and what it answers.

RFC 8010 (encoding) and RFC 8011 (model); collections as RFC 8010, 3.1.6.
"""

import http.client
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import cast

_VERSION = b"\x02\x00"
_OPERATION_GROUP, JOB_GROUP, _END = 0x01, 0x02, 0x03
UNSUPPORTED_GROUP, PRINTER_GROUP = 0x05, 0x04
_FIRST_VALUE_TAG = 0x10
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_RANGE, _BEGIN_COLLECTION, _END_COLLECTION, _MEMBER = 0x33, 0x34, 0x37, 0x4A
_FIRST_TEXT_TAG = 0x40
_DEEPEST = 8
_MOST_GROUPS = 4096
MOST_BYTES = 4 * 1024 * 1024
"""More than any printer has to say; what answers more is no printer."""

Value = "int | str | Collection"
Collection = Mapping[str, "Sequence[int | str | Collection]"]


class Operation(IntEnum):
    """What is asked for (RFC 8011, 5.4.15; the last two are CUPS' own)."""

    PRINT_JOB = 0x02
    VALIDATE_JOB = 0x04
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


class Tag(IntEnum):
    """The type of a value."""

    INTEGER = _INTEGER
    BOOLEAN = _BOOLEAN
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    COLLECTION = _BEGIN_COLLECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One attribute of a request: a number, a text of a type, or a collection of further ones."""

    name: str
    tag: Tag
    values: "Sequence[int | str | Sequence[Asked]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What goes out before the document, if there is one. `target` is the printer, and empty where
    a whole print server is asked; `job_id` is one of its jobs."""

    operation: Operation
    target: str
    job_id: int | None = None
    person: str
    attributes: Sequence[Asked] = ()
    job: Sequence[Asked] = ()

    def encoded(self) -> bytes:
        """The bytes of the request."""
        first = [
            text("attributes-charset", Tag.CHARSET, "utf-8"),
            text("attributes-natural-language", Tag.LANGUAGE, "en"),
        ]
        if self.target:
            first.append(text("printer-uri", Tag.URI, self.target))
        if self.job_id is not None:
            first.append(number("job-id", self.job_id))
        first.append(text("requesting-user-name", Tag.NAME, self.person))
        pieces = [
            _VERSION,
            struct.pack(">HIB", self.operation, 1, _OPERATION_GROUP),
            *map(_attribute, (*first, *self.attributes)),
        ]
        if self.job:
            pieces += [bytes((JOB_GROUP,)), *map(_attribute, self.job)]
        return b"".join((*pieces, bytes((_END,))))


def text(name: str, tag: Tag, *values: str) -> Asked:
    """An attribute of texts."""
    return Asked(name=name, tag=tag, values=values)


def keyword(name: str, *values: str) -> Asked:
    """An attribute of keywords."""
    return Asked(name=name, tag=Tag.KEYWORD, values=values)


def number(name: str, value: int) -> Asked:
    """An attribute that is one number."""
    return Asked(name=name, tag=Tag.INTEGER, values=(value,))


def yes(name: str) -> Asked:
    """A boolean attribute that is true."""
    return Asked(name=name, tag=Tag.BOOLEAN, values=(1,))


def collection(name: str, *members: Asked) -> Asked:
    """An attribute that holds others."""
    return Asked(name=name, tag=Tag.COLLECTION, values=(members,))


def _attribute(asked: Asked) -> bytes:
    pieces = []
    for place, value in enumerate(asked.values):
        own = asked.name if place == 0 else ""
        if isinstance(value, int):
            packed = struct.pack(">b", value) if asked.tag is Tag.BOOLEAN else _packed(value)
            pieces.append(_piece(asked.tag, own, packed))
        elif isinstance(value, str):
            pieces.append(_piece(asked.tag, own, value.encode()))
        else:
            pieces.append(_piece(asked.tag, own, b""))
            for member in value:
                pieces.append(_piece(_MEMBER, "", member.name.encode()))
                pieces.append(_attribute(Asked(name="", tag=member.tag, values=member.values)))
            pieces.append(_piece(_END_COLLECTION, "", b""))
    return b"".join(pieces)


def _packed(value: int) -> bytes:
    return struct.pack(">i", value)


def _piece(tag: int, name: str, value: bytes) -> bytes:
    own = name.encode()
    return struct.pack(">BH", tag, len(own)) + own + struct.pack(">H", len(value)) + value


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of an answer: a job, a printer, or what was not supported."""

    tag: int
    attributes: "dict[str, list[int | str | Collection]]" = field(default_factory=dict)

    def numbers(self, name: str) -> list[int]:
        """The values of an attribute that are numbers."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, int)]

    def texts(self, name: str) -> list[str]:
        """The values of an attribute that are text."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, str)]

    def collections(self, name: str) -> "list[Collection]":
        """The values of an attribute that are collections."""
        values = self.attributes.get(name, [])
        return [value for value in values if not isinstance(value, int | str)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The status of an answer and its groups."""

    status: int
    groups: Sequence[Group] = ()

    @property
    def is_ok(self) -> bool:
        """Whether the request was done."""
        return self.status < 0x0100

    def numbers(self, name: str) -> list[int]:
        """The numbers of an attribute, in whichever group it stands."""
        return [value for group in self.groups for value in group.numbers(name)]

    def texts(self, name: str) -> list[str]:
        """The texts of an attribute, in whichever group it stands."""
        return [value for group in self.groups for value in group.texts(name)]

    def collections(self, name: str) -> "list[Collection]":
        """The collections of an attribute, in whichever group it stands."""
        return [value for group in self.groups for value in group.collections(name)]

    def of(self, tag: int) -> Iterator[Group]:
        """The groups of one kind."""
        return (group for group in self.groups if group.tag == tag)


def parse(untrusted: bytes) -> Answer:
    """Read an IPP answer; raises http.client.HTTPException for what is not one."""
    try:
        (status,) = struct.unpack_from(">H", untrusted, 2)
        groups = _Reader(untrusted[:MOST_BYTES]).groups()
    except (struct.error, IndexError) as broken:
        raise http.client.HTTPException("not an IPP answer") from broken
    return Answer(status=status, groups=groups)


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 8

    def groups(self) -> list[Group]:
        """All of them. Raises IndexError or struct.error where the bytes end too early, or where
        there are more than a print server has printers."""
        groups: list[Group] = []
        name = ""
        while (tag := self._content[self._at]) != _END:
            self._at += 1
            if tag < _FIRST_VALUE_TAG:
                if len(groups) == _MOST_GROUPS:
                    raise IndexError(self._at)
                groups.append(Group(tag=tag))
                continue
            own, value = self._field().decode("utf-8", "replace"), self._field()
            name = own or name
            if not groups:
                raise IndexError(self._at)
            groups[-1].attributes.setdefault(name, []).extend(self._values(tag, value, 0))
        return groups

    def _values(self, tag: int, value: bytes, depth: int) -> "list[int | str | Collection]":
        """One value, or none where its type says nothing to us."""
        if tag in {_INTEGER, _ENUM}:
            return [cast("int", struct.unpack(">i", value)[0])]
        if tag == _BOOLEAN:
            return [int(value != b"\x00")]
        if tag == _RANGE:
            return list(struct.unpack(">ii", value))
        if tag == _BEGIN_COLLECTION:
            return [self._collection(depth + 1)]
        if tag >= _FIRST_TEXT_TAG:
            return [value.decode("utf-8", "replace")]
        return []

    def _collection(self, depth: int) -> Collection:
        if depth > _DEEPEST:
            raise IndexError(self._at)
        members: dict[str, list[int | str | Collection]] = {}
        member = ""
        while True:
            tag = self._content[self._at]
            self._at += 1
            self._field()
            value = self._field()
            if tag == _END_COLLECTION:
                return members
            if tag < _FIRST_VALUE_TAG:
                raise IndexError(self._at)
            if tag == _MEMBER:
                member = value.decode("utf-8", "replace")
            else:
                members.setdefault(member, []).extend(self._values(tag, value, depth))

    def _field(self) -> bytes:
        (length,) = struct.unpack_from(">H", self._content, self._at)
        start = self._at + 2
        self._at = start + length
        if self._at > len(self._content):
            raise IndexError(self._at)
        return self._content[start : self._at]
