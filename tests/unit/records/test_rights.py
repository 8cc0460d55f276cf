"""Who may do what: the whole table, deed by deed and role by role, and that nothing escapes it."""

import ast

import pytest

from desktop.records.facts.ids import PersonId, new_uuid
from desktop.records.facts.people import OfficeRole, Person, Role
from desktop.records.facts.people_problems import NotAllowed
from desktop.records.rules.rights import RIGHTS, check_right, is_allowed
from desktop.records.vault.vault import Vault
from tests.house.tracked import python_files, tree
from tests.unit.records.made_up import MEI, deeds

pytestmark = pytest.mark.requirement("R115")

CLERK, CLINICIAN, OFFICER, MANAGER = OfficeRole
SYSTEM = {"unlock failed"}


def deeds_in_code() -> dict[str, str]:
    """Every deed that some line of the program notes, with a place where it does."""
    found = {}
    for path in python_files("desktop"):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "note"
                and isinstance(node.func.value, ast.Name)  # a change, not a verb of that name
            ):
                for name in names_of(node.args[0]):
                    found[name] = f"{path}:{node.lineno}"
    return found


def names_of(word: ast.expr) -> list[str]:
    match word:
        case ast.Constant(value=str(name)):
            return [name]
        case ast.IfExp(body=body, orelse=orelse):
            return [*names_of(body), *names_of(orelse)]
    raise AssertionError(f"a deed must be named where it is noted: {ast.unparse(word)}")


def test_every_deed_of_the_program_is_in_the_table() -> None:
    missing = {name: place for name, place in deeds_in_code().items() if name not in RIGHTS}
    assert not missing, "say in rules/rights.py who may do it"


def person(role: OfficeRole) -> Person:
    name = f"Somebody, {role.words}"
    return Person(id=PersonId(new_uuid()), name=name, role=Role.OTHER, office_role=role)


def test_every_deed_and_every_role(vault: Vault) -> None:
    """The vault itself asks the table, whatever deed calls it."""
    staff = {role: person(role) for role in OfficeRole}
    with vault.change() as change:
        for one in staff.values():
            change.office.add_person(one, at=change.now)
        change.note("person added", by=MEI)
    for deed, may in RIGHTS.items():
        for role, one in staff.items():
            before = len(deeds(vault))
            if role in may:
                with vault.change() as change:
                    change.note(deed, by=one)
                assert deeds(vault)[-1] == (deed, one.name)
            else:
                with pytest.raises(NotAllowed) as refused, vault.change() as change:
                    change.note(deed, by=one)
                assert deed in str(refused.value)
                assert all(other.words in str(refused.value) for other in may)
                assert len(deeds(vault)) == before


@pytest.mark.parametrize(
    "deed",
    ["patient added", "image received", "image filed", "original viewed", "sheet made", "unlocked"],
)
def test_the_work_of_the_desk_is_everybodys(deed: str) -> None:
    assert all(is_allowed(deed, role) for role in OfficeRole)


@pytest.mark.parametrize(
    "deed",
    [
        "person added",
        "person removed",
        "role changed",
        "password given",
        "recovery key replaced",
        "office key rotated",
    ],
)
def test_people_and_keys_are_the_managers_alone(deed: str) -> None:
    assert [role for role in OfficeRole if is_allowed(deed, role)] == [MANAGER]


def test_what_is_not_in_the_table_is_nobodys(vault: Vault) -> None:
    with pytest.raises(NotAllowed, match="nobody"), vault.change() as change:
        change.note("all images deleted", by=MEI)


def test_the_program_itself_may_do_next_to_nothing(vault: Vault) -> None:
    assert {deed for deed in RIGHTS if is_allowed(deed, None)} >= SYSTEM
    for deed in ("unlocked", "image filed", "person added", "office key rotated"):
        with pytest.raises(NotAllowed, match="Chartroom itself"):
            check_right(deed, None, who="Chartroom itself")
    with pytest.raises(NotAllowed), vault.change() as change:
        change.note("person added", by=None)


def test_a_forged_role_gives_no_right(vault: Vault) -> None:
    """What the record says of a person counts, not the fact that the caller hands in."""
    clerk = person(CLERK)
    with vault.change() as change:
        change.office.add_person(clerk, at=change.now)
        change.note("person added", by=MEI)
    forged = Person(id=clerk.id, name=clerk.name, role=clerk.role, office_role=MANAGER)
    with pytest.raises(NotAllowed), vault.change() as change:
        change.note("person removed", by=forged)


def test_a_stranger_and_somebody_who_left_may_do_nothing(vault: Vault) -> None:
    stranger = person(MANAGER)
    with pytest.raises(NotAllowed), vault.change() as change:
        change.note("original viewed", by=stranger)
    with vault.change() as change:
        change.office.add_person(stranger, at=change.now)
        change.office.mark_gone(stranger.id, at=change.now)
        change.note("person removed", by=MEI)
    with pytest.raises(NotAllowed), vault.change() as change:
        change.note("original viewed", by=stranger)
