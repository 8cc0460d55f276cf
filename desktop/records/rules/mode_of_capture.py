"""The mode of capture where the file is silent: the register fills it (R27)."""

from desktop.records.facts.capture import CaptureDevice


def filled(said: CaptureDevice, register: CaptureDevice) -> CaptureDevice:
    """What the file says of its device, with what the register knows of the one that was picked.

    The file's own word wins. Where it names another make, model or serial, the image was taken with
    another device: then nothing of the register is put beside it.
    """
    pairs = (
        (said.make, register.make),
        (said.model, register.model),
        (said.serial, register.serial),
    )
    if any(_differ(file, known) for file, known in pairs):
        return said
    return CaptureDevice(
        make=said.make or register.make,
        model=said.model or register.model,
        serial=said.serial or register.serial,
    )


def _differ(file: str | None, known: str | None) -> bool:
    """Whether both speak and neither names a part of the other (“NIKON CORPORATION”, “Nikon”)."""
    one, two = (" ".join((text or "").split()).casefold() for text in (file, known))
    return bool(one and two) and one not in two and two not in one
