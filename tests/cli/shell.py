"""Run the command line in this process, as a shell would see it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from openaudit.cli import run


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs commands; everything before the command was captured and dropped."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *words: str) -> Ran:
        self._capture.readouterr()
        code = run(list(words))
        captured = self._capture.readouterr()
        return Ran(code, captured.out, captured.err)
