"""Runs `python -m desktop` as a person's script would, in a world of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.end_to_end import standing_by
from tests.end_to_end.standing_by import ROOT, can_stand_by

PASSWORD = "four made up words"
USER = "Aroha Test"
AT_LEAST_COST = "tests.end_to_end.least_cost"


@dataclass
class CommandLine:
    """An office in a private folder, with its own home and temp folders.

    `program` is the module that runs: `AT_LEAST_COST` for what proves nothing about passphrases.
    Every command is a process of its own; `start` starts it from nothing.
    """

    world: Path
    program: str = "desktop"
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in (self.home, self.temp):
            folder.mkdir(parents=True, exist_ok=True)
        self.password_file.write_text(PASSWORD + "\n", encoding="utf-8")

    @property
    def office(self) -> Path:
        return self.world / "office"

    @property
    def home(self) -> Path:
        return self.world / "home"

    @property
    def temp(self) -> Path:
        return self.world / "temp"

    @property
    def password_file(self) -> Path:
        return self.world / "password.txt"

    @property
    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if k not in {"VCAMERADIR", "DISPLAY"}}
        own = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temp),
            "CHARTROOM_OFFICE": str(self.office),
            "CHARTROOM_FOLDERS": "",
            "PYTHONPATH": str(ROOT),
        }
        return clean | own | self.extra

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", self.program, *arguments],
            env=self.environment,
            cwd=self.world,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        """To its end; a fork of what is loaded already, where nobody would see the difference."""
        if self.program == AT_LEAST_COST and can_stand_by(self.environment):
            return standing_by.run(arguments, environment=self.environment, folder=self.world)
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def json(self, *arguments: str, code: int = 0) -> Any:
        """The result of a command that must end with `code`."""
        done = self.run("--json", "--password-file", str(self.password_file), *arguments)
        assert done.returncode == code, done.stderr.decode()
        return json.loads(done.stdout)

    def refused(self, *arguments: str, code: int = 1) -> str:
        """The one sentence with which a command ends."""
        done = self.run("--password-file", str(self.password_file), *arguments)
        assert done.returncode == code, (done.stdout.decode(), done.stderr.decode())
        words = done.stderr.decode()
        assert "Traceback" not in words, words
        return words

    def init(self, *more: str) -> Any:
        return self.json("init", "--organisation", "Kererū Clinic", "--user", USER, *more)
