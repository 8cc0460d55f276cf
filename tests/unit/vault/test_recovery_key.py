"""The recovery key survives being printed, copied by hand and typed back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.records.facts.recovery import recovery_code
from desktop.records.vault.problems import RecoveryKeyMistyped
from desktop.records.vault.recovery_key import RecoveryKey, line_fits, read_recovery_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = RecoveryKey(secret=bytes(range(7, 27)))
CODE = recovery_code(KEY.lines)
BEGINS_LIKE_THE_MARK = (0b01100_11000_10011_00001 << 20).to_bytes(5, "big") + bytes(15)
secrets = st.binary(min_size=20, max_size=20)


def typed(key: RecoveryKey) -> list[str]:
    return str(key).splitlines()


@given(secrets)
@settings(max_examples=50, deadline=None)
def test_what_is_printed_can_be_typed_back(secret: bytes) -> None:
    key = RecoveryKey(secret=secret)
    assert read_recovery_key(str(key)) == key
    assert [len(text) for text, _ in key.lines] == [9, 9, 9, 9]
    assert all(len(check) == 2 for _, check in key.lines)


def test_it_has_160_random_bits() -> None:
    assert len(RecoveryKey.fresh().secret) == 20
    assert RecoveryKey.fresh() != RecoveryKey.fresh()


def test_it_does_not_show_in_a_log() -> None:
    assert KEY.lines[0][0] not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)


def alike(text: str) -> str:
    return text.replace("0", "o").replace("1", "l")


@pytest.mark.parametrize(
    "form",
    [
        str(KEY).lower(),
        str(KEY).replace(" ", ""),
        str(KEY).replace(" ", "-"),
        str(KEY).replace("\n", " "),
        str(KEY).replace("\n", "\r\n\r\n") + "\n",
        "".join(str(KEY).split()),
        alike(str(KEY)),
        alike(str(KEY)).replace("l", "I").upper(),
    ],
)
def test_the_way_of_typing_does_not_matter(form: str) -> None:
    assert read_recovery_key(form) == KEY


@given(secrets, st.integers(0, 3), st.integers(0, 9), st.sampled_from(ALPHABET))
@settings(max_examples=300, deadline=None)
def test_every_wrong_character_is_found_in_its_line(
    secret: bytes, line: int, place: int, character: str
) -> None:
    lines = ["".join(row.split()) for row in typed(RecoveryKey(secret=secret))]
    right = lines[line]
    lines[line] = right[:place] + character + right[place + 1 :]
    if lines[line] == right:
        return
    with pytest.raises(RecoveryKeyMistyped) as told:
        read_recovery_key("\n".join(lines))
    assert told.value.line == line + 1
    assert f"Line {line + 1}" in str(told.value)


@given(secrets, st.integers(0, 3), st.integers(0, 7), st.integers(0, 7))
@settings(max_examples=200, deadline=None)
def test_every_two_characters_exchanged_are_found(
    secret: bytes, line: int, one: int, other: int
) -> None:
    lines = ["".join(row.split()) for row in typed(RecoveryKey(secret=secret))]
    row = list(lines[line])
    row[one], row[other] = row[other], row[one]
    if "".join(row) == lines[line]:
        return
    lines[line] = "".join(row)
    with pytest.raises(RecoveryKeyMistyped):
        read_recovery_key("\n".join(lines))


def test_two_lines_exchanged_are_found() -> None:
    one, two, three, four = typed(KEY)
    with pytest.raises(RecoveryKeyMistyped) as told:
        read_recovery_key("\n".join((one, three, two, four)))
    assert told.value.line == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("not a key", 1),
        ("\n".join(typed(KEY)[:3]), 4),
        (str(KEY) + "7", 4),
        (str(KEY).replace(typed(KEY)[1], typed(KEY)[1][:-1]), 2),
        (str(KEY).replace(typed(KEY)[2], typed(KEY)[2] + "5"), 3),
        ("U" + str(KEY)[1:], 1),
        (str(KEY)[:5] + "é" + str(KEY)[6:], 1),
    ],
)
def test_the_first_line_that_is_wrong_is_named(text: str, line: int) -> None:
    with pytest.raises(RecoveryKeyMistyped) as told:
        read_recovery_key(text)
    assert told.value.line == line


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_is_worse_than_mistyped(text: str) -> None:
    with pytest.raises(RecoveryKeyMistyped):
        read_recovery_key(text)


@pytest.mark.parametrize("form", ["{}", "{}\r\n", " {}\t"])
@pytest.mark.parametrize("key", [KEY, RecoveryKey(secret=BEGINS_LIKE_THE_MARK)])
def test_a_scanner_may_type_the_code_of_the_sheet(form: str, key: RecoveryKey) -> None:
    scanned = form.format(recovery_code(key.lines))
    assert read_recovery_key(scanned) == key
    assert read_recovery_key(scanned.lower()) == key
    assert read_recovery_key(str(key)) == key


@pytest.mark.parametrize(
    ("scanned", "line"),
    [
        (CODE[:-1], 4),
        (CODE + "7", 4),
        (CODE[5:25] + CODE, 3),
        (CODE.replace("CRK1", "CRK2"), 1),
        (CODE[:6] + CODE[7:], 1),
    ],
)
def test_a_code_that_is_not_whole_opens_nothing(scanned: str, line: int) -> None:
    with pytest.raises(RecoveryKeyMistyped) as told:
        read_recovery_key(scanned)
    assert told.value.line == line


def test_a_line_can_be_checked_while_it_is_typed() -> None:
    for number, line in enumerate(typed(KEY), start=1):
        assert line_fits(number, line.lower())
        assert not line_fits(number, line[:-1])
        assert not line_fits(number % 4 + 1, line)
