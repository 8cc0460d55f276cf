"""A camera on loopback for libgphoto2's own driver to talk to: what it holds and what it does.

It does what the standard says (ISO 15740), deletion included, and what its `Script` says instead.
Everything that it was asked is in its log.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.unit.devices.ptp_card import EVERYTHING, STORE, Card, Pattern, Stored
from tests.unit.devices.ptp_datasets import (
    Event,
    Make,
    Operation,
    Response,
    device_info,
    numbers,
    object_info,
    storage_info,
)
from tests.unit.devices.ptp_script import Script
from tests.unit.devices.ptpip_responder import Answer, PtpIpResponder

_READS = {Operation.GET_OBJECT, Operation.GET_PARTIAL_OBJECT, Operation.GET_PARTIAL_OBJECT_64}
_FIRST_HANDLE = 0x00010000  # as high as cameras number them
_OK = Answer(response=Response.OK)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One line of the log. `name` is of the file that the first parameter stood for, if any."""

    operation: int
    parameters: tuple[int, ...]
    name: str
    response: int


class PtpIpCamera(PtpIpResponder):
    """A camera with one empty card. `script` says what it does wrong; both may be changed at any
    time. `make` is what it says of itself; `log` is what it was asked. `close` it when done.
    """

    def __init__(self, script: Script | None = None, *, make: Make | None = None) -> None:
        self.make = Make() if make is None else make
        self.log: list[Asked] = []
        self.cards = {STORE: Card()}
        self.objects: dict[int, Stored] = {}
        self._next_handle = _FIRST_HANDLE
        self._at_a_time = threading.RLock()
        self._deeds: dict[int, Callable[[list[int]], Answer]] = {
            Operation.GET_DEVICE_INFO: self._device_info,
            Operation.OPEN_SESSION: lambda _: _OK,
            Operation.CLOSE_SESSION: lambda _: _OK,
            Operation.GET_STORAGE_IDS: self._storage_ids,
            Operation.GET_STORAGE_INFO: self._storage_info,
            Operation.GET_NUM_OBJECTS: self._number_of_objects,
            Operation.GET_OBJECT_HANDLES: self._object_handles,
            Operation.GET_OBJECT_INFO: self._object_info,
            Operation.GET_OBJECT: self._object,
            Operation.GET_THUMB: self._thumbnail,
            Operation.GET_PARTIAL_OBJECT: self._partial_object,
            Operation.GET_PARTIAL_OBJECT_64: self._partial_object_64,
            Operation.DELETE_OBJECT: self._delete_object,
        }
        super().__init__(Script() if script is None else script)

    # What lies on it

    def add_card(self, label: str) -> int:
        """One more storage; its number, for `add_folder` and `add_file`."""
        store = STORE + (len(self.cards) << 16)
        self.cards[store] = Card(label=label)
        return store

    def add_folder(self, name: str, parent: int = 0, *, store: int = STORE) -> int:
        """A folder; its handle."""
        return self._add(Stored(name=name, parent=parent, store=store))

    def folder(self, name: str) -> int:
        """The handle of the first folder of this name."""
        objects = self.objects.items()
        return next(handle for handle, one in objects if one.is_folder and one.name == name)

    def add_file(
        self,
        name: str,
        content: bytes | Pattern,
        *,
        parent: int = 0,
        store: int = STORE,
        thumbnail: bytes = b"",
        said_size: int | None = None,
    ) -> int:
        """A file; its handle."""
        stored = Stored(
            name=name,
            parent=parent,
            store=store,
            content=content,
            thumbnail=thumbnail,
            said_size=said_size,
        )
        return self._add(stored)

    def add_photos(self, photos: Mapping[str, bytes], *, store: int = STORE) -> int:
        """Photos where a camera would lay them, in DCIM/100CANON; the handle of that folder."""
        folder = self.add_folder("100CANON", self.add_folder("DCIM", store=store), store=store)
        for name, content in photos.items():
            self.add_file(name, content, parent=folder, store=store)
        return folder

    def remove(self, name: str, *, told: bool = False) -> None:
        """Take a file away, as a person does on the camera, who is `told` of in an event or not."""
        with self._at_a_time:
            handles = {handle for handle, stored in self.objects.items() if stored.name == name}
            self._lose(handles)
        if told:
            for handle in handles:
                self._tell(Event.OBJECT_REMOVED, handle)

    def replace(self, name: str, content: bytes) -> None:
        """Another file in the place and with the name of this one, as when a number comes again."""
        with self._at_a_time:
            for stored in self.objects.values():
                if stored.name == name:
                    stored.content = content

    def swap_card(self, photos: Mapping[str, bytes] | None = None) -> None:
        """Take the first card out and put another one in, with `photos` or the script's own."""
        with self._at_a_time:
            old = {handle for handle, stored in self.objects.items() if stored.store == STORE}
            self._lose(old)
            self._tell(Event.STORE_REMOVED, STORE)
            if self.script.reuses_handles:
                self._next_handle = min(old, default=self._next_handle)
            self.add_photos(self.script.other_card if photos is None else photos)
            self._tell(Event.STORE_ADDED, STORE)

    def files(self) -> dict[str, bytes]:
        """What it holds, by name, without what is too large to be kept."""
        stored = list(self.objects.values())
        return {one.name: one.content for one in stored if isinstance(one.content, bytes)}

    def names(self) -> list[str]:
        """The names of the files, twins twice, as they were laid down."""
        return [stored.name for stored in list(self.objects.values()) if not stored.is_folder]

    # What it was asked

    @property
    def asked(self) -> list[int]:
        """The operations that it was asked for, in turn."""
        return [line.operation for line in list(self.log)]

    def asked_to_delete(self) -> list[str]:
        """The names of what it was asked to delete; '*' where that was everything."""
        return [line.name for line in list(self.log) if line.operation == Operation.DELETE_OBJECT]

    # What it does

    def do(self, operation: int, parameters: list[int]) -> Answer:
        """What the script says of it, else what the standard says."""
        with self._at_a_time:
            if operation == self.script.swap_card_on:
                self.script.swap_card_on = None
                self.swap_card()
            name = self._name_of(operation, parameters)
            answer = self._answer_to(operation, parameters)
            self.log.append(
                Asked(
                    operation=operation,
                    parameters=tuple(parameters),
                    name=name,
                    response=answer.response,
                )
            )
            return answer

    def _answer_to(self, operation: int, parameters: list[int]) -> Answer:
        if operation in self.script.refused:
            return Answer(response=Response.ACCESS_DENIED)
        deed = self._deeds.get(operation)
        if deed is None or operation not in self._operations():
            return Answer(response=Response.OPERATION_NOT_SUPPORTED)
        try:
            if operation in _READS and self.objects[parameters[0]].name in self.script.denied:
                return Answer(response=Response.ACCESS_DENIED)
            return deed(parameters)
        except KeyError:
            return Answer(response=Response.INVALID_OBJECT_HANDLE)

    def _operations(self) -> list[int]:
        hidden = {Operation.DELETE_OBJECT} if self.script.cannot_delete else set()
        return [code for code in self.make.operations if code not in hidden]

    def _device_info(self, _parameters: list[int]) -> Answer:
        return Answer(response=Response.OK, data=device_info(self.make, self._operations()))

    def _storage_ids(self, _parameters: list[int]) -> Answer:
        stores = [] if self.script.locked else list(self.cards)
        return Answer(response=Response.OK, data=numbers(stores))

    def _storage_info(self, parameters: list[int]) -> Answer:
        card = self.cards[parameters[0]]
        info = storage_info(card, used=self.script.used, read_only=self.script.read_only)
        return Answer(response=Response.OK, data=info)

    def _number_of_objects(self, parameters: list[int]) -> Answer:
        return Answer(response=Response.OK, parameters=(len(self._handles(parameters)),))

    def _object_handles(self, parameters: list[int]) -> Answer:
        return Answer(response=Response.OK, data=numbers(self._handles(parameters)))

    def _handles(self, parameters: list[int]) -> list[int]:
        """Parameter 1 is a storage or all. Parameter 3 is a folder, 0 for all objects, or
        0xFFFFFFFF for those of the root."""
        store, _, parent = [*parameters, 0, 0][:3]
        wanted = 0 if parent == EVERYTHING else parent
        return [
            handle
            for handle, stored in self.objects.items()
            if store in {EVERYTHING, stored.store} and (parent == 0 or stored.parent == wanted)
        ]

    def _object_info(self, parameters: list[int]) -> Answer:
        stored = self.objects[parameters[0]]
        if stored.name in self.script.not_told:
            return Answer(response=Response.GENERAL_ERROR)
        info = object_info(
            stored,
            parent=stored.parent or self.script.root_parent,
            protected=stored.name in self.script.protected,
        )
        return Answer(response=Response.OK, data=info)

    def _object(self, parameters: list[int]) -> Answer:
        data = self.objects[parameters[0]].data
        return Answer(response=Response.OK, data=data, length=self._end_of(data))

    def _partial_object(self, parameters: list[int]) -> Answer:
        handle, offset, length = parameters
        return self._part(handle, offset, length)

    def _partial_object_64(self, parameters: list[int]) -> Answer:
        handle, low, high, length = parameters
        return self._part(handle, high << 32 | low, length)

    def _part(self, handle: int, offset: int, length: int) -> Answer:
        data = self.objects[handle].data
        part = data[offset : min(offset + length, self._end_of(data))]
        return Answer(response=Response.OK, data=part, parameters=(len(part),))

    def _end_of(self, data: bytes | Pattern) -> int:
        """Where a read ends: at the end of the file, or where the script says."""
        stops_at = self.script.stops_at
        return len(data) if stops_at is None else min(len(data), stops_at)

    def _thumbnail(self, parameters: list[int]) -> Answer:
        small = self.objects[parameters[0]].thumbnail
        if not small:
            return Answer(response=Response.NO_THUMBNAIL_PRESENT)
        return Answer(response=Response.OK, data=small)

    def _delete_object(self, parameters: list[int]) -> Answer:
        """Handle 0xFFFFFFFF stands for every object there is. A folder goes with what is in it."""
        is_everything = parameters[0] == EVERYTHING
        if not is_everything:
            self.objects[parameters[0]]  # a KeyError where there is no such thing
        if self.script.read_only:
            return Answer(response=Response.STORE_READ_ONLY)
        if self.script.lying_delete:
            return _OK
        if is_everything or self.script.greedy_delete:
            wanted = set(self.objects)
        else:
            wanted = self._with_contents(parameters[0])
        kept = {handle for handle in wanted if self.objects[handle].name in self.script.protected}
        if kept == wanted:
            return Answer(response=Response.OBJECT_WRITE_PROTECTED)
        self._lose(wanted - kept - self._folders_around(kept))
        return Answer(response=Response.PARTIAL_DELETION) if kept else _OK

    def _with_contents(self, handle: int) -> set[int]:
        inside = [other for other, stored in self.objects.items() if stored.parent == handle]
        return {handle}.union(*(self._with_contents(other) for other in inside))

    def _folders_around(self, handles: set[int]) -> set[int]:
        parents = {self.objects[handle].parent for handle in handles} - {0}
        return parents | self._folders_around(parents) if parents else parents

    # Small things

    def _add(self, stored: Stored) -> int:
        with self._at_a_time:
            handle = self._next_handle
            self._next_handle += 1
            self.objects[handle] = stored
            return handle

    def _lose(self, gone: set[int]) -> None:
        self.objects = {
            handle: stored for handle, stored in self.objects.items() if handle not in gone
        }

    def _tell(self, event: Event, parameter: int) -> None:
        if self.script.tells_events:
            self.tell(event, parameter)

    def _name_of(self, operation: int, parameters: list[int]) -> str:
        if not parameters:
            return ""
        if parameters[0] == EVERYTHING and operation == Operation.DELETE_OBJECT:
            return "*"
        about_objects = operation >= Operation.GET_OBJECT_INFO
        stored = self.objects.get(parameters[0]) if about_objects else None
        return "" if stored is None else stored.name
