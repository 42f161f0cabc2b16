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
    for called, framework in knowledge.frameworks.items():
        if name in (called, *framework.get("aliases", ())):
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
    yield f"{name}: a dimension, graded from the most open down; the first grade that holds is it"
    for step in ladder["grades"]:
        score = "no score" if step["score"] is None else f"score {step['score']}"
        yield f"  {step['grade']} ({score}): {step['text']}; if {conditional(step['when'])}"


def _framework(framework: Mapping[str, Any]) -> Iterator[str]:
    yield f"{framework['id']}: a framework, {framework['name']}, version {framework['version']}"
    yield f"  {framework['meaning']}"
    if scope := framework.get("scope"):
        yield f"  Scope: {scope['says']}"
    demands = framework.get("requirements", {})
    for name, demand in demands.items():
        yield f"  {name}, {demand['cites']}: {demand['title']}; if {conditional(demand['when'])}"
    for tier in framework.get("tiers", ()):
        yield f"  {tier['label']}: {_tier(tier)}"
    levels = list(framework.get("points", ()))
    for name, parameter in framework.get("parameters", {}).items():
        yield f"  {name}, {parameter['cites']}: {parameter['title']}; " + "; ".join(
            [*(f"{x} if {conditional(parameter[x])}" for x in levels[:-1]), f"else {levels[-1]}"]
        )
    if points := framework.get("points"):
        yield f"  The mean of {', '.join(f'{k} {v:g}' for k, v in points.items())}."
    if caveat := framework.get("caveat"):
        yield f"  Mind: {caveat}"
    if aliases := framework.get("aliases"):
        yield f"  Also called {', '.join(aliases)}"
    yield f"  See {framework['source']}"


def _tier(tier: Mapping[str, Any]) -> str:
    """Return what a tier needs and misses, by the names of the requirements."""
    needs = [n if isinstance(n, str) else f"({' or '.join(n)})" for n in tier.get("needs", ())]
    parts = [", ".join(needs)] if needs else []
    parts += [f"not met is {' or '.join(tier['misses'])}"] if tier.get("misses") else []
    return "; ".join(parts) or "everything else"


def conditional(condition: Mapping[str, Any]) -> str:
    """Return a condition in words."""
    [(key, value)] = condition.items()
    match key:
        case "all" | "any":
            joint = " and " if key == "all" else " or "
            parts = [conditional(p) for p in value]
            return parts[0] if len(parts) == 1 else f"({joint.join(parts)})"
        case "not":
            return f"not {conditional(value)}"
        case _ if isinstance(value, dict):
            return f"{key} is over {value['over']:g}"
        case _:
            one_of = "one of " if len(value) > 1 else ""
            return f"{key} is {one_of}{', '.join(_value(v) for v in value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not-applicable" if value == "na" else str(value)


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
