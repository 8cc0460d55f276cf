"""Windows Portable Devices' COM libraries through comtypes: **not proven**, and never run."""

import sys
from collections.abc import Callable
from ctypes import pointer
from typing import Any, Final

from desktop.devices.object_port import Fault, PortError

_FAULTS: Final = {
    0x80070005: Fault.DENIED,  # E_ACCESSDENIED
    0x80070015: Fault.GONE,  # ERROR_NOT_READY
    0x8007001F: Fault.GONE,  # ERROR_GEN_FAILURE
    0x80070020: Fault.BUSY,  # ERROR_SHARING_VIOLATION
    0x800700AA: Fault.BUSY,  # ERROR_BUSY
    0x8007048F: Fault.GONE,  # ERROR_DEVICE_NOT_CONNECTED
    0x80070002: Fault.MISSING,  # ERROR_FILE_NOT_FOUND
    0x80070057: Fault.MISSING,  # E_INVALIDARG: no such object id
    0x80070490: Fault.MISSING,  # ERROR_NOT_FOUND
    0x802A0006: Fault.GONE,  # E_WPD_DEVICE_IS_HUNG
}


class Com:
    """The two libraries of types of Windows Portable Devices.

    They are made in memory: nothing is written to a cache.
    """

    def __init__(self) -> None:
        vars(sys)["coinit_flags"] = 0  # any thread, and no window's messages to wait for
        import comtypes.client

        comtypes.client.gen_dir = None
        self._client, self.failed, self._guid = comtypes.client, comtypes.COMError, comtypes.GUID
        self.api: Any = comtypes.client.GetModule("portabledeviceapi.dll")
        self._types: Any = comtypes.client.GetModule("portabledevicetypes.dll")

    def make(self, kind: str, interface: str) -> Any:
        """A new object of one of the libraries."""
        home = self.api if hasattr(self.api, kind) else self._types
        return self._client.CreateObject(
            getattr(home, kind), interface=getattr(self.api, interface)
        )

    def key(self, of: tuple[str, int]) -> Any:
        """The key of a property or a resource, as Windows wants it."""
        made = vars(self.api)["_tagpropertykey"]()
        made.fmtid, made.pid = self._guid(of[0]), of[1]
        return pointer(made)

    def call(self, function: Callable[..., Any], *arguments: object) -> Any:
        """What the function answers. Raises PortError for what Windows says."""
        try:
            return function(*arguments)
        except self.failed as error:
            code = error.hresult & 0xFFFFFFFF
            raise PortError(_FAULTS.get(code, Fault.OTHER), f"Windows error {code:#010x}") from None
