"""The worker process: what kills it costs one file, and what is inside cannot get out."""

import ctypes
import errno
import json
import os
import platform
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop.lanes import Lane
from desktop.media.notes import Failure
from desktop.media.sandbox import JobFailed, Limits, Sandbox
from desktop.media.untrusted import Untrusted
from desktop.media.worker_talk import Listener
from desktop.problem import Cancelled

ROOT = Path(__file__).resolve().parents[3]
MISBEHAVING = "tests.unit.media.misbehaving"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    shared = Sandbox(MISBEHAVING, limits=Limits(seconds_a_job=2, most_bytes_out=1_000_000))
    yield shared
    shared.close()


def _works(sandbox: Sandbox) -> bool:
    answer = sandbox.ask("echo", b"bytes", {"said": "Kia ora"})
    return answer.blobs == (b"bytes",) and answer.facts["said"] == "Kia ora"


def _pid(sandbox: Sandbox) -> int:
    return int(str(sandbox.ask("echo", b"", {}).facts["pid"]))


@pytest.mark.parametrize(
    ("job", "failure"),
    [
        ("crash", Failure.CRASHED),
        ("hang", Failure.TOO_SLOW),
        ("hog", Failure.TOO_MUCH_MEMORY),
        ("stumble", Failure.REFUSED),
        ("flood", Failure.CRASHED),
        ("garble", Failure.CRASHED),
        ("nest", Failure.CRASHED),
        ("reach", Failure.CRASHED),
        ("no_such_job", Failure.REFUSED),
    ],
)
def test_a_bad_job_fails_alone_and_the_next_one_works(
    sandbox: Sandbox, job: str, failure: Failure
) -> None:
    with pytest.raises(JobFailed) as failed:
        sandbox.ask(job, b"hostile", {})
    assert failed.value.failure is failure
    assert _works(sandbox)


def test_an_answer_left_behind_is_never_taken_for_that_of_the_next_file(sandbox: Sandbox) -> None:
    sandbox.ask("answer_twice", b"first", {})
    assert _works(sandbox)


def test_an_innocent_file_does_not_pay_for_an_earlier_one() -> None:
    """A worker hurt by one file may die in the next; that one is asked again of a fresh worker."""
    sandbox = Sandbox(MISBEHAVING)
    hurt = _pid(sandbox)
    answer = sandbox.ask("fall_once", str(hurt).encode(), {})
    sandbox.close()
    assert answer.facts["pid"] != hurt


def test_noise_on_the_standard_streams_is_swallowed(sandbox: Sandbox) -> None:
    assert sandbox.ask("shout", b"", {}).blobs == ()
    assert _works(sandbox)


def test_a_large_file_is_fetched_where_it_is_read() -> None:
    """What a player does with a film of gigabytes; only what it reads is unsealed."""
    shared = Sandbox(MISBEHAVING, limits=Limits(most_whole=0))
    content = random.Random(5).randbytes(3_000_000)
    asked = shared.ask("fetch", content, {"step": 700_001})
    assert asked.blobs[0] == b"".join(
        content[at : at + 3] for at in range(0, len(content), 700_001)
    )
    assert asked.facts["size"] == len(content)
    shared.close()


def test_a_long_job_says_how_far_it_is_and_hands_over_its_pieces(sandbox: Sandbox) -> None:
    pieces: list[bytes] = []
    far: list[float] = []
    sandbox.ask("make", b"", {"pieces": 4}, Listener(take=pieces.append, tell=far.append))
    assert pieces == [b"\0", b"\1", b"\2", b"\3"]
    assert far == [0.25, 0.5, 0.75, 1.0]


def test_a_long_job_is_ended_when_a_person_says_so(sandbox: Sandbox) -> None:
    pieces: list[bytes] = []
    listener = Listener(take=pieces.append, stopped=lambda: len(pieces) == 2)
    with pytest.raises(Cancelled):
        sandbox.ask("make", b"", {"pieces": 9}, listener)
    assert len(pieces) == 2
    assert _works(sandbox)


def test_what_reading_the_stored_bytes_raises_is_told_as_it_is() -> None:
    class Gone:
        def seek(self, offset: int, _whence: int = 0, /) -> int:
            raise LookupError("the drive was pulled")

        def readinto(self, into: bytearray | memoryview, /) -> int:
            return 0

    shared = Sandbox(MISBEHAVING, limits=Limits(most_whole=0))
    with pytest.raises(LookupError, match="pulled"):
        shared.ask("fetch", Untrusted(Gone(), size=10), {"step": 1})
    assert _works(shared)
    shared.close()


@pytest.mark.parametrize("offset", [-1, 10**12])
def test_a_wish_for_what_is_not_there_is_not_granted(sandbox: Sandbox, offset: int) -> None:
    with pytest.raises(JobFailed):
        sandbox.ask("wish", b"bytes", {"offset": offset})
    assert _works(sandbox)


