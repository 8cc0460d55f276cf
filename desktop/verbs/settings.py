"""What the office decides for itself, as the window and the command line change it."""

from dataclasses import replace

from desktop.printing.fonts import printable
from desktop.records.deeds import settings as deeds
from desktop.records.facts.office_settings import OfficeSettings
from desktop.verbs.office import Office


def change_settings(office: Office, said: OfficeSettings) -> OfficeSettings:
    """Decide anew; what is printed from now on has the new address. Raises as the deed
    does, and UnprintableText for words that no paper could show."""
    printable(said.consent_text, what="The text on consent")
    printable(said.foot_text, what="The line at the foot")
    now = deeds.change_settings(office.vault, settings=said, by=office.person)
    office.facts = replace(office.facts, address=now.address)
    return now
