"""Refusals and withdrawals for pages under test, in a list."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop.records.facts.consent_end import (
    ConsentEnd,
    EndKind,
    NewConsentEnd,
    NobodySaidNo,
    Withdrawn,
)
from desktop.records.facts.ids import ConsentEndId, ImageId, new_uuid
from desktop.ui.patients.consent_verbs import ConsentVerbs


@dataclass
class StandInConsent:
    """What was said, the newest first."""

    ends: list[ConsentEnd] = field(default_factory=list)
    images: list[tuple[ImageId, str]] = field(default_factory=list)

    @property
    def verbs(self) -> ConsentVerbs:
        """For the page."""
        return ConsentVerbs(
            of_patient=lambda _patient: list(self.ends),
            images=lambda _patient: list(self.images),
            withdraw=lambda new: Withdrawn(
                end=self._add(new, EndKind.WITHDRAWN), recalled=(), told=()
            ),
            refuse=lambda new: self._add(new, EndKind.REFUSED),
            again=self._lift,
        )

    def _add(self, new: NewConsentEnd, kind: EndKind) -> ConsentEnd:
        if not new.said_by.strip():
            raise NobodySaidNo
        said = replace(new, kind=kind)
        now = datetime(2026, 11, 23, 9, tzinfo=UTC)
        self.ends.insert(0, ConsentEnd(id=ConsentEndId(new_uuid()), said=said, at=now, by="Mere"))
        return self.ends[0]

    def _lift(self, end: ConsentEndId, why: str) -> ConsentEnd:
        (place,) = (n for n, one in enumerate(self.ends) if one.id == end)
        at = self.ends[place].at
        self.ends[place] = replace(self.ends[place], lifted_at=at, lifted_why=why)
        return self.ends[place]
