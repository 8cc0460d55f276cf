"""Which share of a long check an image falls into, so that a night's work can be a part of it."""

import hashlib
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Part `number`, counted from 1, of `of` parts that are much alike in size."""

    number: int
    of: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise ValueError(f"there is no part {self.number} of {self.of}")

    def holds(self, identity: UUID) -> bool:
        """Whether this is the share of the image: always the same one, by the hash of its id."""
        digest = hashlib.sha256(identity.bytes).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1

    @property
    def words(self) -> str:
        """As it is typed and noted."""
        return f"{self.number}/{self.of}"
