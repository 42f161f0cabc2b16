"""What openaudit knows of one id, in plain lines."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openaudit.data import Knowledge
from openaudit.model.profile import LicenseProfile, ProfileClause
from openaudit.model.rule import ClauseRule, FindingRule

_MOST_LICENSES = 30


def explain(name: str, knowledge: Knowledge, *, width: int) -> str | None:
    """Return the explanation of `name`, None where no id is called so; several meanings in turn."""
    parts: list[list[str]] = []
    if rule := knowledge.clauses.get(name):
        parts.append(list(_clause(rule, knowledge)))
    if profile := knowledge.licenses.get(name):
        parts.append(list(_license(profile)))
    if finding := knowledge.findings.get(name):
        parts.append(list(_finding(finding)))
    if ladder := knowledge.dimensions["dimensions"].get(name):
        parts.append(list(_dimension(name, ladder)))
    if framework := knowledge.frameworks.get(name):
        parts.append(list(_framework(framework)))
    if fact := knowledge.facts.get(name):
        parts.append(list(_fact(name, fact)))
    if not parts:
        return None
    return "\n\n".join("\n".join(_wrapped(p, width)) for p in parts) + "\n"


def ids(knowledge: Knowledge) -> list[str]:
    """Return every id that can be explained."""
    every = (
        knowledge.clauses,
        knowledge.licenses,
        knowledge.findings,
        knowledge.dimensions["dimensions"],
        knowledge.frameworks,
        knowledge.facts,
    )
    return sorted({i for group in every for i in group})


def _clause(rule: ClauseRule, knowledge: Knowledge) -> Iterator[str]:
    yield f"{rule.id}: a clause ({rule.kind}, {rule.severity})"
    yield f"  {rule.title}. {rule.meaning}"
    if rule.example:
        yield f'  For example: "{" ".join(rule.example.split())}"'
    holders = [
        f"{profile.id} {_places(clauses)}".rstrip()
        for profile in knowledge.licenses.values()
        if (clauses := [c for c in profile.clauses if c.id == rule.id])
    ]
    if holders:
        more = len(holders) - _MOST_LICENSES
        rest = f"; and {more} more" if more > 0 else ""
        yield f"  In: {'; '.join(holders[:_MOST_LICENSES])}{rest}."
    yield from (f"  See {r}" for r in rule.references)


def _places(clauses: Sequence[ProfileClause]) -> str:
    """Return where a license has a clause, each place once, in brackets."""
    places = dict.fromkeys(words for clause in clauses if (words := _words(clause)))
    return f"({'; '.join(places)})" if places else ""


def _told(clause: ProfileClause) -> str:
    """Return the section and what is counted, in brackets."""
    words = _words(clause)
    return f"({words})" if words else ""


def _words(clause: ProfileClause) -> str:
    numbers = [f"{v:,}" for v in clause.params.values() if isinstance(v, int)]
    return ", ".join([*([f"section {clause.section}"] if clause.section else []), *numbers])


def _license(profile: LicenseProfile) -> Iterator[str]:
    yield f"{profile.id}: a {profile.kind}"
    yield f"  {profile.name}, {profile.expression}"
    flags = {True: "OSI-approved", False: "not OSI-approved", None: "OSI approval not recorded"}
    yield f"  {flags[profile.osi]}; class {profile.category}"
    if profile.verified:
        yield f"  Read on {profile.verified}; {len(profile.texts)} known text(s)"
    else:
        yield "  Its text was not read for this profile: what is not listed is unknown."
    if profile.tags:
        yield f"  Hub tags: {', '.join(profile.tags)}"
    if profile.careless:
        yield f"  Mind: {profile.careless}"
    if profile.clauses:
        listed = ", ".join(f"{c.id} {_told(c)}".rstrip() for c in profile.clauses)
        yield f"  Clauses: {listed}"
    yield from (f"  At {url}" for url in profile.urls[:3])


def _finding(rule: FindingRule) -> Iterator[str]:
    yield f"{rule.id}: a finding ({rule.severity})"
    yield f"  {rule.title}. {rule.meaning}"


def _dimension(name: str, ladder: Mapping[str, Any]) -> Iterator[str]:
    yield f"{name}: a dimension, graded from the most open down"
    for step in ladder["grades"]:
        score = "no score" if step["score"] is None else f"score {step['score']}"
        yield f"  {step['grade']} ({score}): {step['text']}"


def _framework(framework: Mapping[str, Any]) -> Iterator[str]:
    yield f"{framework['id']}: a framework, {framework['name']}, version {framework['version']}"
    yield f"  {framework['meaning']}"
    for tier in framework["tiers"]:
        needs = "; ".join(framework["requirements"][n]["title"] for n in tier["needs"])
        yield f"  {tier['label']}: {needs or 'everything else'}"
    yield f"  See {framework['source']}"


def _fact(name: str, fact: Mapping[str, Any]) -> Iterator[str]:
    yield f"{name}: a fact"
    yield f"  {fact['title']}"
    if fact.get("values"):
        yield f"  One of: {', '.join(fact['values'])}"
    if fact.get("settle"):
        yield f"  Settled by: {fact['settle']}"


def _wrapped(lines: list[str], width: int) -> Iterator[str]:
    for line in lines:
        words = " ".join(line.split())
        indent = "  " if line.startswith("  ") else ""
        yield textwrap.fill(
            words,
            width,
            initial_indent=indent,
            subsequent_indent=indent + "  " * bool(indent),
            break_long_words=False,
            break_on_hyphens=False,
        )
