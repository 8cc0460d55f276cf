"""A process killed in the middle of its work: what it acknowledged is there, nothing is half."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.records.deeds.checking import verify
from desktop.records.deeds.looking import tray
from desktop.records.deeds.patients import find_patients
from tests.unit.records.made_up import TODAY, MadeUpOffice, deeds

ROOT = Path(__file__).parents[2]
CHILD = """
import sys
from pathlib import Path
from desktop.records.deeds.patient_list import import_patient_list
from desktop.records.deeds.patients import find_patients
from desktop.records.deeds.receiving import receive
from desktop.records.facts.identifiers import local_number
from desktop.records.facts.ids import OfficeId
from desktop.records.facts.office import OfficeFacts
from desktop.records.facts.patient import NewPatient
from desktop.records.rules.patient_csv import ListRow
from tests.unit.records.made_up import MEI, MadeUpOffice, arrival, intake, kept
from uuid import UUID

facts = OfficeFacts(id=OfficeId(UUID(sys.argv[2])), organisation="x")
vault = MadeUpOffice(folder=Path(sys.argv[1]), office=facts).open()
desk = intake(vault)
number = 0
while True:
    batch = []
    rows = []
    for _ in range(3):
        number += 1
        batch.append((kept(vault, b"image %d" % number), arrival(desk, f"{number}.JPG")))
        new = NewPatient(identifiers=(local_number(str(number)),), family_name="Smith")
        rows.append(ListRow(number=number, patient=new))
    for got in receive(vault, sealed=batch, by=MEI):
        print(got.image.arrival.file_name, flush=True)
    import_patient_list(vault, rows=rows, by=MEI)
    print(f"patients {number}", flush=True)
"""


@pytest.mark.requirement("R73")
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize("lines", [1, 5, 18, 40, 41, 63])
def test_what_was_acknowledged_survives_and_rows_agree_with_the_trail(
    tmp_path: Path, lines: int
) -> None:
    office = MadeUpOffice(folder=tmp_path / "office")
    office.create().close()
    acknowledged = work_until_killed(office, lines)
    with office.open() as vault:
        names = {image.arrival.file_name for image in tray(vault)}
        told = [deed for deed, _ in deeds(vault)]
        with vault.look() as look:
            patients = look.patients.count()
        assert {line for line in acknowledged if line.endswith(".JPG")} <= names
        done = [int(line.split()[1]) for line in acknowledged if line.startswith("patients")]
        assert patients >= max(done, default=0)
        assert told.count("image received") == len(names)
        assert told.count("patient added") == patients
        assert len(names) % 3 == patients % 3 == 0
        report = verify(vault, originals=True)
        assert report.is_whole
        assert report.images == len(names)
        assert len(find_patients(vault, text="smith", today=TODAY)) == min(50, patients)


def work_until_killed(office: MadeUpOffice, lines: int) -> list[str]:
    """Lines that the child had printed when it was killed, at least `lines` of them."""
    command = [sys.executable, "-c", CHILD, str(office.folder), str(office.office.id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        heard = [child.stdout.readline().strip() for _ in range(lines)]
        child.send_signal(signal.SIGKILL)
        heard += [line.strip() for line in child.stdout if line.endswith("\n")]
    assert all(heard)
    return heard
