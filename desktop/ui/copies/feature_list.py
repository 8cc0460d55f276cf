"""The checklist of what may identify a person: every line wants an answer (R102)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.records.facts.copies import Feature, FeatureAnswer, FeatureCheck, Found
from desktop.ui.parts.choices import choice_of, choose, chosen
from desktop.ui.parts.pieces import button, on_click, words
from desktop.ui.parts.words import sentence_case


class FeatureList(QWidget):
    """`changed` tells that an answer is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[Feature, QComboBox] = {}
        self.reasons: dict[Feature, QLineEdit] = {}
        self.rest = button(self.tr("None of those left open"), kind="link")
        self.rest.setToolTip(
            self.tr("Answers “none to be seen or heard” wherever nothing is chosen yet")
        )
        self.checked_by, self.second = QLineEdit(), QLineEdit()
        self._second_box = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for feature in Feature:
            self._add_line(layout, feature)
        layout.addWidget(self.rest)
        self._add_people(layout)
        on_click(self.rest, self._answer_rest)
        self.checked_by.textChanged.connect(self.changed)
        self.second.textChanged.connect(self.changed)

    def begin(self, *, user: str) -> None:
        """Nothing answered yet; the person who sits here is the one who looks."""
        for feature in Feature:
            choose(self.answers[feature], None)
            self.reasons[feature].clear()
        self.checked_by.setText(user)
        self.second.clear()
        self._show_what_is_wanted()

    @property
    def check(self) -> FeatureCheck:
        """What was answered so far."""
        answers = {
            feature: FeatureAnswer(found=Found(said), reason=self.reasons[feature].text())
            for feature, combo in self.answers.items()
            if (said := chosen(combo))
        }
        return FeatureCheck(
            checked_by=self.checked_by.text(), answers=answers, second_reviewer=self.second.text()
        )

    def _add_line(self, layout: QVBoxLayout, feature: Feature) -> None:
        said = sentence_case(feature.words)
        choices = {one.value: sentence_case(one.words) for one in Found}
        combo = choice_of(choices, name=said, placeholder=self.tr("Look, then choose"))
        reason = QLineEdit()
        reason.setAccessibleName(self.tr("Why this may stay: {}").format(feature.words))
        reason.setPlaceholderText(self.tr("Why it may stay"))
        self.answers[feature], self.reasons[feature] = combo, reason
        for part in (words(said, kind="small", wrap=True), combo, reason):
            layout.addWidget(part)
        layout.addSpacing(4)
        combo.currentIndexChanged.connect(self._show_what_is_wanted)
        combo.currentIndexChanged.connect(self.changed)
        reason.textChanged.connect(self.changed)

    def _add_people(self, layout: QVBoxLayout) -> None:
        self.checked_by.setAccessibleName(self.tr("Features checked by"))
        self.second.setAccessibleName(self.tr("Second reviewer"))
        box = QVBoxLayout(self._second_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(words(self.tr("A rare condition: who else agreed?"), kind="small", wrap=True))
        box.addWidget(self.second)
        layout.addWidget(words(self.tr("Features checked by"), kind="small"))
        layout.addWidget(self.checked_by)
        layout.addWidget(self._second_box)

    def _answer_rest(self) -> None:
        for combo in self.answers.values():
            if not chosen(combo):
                choose(combo, Found.NONE.value)

    def _show_what_is_wanted(self) -> None:
        for feature, combo in self.answers.items():
            self.reasons[feature].setVisible(chosen(combo) == Found.ACCEPTED)
        rare = chosen(self.answers[Feature.RARE_CONDITION])
        self._second_box.setVisible(rare not in {"", Found.NONE})
        self.rest.setEnabled(not all(chosen(combo) for combo in self.answers.values()))
