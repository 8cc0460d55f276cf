"""One's key kept by this computer, as an office and its scripts use it."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.problem import Problem
from desktop.records.deeds import people
from desktop.records.deeds.settings import change_settings
from desktop.records.deeds.trail_reading import trail_page
from desktop.records.facts.office_settings import OfficeSettings, RememberingNotPermitted
from desktop.records.facts.people import NewPerson, OfficeRole
from desktop.records.vault import kept_slots, keyring
from desktop.records.vault.keyring import LEAST_COST
from desktop.records.vault.system_keyring import (
    SystemKeyring,
    SystemKeyringRefused,
)
from desktop.verbs import failed_unlocks
from desktop.verbs.keys import change_password, change_person
from desktop.verbs.office import Office, open_office
from desktop.verbs.remembering import KeptKeyGone, forget, opened_by_system, remember
from tests.end_to_end.command_line import PASSWORD, USER, CommandLine
from tests.end_to_end.keyring_in_memory import InMemory
from tests.end_to_end.secret_service import SecretService
from tests.unit.records.made_up import deeds

pytestmark = pytest.mark.requirement("R115")

OTHER = "rātā kettle anvil moss"


@dataclass
class Desk:
    """An office whose settings permit it, a keyring in memory, and what was told."""

    folder: Path
    twin: InMemory = field(default_factory=InMemory)
    told: list[Problem] = field(default_factory=list)
    asked: int = 0

    def here(self) -> SystemKeyring:
        self.asked += 1
        return SystemKeyring(self.twin)

    def copy(self, folder: Path) -> "Desk":
        made = Desk(Path(shutil.copytree(self.folder, folder)))
        made.twin.held = dict(self.twin.held)
        return made

    def open(self, user: str = USER, password: str = PASSWORD) -> Office:
        return open_office(self.folder, user=user, password=password, cost=LEAST_COST)

    def permit(self, *, yes: bool = True) -> None:
        with self.open() as office:
            wanted = OfficeSettings(may_remember=yes)
            change_settings(office.vault, settings=wanted, by=office.person)

    def remember(self) -> None:
        with self.open() as office:
            remember(office, own_password=PASSWORD, here=self.here)

    def opened(self, user: str = USER) -> Office | None:
        return opened_by_system(self.folder, user=user, here=self.here, tell=self.told.append)

    def opens(self) -> bool:
        office = self.opened()
        if office is not None:
            office.close()
        return office is not None

    def refused(self) -> str:
        """What is told where nothing opens; and it is no failed log-in."""
        assert self.opened() is None
        (problem,) = self.told
        self.told.clear()
        assert failed_unlocks.failures(self.folder) == 0
        return str(problem)


@pytest.fixture(scope="session")
def permitting(tmp_path_factory: pytest.TempPathFactory, office_to_copy: Path) -> Desk:
    """An office that permits it, to be copied."""
    folder = tmp_path_factory.mktemp("permitting") / "office"
    made = Desk(Path(shutil.copytree(office_to_copy, folder)))
    made.permit()
    return made


@pytest.fixture(scope="session")
def remembering(tmp_path_factory: pytest.TempPathFactory, permitting: Desk) -> Desk:
    """An office whose manager's key is kept, to be copied."""
    made = permitting.copy(tmp_path_factory.mktemp("remembering") / "office")
    made.remember()
    return made


@pytest.fixture
def desk(tmp_path: Path, permitting: Desk) -> Desk:
    return permitting.copy(tmp_path / "office")


@pytest.fixture
def kept_desk(tmp_path: Path, remembering: Desk) -> Desk:
    return remembering.copy(tmp_path / "office")


def test_who_never_asked_for_it_is_never_asked_for_a_keyring(desk: Desk) -> None:
    assert desk.opened() is None
    assert desk.opened("Nobody") is None
    assert desk.asked == 0
    assert desk.told == []


def test_a_kept_key_opens_the_office_as_its_person(kept_desk: Desk) -> None:
    assert len(kept_desk.twin.held) == 1
    office = kept_desk.opened()
    assert office is not None
    with office:
        assert office.person.name == USER
        line = trail_page(office.vault, most=1)[0].line
        assert (line.deed, line.by, line.facts["how"]) == ("unlocked", USER, "system keyring")
    assert kept_desk.told == []
    assert PASSWORD not in str(kept_desk.twin.held)


def test_without_permission_nothing_is_kept(desk: Desk) -> None:
    desk.permit(yes=False)
    with desk.open() as office:
        with pytest.raises(RememberingNotPermitted, match="office manager"):
            remember(office, own_password=PASSWORD, here=desk.here)
        assert kept_slots.owners(desk.folder) == {}
    assert desk.asked == 0


def test_a_keyring_that_refuses_leaves_no_slot(desk: Desk) -> None:
    desk.twin.is_locked = True
    with desk.open() as office:
        with pytest.raises(SystemKeyringRefused):
            remember(office, own_password=PASSWORD, here=desk.here)
        assert deeds(office.vault)[-1][0] == "unlocked"
    assert kept_slots.owners(desk.folder) == {}


def test_remembering_again_leaves_one_entry(kept_desk: Desk) -> None:
    kept_desk.remember()
    assert len(kept_desk.twin.held) == 1
    assert kept_desk.opens()


