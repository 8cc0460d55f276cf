"""What the code on a recovery sheet says: a mark, and the four lines run together."""

from collections.abc import Sequence

RECOVERY_CODE_MARK = "CRK1:"


def recovery_code(lines: Sequence[tuple[str, str]]) -> str:
    """The text of the code: each line's eight characters and its two check digits, in order.

    It is as secret as the lines. All of it is in the alphanumeric set of ISO/IEC 18004.
    """
    return RECOVERY_CODE_MARK + "".join(text.replace(" ", "") + check for text, check in lines)
