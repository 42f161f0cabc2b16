"""A baseline: the violations that are known already, so that only new ones fail a build."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from openaudit.errors import DataInvalid, UsageError
from openaudit.model.decision import Violation

SCHEMA: Final = "openaudit-baseline-v1"
_MOST_BYTES: Final = 50_000_000


def read_baseline(path: Path) -> frozenset[str]:
    """Return the fingerprints of a baseline file.

    Raises:
        UsageError: there is no such file, or it cannot be read.
        DataInvalid: it is no baseline.
    """
    if not path.is_file():
        raise UsageError(
            f"{path}: there is no such baseline; make one with --write-baseline {path}"
        )
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DataInvalid(f"{path}: too long for a baseline")
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DataInvalid(f"{path}: not valid JSON: {error}") from error
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise DataInvalid(f"{path}: schema: is not {SCHEMA}")
    known = value.get("violations")
    if not isinstance(known, list):
        raise DataInvalid(f"{path}: violations: expected a list")
    return frozenset(_fingerprint(v, at, path) for at, v in enumerate(known))


def _fingerprint(violation: object, at: int, path: Path) -> str:
    found = violation.get("fingerprint") if isinstance(violation, dict) else None
    if not isinstance(found, str) or not found:
        raise DataInvalid(f"{path}: violations.{at}.fingerprint: expected a word")
    return found


def baseline_text(violations: Iterable[Violation]) -> str:
    """Return the text of a baseline that holds `violations`; the same for the same ones."""
    listed = {
        v.fingerprint: {
            "fingerprint": v.fingerprint,
            "rule": v.rule,
            "release": v.release,
            "message": v.message,
        }
        for v in violations
    }
    ordered = sorted(listed.values(), key=lambda v: (v["release"], v["rule"], v["fingerprint"]))
    return (
        json.dumps({"schema": SCHEMA, "violations": ordered}, ensure_ascii=False, indent=2) + "\n"
    )