def test_forgetting_leaves_nothing(kept_desk: Desk) -> None:
    office = kept_desk.opened()
    assert office is not None
    with office:
        assert forget(office, here=kept_desk.here)
        assert not forget(office, here=kept_desk.here)
        lines = [deed for deed, _ in deeds(office.vault)]
        assert lines.count("key forgotten by a computer") == 1
    assert kept_desk.twin.held == {}
    assert kept_desk.opened() is None
    assert kept_desk.told == []
    assert not (kept_desk.folder / "kept-by-system").exists()


@pytest.mark.parametrize("change", ["permission", "password", "role", "described", "name"])
def test_what_changes_takes_the_kept_key_back(kept_desk: Desk, change: str) -> None:
    with kept_desk.open() as office:
        if change == "permission":
            change_settings(office.vault, settings=OfficeSettings(), by=office.person)
        elif change == "password":
            change_password(office, old=PASSWORD, new=OTHER, cost=LEAST_COST)
        elif change == "name":
            mine = NewPerson(name="Aroha Other", office_role=OfficeRole.OFFICE_MANAGER)
            change_person(
                office, person=office.person.id, said=mine, own_password=PASSWORD, cost=LEAST_COST
            )
        else:
            new = NewPerson(name="Tama Reed", office_role=OfficeRole.OFFICE_MANAGER)
            tama = people.add_person(office.vault, new=new, by=office.person)
            me = office.person.id
            if change == "role":
                people.change_role(office.vault, person=me, office_role=OfficeRole.CLERK, by=tama)
            else:
                clerk = NewPerson(name=USER, office_role=OfficeRole.CLERK)
                people.change_person(office.vault, person=me, said=clerk, by=tama)
        assert kept_slots.owners(kept_desk.folder) == {}
    assert "opens this office no more" in kept_desk.refused()
    assert kept_desk.twin.held == {}
    assert kept_desk.opened() is None
    assert kept_desk.told == []  # once is enough


def test_a_changed_setting_beside_the_permission_takes_nothing_back(kept_desk: Desk) -> None:
    with kept_desk.open() as office:
        wanted = OfficeSettings(idle_minutes=4, may_remember=True)
        change_settings(office.vault, settings=wanted, by=office.person)
    assert kept_desk.opens()


def test_an_older_keyring_put_back_opens_nothing_where_it_is_not_permitted(kept_desk: Desk) -> None:
    older = (kept_desk.folder / keyring.FILE).read_bytes()
    kept_desk.permit(yes=False)
    (kept_desk.folder / keyring.FILE).write_bytes(older)
    assert "opens this office no more" in kept_desk.refused()
    assert kept_slots.owners(kept_desk.folder) == {}
    with kept_desk.open() as office:
        assert ("key forgotten by a computer", USER) in deeds(office.vault)


@pytest.mark.parametrize("held", [None, "00" * 32, "nonsense"])
def test_an_entry_that_is_gone_or_was_spoiled_is_no_failed_log_in(
    kept_desk: Desk, held: str | None
) -> None:
    ((service, user),) = kept_desk.twin.held
    kept_desk.twin.held = {(service, user): held} if held else {}
    assert "chartroom remember" in kept_desk.refused()
    assert kept_desk.twin.held == {}


def test_a_keyring_that_does_not_answer_is_told_and_tried_again(kept_desk: Desk) -> None:
    kept_desk.twin.is_locked = True
    assert "Unlock it" in kept_desk.refused()
    kept_desk.twin.is_locked = False
    assert kept_desk.opens()


def test_an_entry_is_taken_out_as_soon_as_the_keyring_answers(kept_desk: Desk) -> None:
    kept_desk.twin.is_locked = True
    kept_desk.permit(yes=False)
    assert kept_desk.opened() is None
    assert [type(one) for one in kept_desk.told] == [KeptKeyGone]
    assert len(kept_desk.twin.held) == 1
    kept_desk.twin.is_locked = False
    assert kept_desk.opened("Somebody else") is None
    assert kept_desk.twin.held == {}


def by_system(line: CommandLine, *arguments: str) -> tuple[int, str, str]:
    done = line.run("--json", *arguments)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_script_without_a_passphrase(
    chartroom: CommandLine, secret_service: SecretService
) -> None:
    """The whole way on the real keyring: permitted, remembered, used, refused, taken back."""
    assert chartroom.json("settings", "--may-remember", "yes")["may_remember"]
    assert chartroom.json("remember")["remembered"] == USER
    (label,) = secret_service.labels()
    assert USER in label
    assert "Chartroom office" in label
    code, out, err = by_system(chartroom, "verify")
    assert (code, err) == (0, "")
    assert json.loads(out)["trail"] == "ok"
    code, _, err = by_system(chartroom, "people", "add", "Mallory", "--as", "office-manager")
    assert (code, "No passphrase" in err) == (1, True)
    secret_service.lock()
    code, _, err = by_system(chartroom, "verify")
    assert code == 1
    assert "refused" in err
    assert "No passphrase was given" in err


def test_the_window_has_no_way_to_a_kept_key() -> None:
    """What the window may do is in these rooms, and none of them knows the verb."""
    root = Path(__file__).resolve().parents[2] / "desktop"
    rooms = [*root.glob("ui/**/*.py"), root / "app.py", *root.glob("verbs/w*.py")]
    rooms.append(root / "verbs/rooms.py")
    assert len(rooms) > 20
    assert not [path.name for path in rooms if "opened_by_system" in path.read_text("utf-8")]
