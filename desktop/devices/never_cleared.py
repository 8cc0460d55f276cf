"""Why nothing may be cleared from a source: one sentence for each reason, or none."""

from typing import Final

_APPLE_NAMES: Final = ("apple", "iphone", "ipad", "ipod")

SAYS_NOTHING: Final = ("Canon", "USB PTP Class")
"""How the names of models begin whose news the driver cannot hear: to ask, it would turn the remote
control of a Canon camera on."""

APPLE: Final = (
    "Nothing is cleared from an Apple device: what a computer deletes there can stay in its photo "
    "library and in iCloud. Delete the images on the device itself, and under Recently Deleted."
)
MOUNTED: Final = (
    "Nothing is cleared from a phone that another program opened as a folder: whether the phone "
    "really deleted an image cannot be seen from here. Delete the images on the phone itself."
)
NO_NEWS: Final = (
    "Over its cable nobody can hear whether its card or a photo changed at the very moment of a "
    "deletion, and then the driver could delete everything. Take its card out and use a card "
    "reader, or delete the images on the device itself and have that attested."
)
NOT_PROVEN: Final = (
    "Clearing over the driver of this operating system is not proven on hardware yet. Delete the "
    "images on the device itself and have that attested, or take its card and a card reader."
)
_CLOUD: Final = (
    "Nothing is cleared from a folder that {service} copies: a deleted image can stay on its "
    "servers and come back. Delete the images in {service} itself, and in its recycle bin."
)


def of_model(model: str) -> str:
    """Why nothing is cleared from a camera or phone of this model; empty where it may be."""
    return APPLE if any(name in model.casefold() for name in _APPLE_NAMES) else ""


def over_the_driver(model: str) -> str:
    """As `of_model`, for a device that libgphoto2 drives: it must be able to tell its news."""
    return of_model(model) or (NO_NEWS if model.startswith(SAYS_NOTHING) else "")


def of_cloud(service: str) -> str:
    """Why nothing is cleared from a folder that `service` copies elsewhere."""
    return _CLOUD.format(service=service)
