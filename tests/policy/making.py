"""Policies and releases as a user would write them, judged through the whole audit."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.decision import Decision
from openaudit.model.reference import parse
from openaudit.model.report import Report
from openaudit.model.sighting import Sighting
from openaudit.policy.decide import decide
from openaudit.policy.file import PolicyFile
from openaudit.policy.policy import Policy
from openaudit.policy.read import read_policy
from openaudit.policy.trial import made_up
from openaudit.policy.vocabulary import vocabulary
from openaudit.sources import catalog

TODAY = date(2026, 11, 24)
KNOWN = knowledge()
WORDS = vocabulary(KNOWN)


def policy(directory: Path, text: str) -> Policy:
    """Read a policy that is written as a file."""
    path = directory / "policy.yaml"
    path.write_text(text, "utf-8")
    return read_policy(PolicyFile(path), WORDS)


def rules(directory: Path, *rules_: Mapping[str, Any], **settings: Any) -> Policy:
    """Read a policy with these rules."""
    listed = [{"id": f"rule-{at}", **rule} for at, rule in enumerate(rules_)]
    return policy(directory, yaml.safe_dump({"rules": listed, **settings}))


def given(directory: Path, **of: Any) -> Report:
    """Audit a made-up release."""
    test = {"name": "it", "expect": "pass", "given": of}
    plain = {"id": "any", "deny": {"finding": "any"}}
    path = directory / "given.yaml"
    path.write_text(yaml.safe_dump({"rules": [plain], "tests": [test]}), "utf-8")
    [trial] = read_policy(PolicyFile(path), WORDS).tests
    assert trial.given is not None
    return made_up(trial.given, KNOWN, lambda release: audit_release(release, KNOWN))


def recorded(reference: str) -> Report:
    """Audit a release of the catalog."""
    return audit_release(catalog.read(parse(reference), KNOWN.records), KNOWN)


def judged(
    policy_: Policy,
    *reports: Report,
    today: date = TODAY,
    sightings: Mapping[str, Sequence[Sighting]] | None = None,
    baseline: frozenset[str] = frozenset(),
) -> Decision:
    """Return the decision."""
    return decide(reports, policy_, (), baseline, today=today, sightings=sightings or {})


def outcome(directory: Path, rule: Mapping[str, Any], report: Report) -> str:
    """Return what one rule makes of a report: pass, fail, or incomplete."""
    return judged(rules(directory, rule), report).outcome.value
