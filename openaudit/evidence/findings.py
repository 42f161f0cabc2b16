"""What the user should know beside the facts: told by the rules in `rules/findings/`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from openaudit.errors import InputUnreadable
from openaudit.model.clause import Clause, Severity
from openaudit.model.evidence import Quote
from openaudit.model.fact import Fact
from openaudit.model.finding import Finding, Trouble
from openaudit.model.lineage import Edge
from openaudit.model.release import Origin, Release, SourceNote
from openaudit.model.rule import FindingRule

_SEVERITY: Final = list(Severity)
_SHOWN: Final = 3
_QUOTED: Final = 160


def findings(rules: Mapping[str, FindingRule], troubles: Iterable[Trouble]) -> tuple[Finding, ...]:
    """Return the findings, gravest first, each said once.

    Raises:
        InputUnreadable: a finding that no rule describes, which only a foreign bundle can bring.
    """
    found: dict[tuple[str, str], Finding] = {}
    for rule_id, values, evidence in troubles:
        rule = rules.get(rule_id)
        if rule is None:
            raise InputUnreadable(f"the bundle holds a note {rule_id!r} that is not known here")
        message = rule.message.format_map(defaultdict(lambda: "?", values))
        found.setdefault((rule_id, message), Finding(rule_id, rule.severity, message, evidence))
    return tuple(sorted(found.values(), key=lambda f: _SEVERITY.index(f.severity)))


def noted(notes: Iterable[SourceNote]) -> Iterator[Trouble]:
    """Yield what a source or a reader of the card noticed on the way."""
    for note in notes:
        of = {} if note.document is None else {"document": note.document}
        yield note.finding, {**note.values, **of}, ()


def unread(release: Release) -> Iterator[Trouble]:
    """Yield every text that is named or expected and was not read; the catalog never has any."""
    if release.origin is Origin.CATALOG:
        return
    for missing in release.missing:
        yield "text-unread", {"name": missing.name, "detail": missing.detail}, ()


def contradicted(pairs: Iterable[tuple[Fact, Fact]]) -> Iterator[Trouble]:
    """Yield each observation that differs from what is recorded."""
    for observed, recorded in pairs:
        values = {"fact": observed.id, "observed": _said(observed), "recorded": _said(recorded)}
        yield "record-contradicted", values, (*observed.evidence, *recorded.evidence)


def bases(parents: Sequence[Edge]) -> Iterator[Trouble]:
    """Yield that the terms of base models are not part of this audit."""
    if parents:
        more = " …" if len(parents) > _SHOWN else ""
        names = ", ".join(e.parent for e in parents[:_SHOWN]) + more
        evidence = tuple(e.evidence for e in parents)
        yield "base-terms-not-followed", {"parents": names}, evidence


def card_restricts(clauses: Sequence[Clause]) -> Iterator[Trouble]:
    """Yield each use that only the prose of the card withholds."""
    for clause in clauses:
        if isinstance(clause.evidence, Quote):
            quoted = " ".join(clause.evidence.text.split())[:_QUOTED]
            yield "card-restricts", {"quote": quoted, "clause": clause.id}, (clause.evidence,)


def _said(fact: Fact) -> str:
    return fact.answer.value if fact.value is None else str(fact.value)
