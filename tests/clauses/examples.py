"""Run the examples inside rule files; texts that are not in the repository stand beside it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from openaudit import data
from openaudit.clauses.match import find_clauses
from openaudit.clauses.schema import Example, RuleFile, read_rule_file
from openaudit.model.clause import Clause
from openaudit.model.document import Document, Role
from openaudit.model.rule import ClauseRule

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "licenses"
FILES = sorted((ROOT / "rules" / "clauses").glob("*.yaml"))


@cache
def rule_file(path: Path) -> RuleFile:
    return read_rule_file(path)


@cache
def rules() -> dict[str, ClauseRule]:
    return {path.stem: data.clause_rule(data.read_yaml(path)) for path in FILES}


def document(text: str, role: Role = Role.LICENSE) -> Document:
    return Document("LICENSE", role, text, "0" * 64)


def corpus_text(slug: str) -> str:
    path = CORPUS / f"{slug}.txt"
    if not path.is_file():
        pytest.skip(f"the text of {slug} is not in this repository")
    return path.read_bytes().decode("utf-8", "replace")


def found(example: Example, rule: ClauseRule) -> list[Clause]:
    """Return the clauses of `rule` in the text of the example."""
    text = example.text if example.text is not None else corpus_text(str(example.corpus))
    others = [replace(rules()[other], yields_to=()) for other in rule.yields_to]
    return [c for c in find_clauses(document(text), [rule, *others]) if c.id == rule.id]


def holds(example: Example, clauses: list[Clause]) -> bool:
    """Say whether one of `clauses` is what the example asks for."""
    return any(
        (example.quote is None or example.quote in " ".join(_quote(c).split()))
        and (example.section is None or example.section == c.section)
        and (example.kind is None or example.kind == c.kind)
        and all(_plain(c.params.get(k)) == v for k, v in example.params.items())
        for c in clauses
    )


def _quote(clause: Clause) -> str:
    return getattr(clause.evidence, "text", "")


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
