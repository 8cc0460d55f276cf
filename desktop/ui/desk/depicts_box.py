"""What images show: body site and side in one field that completes, subject, view, distance."""

from collections.abc import Mapping

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QListView,
    QWidget,
)

from desktop.records.facts.depiction import Depiction, Distance, Subject, View
from desktop.records.rules.body_sites import phrase, read_site, site_with_code, suggested_sites
from desktop.ui.parts.pieces import words
from desktop.ui.parts.words import sentence_case

_SHORT = {
    View.FRONT: "Front",
    View.BACK: "Back",
    View.RIGHT_SIDE: "Right side",
    View.LEFT_SIDE: "Left side",
    View.ABOVE: "Above",
    View.BELOW: "Below",
    View.OBLIQUE: "Angle",
}


class DepictsBox(QWidget):
    """`changed` tells of an edit; `entered` of Enter where it does not choose a site.

    The line under the site says how it was understood; words that are not in the list stay as they
    are typed (R12, R13).
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.site = QLineEdit()
        self.site.setAccessibleName(self.tr("Body site and side"))
        self.site.setPlaceholderText(self.tr("for example left forearm"))
        self.understood = words("", kind="small", wrap=True)
        self.subject = _combo(Subject, self.tr("Subject"))
        self.view = _combo(View, self.tr("View"))
        self.distance = _combo(Distance, self.tr("Distance"))
        self._offer_sites()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.site, 0, 0, 1, 2)
        grid.addWidget(self.understood, 1, 0, 1, 2)
        grid.addWidget(self.subject, 2, 0, 1, 2)
        grid.addWidget(self.view, 3, 0)
        grid.addWidget(self.distance, 3, 1)
        self.site.returnPressed.connect(self._enter)
        self.site.textChanged.connect(self._say_understood)
        self.site.textChanged.connect(self.changed)
        for combo in self.combos.values():
            combo.currentIndexChanged.connect(self.changed)
        self._say_understood("")

    @property
    def combos(self) -> Mapping[str, QComboBox]:
        """The choices, by the name under which a draft keeps each."""
        return {"subject": self.subject, "view": self.view, "distance": self.distance}

    @property
    def depiction(self) -> Depiction:
        """What is said."""
        said = read_site(self.site.text())
        subject, view, distance = (combo.currentData() for combo in self.combos.values())
        return Depiction(
            subject=Subject(subject) if subject else None,
            site_code=said.code,
            laterality=said.laterality,
            view=View(view) if view else None,
            distance=Distance(distance) if distance else None,
        )

    def clear(self) -> None:
        """Say nothing: another patient, another body."""
        self.site.clear()
        for combo in self.combos.values():
            combo.setCurrentIndex(0)

    def put(self, site: str, depicts: Depiction) -> None:
        """Say this, which was said of the same patient before."""
        self.site.setText(site)
        said = (depicts.subject, depicts.view, depicts.distance)
        for combo, value in zip(self.combos.values(), said, strict=True):
            combo.setCurrentIndex(max(combo.findData(value or ""), 0))

    def _offer_sites(self) -> None:
        self._sites = QStringListModel(self)
        completer = QCompleter(self._sites, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self.popup.setAccessibleName(self.tr("Body sites that fit"))
        completer.setPopup(self.popup)
        self.site.setCompleter(completer)
        # before the completer looks: it hears of the same edit after us
        self.site.textEdited.connect(self._suggest)

    def _enter(self) -> None:
        if not (self.popup.isVisible() and self.popup.currentIndex().isValid()):
            self.entered.emit()

    def _suggest(self, typed: str) -> None:
        self._sites.setStringList(suggested_sites(typed))

    def _say_understood(self, text: str) -> None:
        said = read_site(text)
        site = site_with_code(said.code)
        if not said.words:
            told = ""
        elif site is None:
            told = self.tr("Not in the list of sites; it is kept as typed.")
        elif said.laterality is None:
            told = self.tr("{} \N{EM DASH} left, right or both?").format(sentence_case(site.name))
        else:
            plain = phrase(site, said.laterality)
            told = "" if plain == said.words.lower() else sentence_case(plain)
        self.understood.setText(told)
        self.understood.setVisible(bool(told))


def _combo(choices: type[Subject] | type[View] | type[Distance], name: str) -> QComboBox:
    """Its first choice is its name, and says nothing. The field is narrow: a view shows a
    word or two, and tells the rest as a tip."""
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.addItem(name, "")
    for one in choices:
        full = sentence_case(one.words)
        short = full if isinstance(one, Subject | Distance) else _SHORT[one]
        combo.addItem(short, one)
        combo.setItemData(combo.count() - 1, full, Qt.ItemDataRole.ToolTipRole)
    combo.setMinimumContentsLength(6)
    combo.setMinimumWidth(72)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
