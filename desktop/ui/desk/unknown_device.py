"""A device of the organisation that files name and the register does not have: add it? (R27)"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.records.facts.capture import CaptureDevice, DeviceOwner
from desktop.records.facts.clinical_image import ClinicalImage
from desktop.records.facts.devices import KnownDevice, NewDevice
from desktop.ui.desk.verbs import HandoverVerbs
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import Notice, button, on_click, words


class UnknownDevice(QFrame):
    """Hidden until `look` finds one. It asks under the report and never in its way."""

    def __init__(self, *, background: Background, verbs: HandoverVerbs) -> None:
        super().__init__()
        self._background = background
        self._verbs = verbs
        self._device = CaptureDevice()
        self._asks = words("", kind="small", wrap=True)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("What people here call the device"))
        self.name.setPlaceholderText(self.tr("for example Ward 5 camera"))
        self.add_button = button(self.tr("Add to the register"))
        self.later_button = button(self.tr("Later"), kind="link")
        self.notice = Notice()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add_button, 1)
        row.addWidget(self.later_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._asks)
        layout.addWidget(self.name)
        layout.addLayout(row)
        layout.addWidget(self.notice)
        on_click(self.add_button, self._add)
        on_click(self.later_button, self.clear)
        self.name.returnPressed.connect(self._add)
        self.hide()

    @property
    def text(self) -> str:
        """What it asks; empty while hidden."""
        return "" if self.isHidden() else self._asks.text()

    def look(self, images: Sequence[ClinicalImage]) -> None:
        """Ask the register about the devices that these files name."""
        self.clear()
        self._background.run(
            partial(self._verbs.unknown, images),
            owner=self,
            done=self._ask,
            failed=self.notice.problem,
            lane="vault",
        )

    def clear(self) -> None:
        """Ask nothing."""
        self.notice.clear()
        self.name.clear()
        self.hide()

    def _ask(self, unknown: Sequence[CaptureDevice]) -> None:
        if not unknown:
            return
        self._device = unknown[0]
        said = self.tr("The files name {}, which is not on the register. What is it called here?")
        self._asks.setText(said.format(self._device.words))
        self.show()

    def _add(self) -> None:
        new = NewDevice(
            owner=DeviceOwner.ORGANISATION,
            name=self.name.text(),
            make=self._device.make or "",
            model=self._device.model or "",
            serial=(self._device.serial or "").strip(),
        )
        self._background.run(
            partial(self._verbs.note_device, new),
            owner=self,
            done=self._added,
            failed=self.notice.problem,
            lane="vault",
        )

    def _added(self, known: KnownDevice) -> None:
        self.clear()
        self._asks.setText(self.tr("“{}” is on the register.").format(known.device.name))
        self.hide()