def test_many_megabytes_go_in(sandbox: Sandbox) -> None:
    with pytest.raises(JobFailed):  # they may not come out again
        sandbox.ask("echo", bytes(30_000_000), {})
    assert _works(sandbox)


def _landlock_version() -> int:
    """What the kernel itself says, by landlock_create_ruleset(2)."""
    return int(ctypes.CDLL(None).syscall(444, None, 0, 1))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has Landlock and namespaces")
def test_there_is_no_way_out(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"of another patient")
    held = sandbox.confinement()
    assert held["limits"] is True
    met = dict(sandbox.ask("escape", str(tmp_path).encode(), {}).facts)
    assert held["no_files"] is (_landlock_version() >= 1)
    assert held["few_calls"] is (platform.machine() in {"x86_64", "aarch64"})
    if held["few_calls"]:  # the filter of calls stands before everything else
        assert set(met.values()) == {errno.EPERM}
    assert [path.name for path in tmp_path.iterdir()] == ["victim"]


_WITHOUT_THE_FILTER = """
import json, sys
from dataclasses import asdict
from tests.unit.media import misbehaving
from desktop.media.confinement import confine
from desktop.media.worker_file import WorkerFile
place = sys.argv[1].encode()
held = confine(memory_bytes=3 << 30, open_files=3, filtered=False)
met = misbehaving.escape(WorkerFile(len(place), whole=place), {}, lambda news: news).facts
print(json.dumps([asdict(held), met]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has Landlock")
def test_each_layer_holds_without_the_one_before_it(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"of another patient")
    command = [sys.executable, "-c", _WITHOUT_THE_FILTER, str(tmp_path)]
    said = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    held, met = json.loads(said.stdout)
    assert held["limits"]
    assert not held["few_calls"]
    # no handle is left for a file or a socket: the kernel says so before it looks at the place
    for way in ("write", "read", "list", "network"):
        assert met[way] == errno.EMFILE
    if held["no_files"]:  # Landlock alone stops these, for they need no handle
        assert met["folder"] == errno.EACCES
        assert met["remove"] == errno.EACCES
        assert [path.name for path in tmp_path.iterdir()] == ["victim"]
    if os.geteuid() != 0:  # root is not bound by the number of processes
        assert met["process"] == errno.EAGAIN


_IN_THE_NETWORK_OF_ALL = """
import ctypes, json, os, platform, socket, sys
from dataclasses import asdict
from threading import Thread
from desktop.media import confinement
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
confinement._leave_network = lambda: confinement._libc().prctl(38, 1, 0, 0, 0) != 0
libc, true = ctypes.CDLL(None, use_errno=True), ["/bin/true"]
libc.syscall.restype = ctypes.c_long
held = confinement.confine(memory_bytes=3 << 30, open_files=3)
CLONE = {"x86_64": 56, "aarch64": 220}[platform.machine()]
SIGCHLD, VM, VFORK, THREAD, NEW_USER = 17, 0x100, 0x4000, 0x10000, 0x10000000

def clone(flags):
    made = libc.syscall(CLONE, ctypes.c_ulong(flags), 0, 0, 0, 0)
    if made == 0:
        os._exit(9)  # a child
    if made < 0:
        raise OSError(ctypes.get_errno(), "")

WAYS = {
    "inet": lambda: socket.socket(),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "pair": socket.socketpair,
    "fork": os.fork,
    "spawn": lambda: os.posix_spawn(true[0], true, {}),
    "exec": lambda: os.execv(true[0], true),
    "clone": lambda: clone(SIGCHLD),
    "vfork": lambda: clone(VM | VFORK | SIGCHLD),
    "high bits": lambda: clone(1 << 32 | SIGCHLD),
    "half a thread": lambda: clone(THREAD | SIGCHLD),
    "new user": lambda: clone(THREAD | NEW_USER | VM | 0x800),
}

def met_by():
    met = {}
    for name, way in WAYS.items():
        try:
            way()
        except OSError as error:
            met[name] = error.errno
        else:
            met[name] = 0
    return met

