"""The door: create an office on the first run, unlock it on every other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.problem import Problem
from desktop.records.facts.passphrase import PasswordMustChange
from desktop.ui.parts.asking import AskPath, PathQuestion, ask_path
from desktop.ui.parts.background import Background
from desktop.ui.parts.pieces import EmptyState, words
from desktop.ui.unlock.steps import Card, CreateCard, KeepCard, OpenCard, RecoverCard, RenewCard
from desktop.ui.unlock.verbs import UnlockVerbs

if TYPE_CHECKING:
    from desktop.ui.parts.print_panel import PrintPanel
    from desktop.ui.unlock.verbs import RecoverySheet

C = TypeVar("C", bound=Card)


class UnlockPage(QWidget):
    """`office_opened` tells that an office is open; `asked` that the page knows what to ask.

    Each card is made when it is first needed: four of five are not, on most days."""

    office_opened = Signal()
    asked = Signal()

    def __init__(
        self, *, background: Background, verbs: UnlockVerbs, ask: AskPath = ask_path
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._background = background
        self._verbs = verbs
        self._ask = ask
        self._sheet: RecoverySheet | None = None
        self._users: Sequence[str] = ()
        self._build()

    def start(self) -> None:
        """Find out whether there is an office, and ask accordingly. Nothing typed is left."""
        self._forget()
        self._stack.setCurrentWidget(self._waiting)
        self._run(self._verbs.office_exists, self._show_first, self._cannot_start)

    def help_words(self) -> list[tuple[str, str]]:
        """What the page is for: headings and sentences."""
        return [
            (
                self.tr("Unlock"),
                self.tr("Choose your name, type your passphrase and press Enter."),
            ),
            (
                self.tr("Forgotten?"),
                self.tr(
                    "The recovery key on the printed recovery sheet opens the office and sets a "
                    "new passphrase. Nobody else can: there is no other way in."
                ),
            ),
        ]

    @property
    def card(self) -> Card | None:
        """The card that is shown now."""
        shown = self._stack.currentWidget()
        return next((card for card, holder in self._holders.items() if holder is shown), None)

    def _build(self) -> None:
        self._waiting = EmptyState(
            icon="lock", heading=self.tr("Chartroom"), sentence=self.tr("One moment…")
        )
        self._holders: dict[Card, QWidget] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(self.tr("Unlock"))
        self._stack.setObjectName("scrolled")
        scroll.setWidget(self._stack)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    @cached_property
    def open_card(self) -> OpenCard:
        """Unlocks an office."""
        card = OpenCard()
        card.submitted.connect(self._unlock)
        card.recovery_asked.connect(self._ask_recovery)
        return self._held(card)

    @cached_property
    def create_card(self) -> CreateCard:
        """Creates an office."""
        card = CreateCard()
        card.submitted.connect(self._create)
        return self._held(card)

    @cached_property
    def keep_card(self) -> KeepCard:
        """Has the recovery sheet kept."""
        card = KeepCard()
        card.print_asked.connect(self._print_sheet)
        card.save_asked.connect(self._save_sheet)
        card.postponed.connect(self._enter)
        card.submitted.connect(self._enter)
        return self._held(card)

    @cached_property
    def recover_card(self) -> RecoverCard:
        """Opens an office with the recovery key."""
        card = RecoverCard()
        card.submitted.connect(self._recover)
        card.left.connect(lambda: self._show(self.open_card))
        return self._held(card)

    @cached_property
    def renew_card(self) -> RenewCard:
        """Replaces a passphrase that somebody else chose."""
        card = RenewCard()
        card.submitted.connect(self._renew)
        card.left.connect(self.start)
        return self._held(card)

    def _held(self, card: C) -> C:
        self._holders[card] = _centred(card)
        self._stack.addWidget(self._holders[card])
        return card

    def _show(self, card: Card) -> None:
        self._stack.setCurrentWidget(self._holders[card])
        card.first.setFocus()

    def _show_first(self, exists: bool) -> None:
        if not exists:
            self._show(self.create_card)
            self._has_asked()
            return
        self._run(self._verbs.users, self._offer_users, self._cannot_start)

    def _offer_users(self, users: Sequence[str]) -> None:
        self._users = users
        self.open_card.offer(users)
        self._show(self.open_card)
        self._has_asked()

    def _has_asked(self) -> None:
        self.asked.emit()
        self._run(self._verbs.get_ready, lambda _: None, lambda _: None)

    def _cannot_start(self, problem: Problem) -> None:
        self._waiting.say(self.tr("The office cannot be opened"), str(problem), icon="circle-alert")
        self.asked.emit()

    def _unlock(self) -> None:
        card = self.open_card
        user, passphrase = card.users.currentText(), card.passphrase.text()
        if not passphrase:
            card.notice.say(self.tr("Type your passphrase."), tone="warning")
            return
        card.set_busy(on=True)
        self._run(
            partial(self._verbs.unlock, user, passphrase, ""), self._opened, self._not_unlocked
        )

    def _opened(self, _nothing: None) -> None:
        self._enter()

    def _create(self) -> None:
        card = self.create_card
        complaint = card.complaint()
        if complaint:
            card.notice.say(complaint, tone="warning")
            return
        card.set_busy(on=True)
        organisation = " ".join(card.organisation.text().split())
        person = " ".join(card.person.text().split())
        work = partial(self._verbs.create, organisation, person, card.passphrase.first.text())
        self._run(work, self._created, partial(self._no, card))

    def _created(self, sheet: RecoverySheet) -> None:
        self._sheet = sheet
        self.create_card.set_busy(on=False)
        self.create_card.passphrase.clear()
        self.keep_card.set_kept(kept=False)
        self._show(self.keep_card)
        self._offer_printing().load()

    def _offer_printing(self) -> PrintPanel:
        """Where and how the sheet prints: imported now, for the door comes before all of it."""
        from desktop.printing.plain_page import WHOLE_PAGES
        from desktop.ui.parts.print_panel import PrintPanel

        card = self.keep_card
        if card.panel is not None:
            return card.panel
        verbs = self._verbs.printing()
        panel = PrintPanel(background=self._background, verbs=verbs, is_one_page=True)
        card.offer(panel, WHOLE_PAGES)
        return panel

    def _print_sheet(self) -> None:
        from desktop.printing.ipp_connection import shown_name

        card, sheet = self.keep_card, self._sheet
        to = card.panel.options if card.panel is not None else None
        if sheet is not None and to is not None:
            paper, name = card.paper_now, shown_name(to.printer)
            self._keep(
                lambda: self._verbs.print_recovery(sheet(paper), paper, to),
                self.tr("Sent to {}. Check that the sheet came out.").format(name),
            )

    def _save_sheet(self) -> None:
        self._ask(
            PathQuestion(
                parent=self,
                title=self.tr("Save the recovery sheet"),
                kind="save",
                suggested="chartroom-recovery-sheet.pdf",
                files=self.tr("PDF files (*.pdf)"),
                then=self._save_sheet_to,
            )
        )

    def _save_sheet_to(self, path: Path) -> None:
        card, sheet = self.keep_card, self._sheet
        if sheet is not None:
            paper = card.paper_now
            self._keep(
                lambda: self._verbs.save_recovery(sheet(paper), path),
                self.tr("Saved as {}. Print it, then delete the file.").format(path.name),
            )

    def _keep(self, work: Callable[[], None], sentence: str) -> None:
        self.keep_card.set_busy(on=True)
        self._run(work, partial(self._kept, sentence), partial(self._not_kept))

    def _kept(self, sentence: str, _nothing: None) -> None:
        self.keep_card.set_busy(on=False)
        self.keep_card.set_kept(kept=True)
        self.keep_card.notice.say(sentence, tone="good")
        self.keep_card.action.setFocus()

    def _not_kept(self, problem: Problem) -> None:
        self.keep_card.set_busy(on=False)
        self.keep_card.set_kept(kept=False)
        self.keep_card.notice.problem(problem)

    def _ask_recovery(self) -> None:
        self.open_card.passphrase.clear()
        self.recover_card.offer(self._users)
        self._show(self.recover_card)

    def _recover(self) -> None:
        card = self.recover_card
        complaint = card.complaint()
        if complaint:
            card.notice.say(complaint, tone="warning")
            return
        card.set_busy(on=True)
        passphrase = card.passphrase.first.text()
        work = partial(self._verbs.recover, card.key.text(), card.users.currentText(), passphrase)
        self._run(work, self._opened, partial(self._no, card))

    def _not_unlocked(self, problem: Problem) -> None:
        if not isinstance(problem, PasswordMustChange):
            self._no(self.open_card, problem)
            return
        self.open_card.set_busy(on=False)
        self.renew_card.ask(problem.user)
        self._show(self.renew_card)

    def _renew(self) -> None:
        card = self.renew_card
        complaint = card.complaint()
        if complaint:
            card.notice.say(complaint, tone="warning")
            return
        card.set_busy(on=True)
        user, given = self.open_card.users.currentText(), self.open_card.passphrase.text()
        work = partial(self._verbs.unlock, user, given, card.passphrase.first.text())
        self._run(work, self._opened, partial(self._no, card))

    def _no(self, card: Card, problem: Problem) -> None:
        card.set_busy(on=False)
        card.notice.problem(problem)
        if card is self.open_card:
            self.open_card.passphrase.selectAll()
            self.open_card.passphrase.setFocus()

    def _enter(self) -> None:
        self._forget()
        self.office_opened.emit()

    def _forget(self) -> None:
        """Leave no passphrase, key or sheet behind."""
        self._sheet = None
        for card in self._holders:
            card.forget()

    def _run(
        self,
        work: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[Problem], None],
    ) -> None:
        self._background.run(work, owner=self, done=done, failed=failed, lane="vault")


def _centred(card: Card) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(24, 24, 24, 24)
    name: QLabel = words("Chartroom", kind="heading")
    layout.addStretch(2)
    layout.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addSpacing(8)
    row = QHBoxLayout()  # an alignment would ask the card for a height that forgets its width
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    layout.addLayout(row)
    layout.addStretch(3)
    return holder
