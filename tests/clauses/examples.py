"""Run the examples inside rule files; texts that are not in the repository stand beside it."""

from functools import cache
from pathlib import Path

import pytest

from openaudit import data
from openaudit.clauses.schema import Example, RuleFile, read_rule_file
from openaudit.clauses.trial import clauses_of
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


def corpus_slugs() -> list[str]:
    """Return the licenses whose profiles may be compared with texts: not those kept unseen."""
    kept = data.read_yaml(Path(__file__).with_name("untouched.yaml"))["families"]
    unseen = {slug for slugs in kept.values() for slug in slugs}
    return [p.stem for p in sorted((ROOT / "licenses").glob("*.yaml")) if p.stem not in unseen]


def found(example: Example, rule: ClauseRule) -> list[Clause]:
    """Return the clauses of `rule` in the text of the example."""
    text = example.text if example.text is not None else corpus_text(str(example.corpus))
    return clauses_of(rule, text, rules())