said = [asdict(held), met_by()]
thread = Thread(target=lambda: said.append(met_by()))
thread.start()
thread.join()
print(json.dumps(said))
"""


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"},
    reason="the filter of calls is there on Linux alone, and on two kinds of machine",
)
def test_an_ordinary_user_without_a_network_of_his_own_gets_no_socket_and_no_process() -> None:
    """The filter lets a decoder have a thread: neither that nor the process gets more by it."""
    command = [sys.executable, "-c", _IN_THE_NETWORK_OF_ALL]
    said = subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    held, *met = json.loads(said.stdout)
    assert held["few_calls"]
    assert held["no_network"]
    assert len(met) == 2  # the thread could be made
    for ways in met:
        # the kernel itself knows no half a thread, nor one of another user
        assert {ways.pop("half a thread"), ways.pop("new user")} == {errno.EINVAL}
        assert set(ways.values()) == {errno.EPERM}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has network namespaces")
def test_the_worker_has_a_network_of_its_own_with_nothing_in_it(sandbox: Sandbox) -> None:
    assert sandbox.confinement()["no_network"]
    try:
        worker = Path(f"/proc/{_pid(sandbox)}/ns/net").readlink()
    except PermissionError:
        pytest.skip("this system hides the namespaces of other processes")
    if worker == Path("/proc/self/ns/net").readlink():
        assert os.geteuid() != 0
        assert sandbox.confinement()["few_calls"]
        pytest.skip("this system lets no ordinary user leave its network: the filter holds")


def test_the_worker_knows_no_secret_and_loads_no_window(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTROOM_PASSWORD", "not for the worker")
    sandbox.close()
    seen = sandbox.ask("look_around", b"", {}).facts
    assert seen["loaded"] == []
    # LC_CTYPE is what Python itself adds where nothing says the encoding
    allowed = {"PYTHONPATH", "LC_CTYPE", "LD_LIBRARY_PATH", "SYSTEMROOT"}
    allowed |= {"MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"}
    assert set(seen["environment"]) <= allowed  # type: ignore[call-overload]


def test_the_program_that_asks_loads_no_decoder() -> None:
    loads = (
        "import sys, desktop.media.sandboxed_describer as room; "
        "describer = room.SandboxedDescriber(); describer.warm(); "
        "describer.describe(b'', file_name='x'); describer.close(); "
        "sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0


def test_a_worn_worker_is_replaced() -> None:
    sandbox = Sandbox(MISBEHAVING, limits=Limits(jobs_a_worker=2))
    pids = [_pid(sandbox) for _ in range(4)]
    sandbox.close()
    assert pids[0] == pids[1]
    assert pids[1] != pids[2]
    assert pids[2] == pids[3]


def test_a_worker_that_was_killed_while_idle_is_replaced(sandbox: Sandbox) -> None:
    worker = psutil.Process(_pid(sandbox))
    worker.kill()
    psutil.wait_procs([worker], timeout=10)
    assert _works(sandbox)


def test_it_starts_late_ends_at_once_and_starts_again() -> None:
    mine = psutil.Process()
    before = set(mine.children())
    sandbox = Sandbox(MISBEHAVING)
    assert set(mine.children()) == before
    sandbox.warm()
    sandbox.warm()
    assert _works(sandbox)
    assert len(set(mine.children()) - before) == 1
    sandbox.close()
    sandbox.close()
    assert set(mine.children()) == before
    assert _works(sandbox)
    sandbox.close()


def test_several_lanes_may_ask_at_once(sandbox: Sandbox) -> None:
    with Lane("asking", threads=4) as lane:
        asked = [
            lane.submit(lambda n=n: sandbox.ask("echo", bytes([n]), {"said": n}))  # type: ignore[misc]
            for n in range(40)
        ]
        answers = [future.result() for future in asked]
    assert [answer.blobs for answer in answers] == [(bytes([n]),) for n in range(40)]
    assert [answer.facts["said"] for answer in answers] == list(range(40))


def test_a_worker_that_cannot_start_is_said_so(caplog: pytest.LogCaptureFixture) -> None:
    sandbox = Sandbox("tests.unit.media.no_such_module")
    with pytest.raises(JobFailed) as failed:
        sandbox.ask("echo", b"", {})
    sandbox.close()
    assert failed.value.failure is Failure.NO_WORKER
    assert "could not be started" in caplog.text
    caplog.clear()


def test_a_worker_that_starts_too_slowly_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    sandbox = Sandbox(MISBEHAVING, limits=Limits(seconds_to_start=0.0))
    with pytest.raises(JobFailed) as failed:
        sandbox.ask("echo", b"", {})
    sandbox.close()
    assert failed.value.failure is Failure.NO_WORKER
    assert "did not start in time" in caplog.text
    caplog.clear()


PARENT = f"""
import os, signal
from desktop.lanes import Lane
from desktop.media.sandbox import Sandbox
sandbox = Sandbox({MISBEHAVING!r})
print(sandbox.ask("echo", b"", {{}}).facts["pid"], flush=True)
Lane("asking").submit(lambda: sandbox.ask("hang", b"", {{}}))
input()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a death signal is Linux's own")
def test_no_worker_outlives_the_program() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    worker = psutil.Process(int(parent.stdout.readline()))
    idle = worker.cpu_times().user
    while worker.cpu_times().user < idle + 0.1:
        assert worker.is_running()
    parent.communicate("\n")
    assert parent.returncode == -signal.SIGKILL
    gone, alive = psutil.wait_procs([worker], timeout=10)
    assert gone
    assert not alive
