"""Identities of what is recorded: UUIDv7, so that they sort by the moment they were made."""

import secrets
import time
from typing import NewType
from uuid import UUID

PatientId = NewType("PatientId", UUID)
PersonId = NewType("PersonId", UUID)
ImageId = NewType("ImageId", UUID)
IntakeId = NewType("IntakeId", UUID)
SheetId = NewType("SheetId", UUID)
CopyId = NewType("CopyId", UUID)
DeviceId = NewType("DeviceId", UUID)
DeclarationId = NewType("DeclarationId", UUID)
DepositId = NewType("DepositId", UUID)
ConsentEndId = NewType("ConsentEndId", UUID)
AdviceId = NewType("AdviceId", UUID)
HoldId = NewType("HoldId", UUID)
BreachId = NewType("BreachId", UUID)
OfficeId = NewType("OfficeId", UUID)


def new_uuid() -> UUID:
    """A fresh UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then chance."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)
