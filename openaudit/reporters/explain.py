"""What openaudit knows of one id, in plain lines."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from openaudit.data import Knowledge
from openaudit.model.profile import LicenseProfile, ProfileClause
from openaudit.model.rule import ClauseRule, FindingRule
from openaudit.reporters.frameworks import conditional, is_called, label, whole

_MOST_LICENSES = 30
_Item = TypeVar("_Item")


def explain(name: str, knowledge: Knowledge, *, width: int) -> str | None:
    """Return the explanation of `name`, in any case of its letters; several meanings in turn.

    None where no id, grade, label or word of a report is called so.
    """
    parts: list[list[str]] = []
    if rule := _met(name, knowledge.clauses):
        parts.append(list(_clause(rule, knowledge)))
    if profile := _met(name, knowledge.licenses):
        parts.append(list(_license(profile)))
    if finding := _met(name, knowledge.findings):
        parts.append(list(_finding(finding)))
    dimensions = knowledge.dimensions["dimensions"]
    if ladder := _met(name, dimensions):
        parts.append(list(_dimension(name.lower(), ladder)))
    parts += [list(whole(f)) for f in knowledge.frameworks.values() if is_called(name, f)]
    if fact := _met(name, knowledge.facts):
        parts.append(list(_fact(name.lower(), fact)))
    if grades := list(_grades(name, dimensions)):
        parts.append(grades)
    parts += [lines for f in knowledge.frameworks.values() if (lines := list(label(name, f)))]
    if word := _met(name, knowledge.glossary):
        parts.append([f"{name.lower()}: a word of the report", f"  {word}"])
    if not parts:
        return None
    return "\n\n".join("\n".join(_wrapped(p, width)) for p in parts) + "\n"


def listing(knowledge: Knowledge, *, width: int) -> str:
    """Return everything that can be explained, by kind."""
    parts = [
        [f"{title} ({len(names)})", f"  {', '.join(names)}"]
        for title, names in _groups(knowledge).items()
    ]
    return "\n\n".join("\n".join(_wrapped(p, width)) for p in parts) + "\n"


def ids(knowledge: Knowledge) -> list[str]:
    """Return every id, grade, label and word that can be explained."""
    return sorted({name for names in _groups(knowledge).values() for name in names})


def _groups(knowledge: Knowledge) -> dict[str, list[str]]:
    dimensions = knowledge.dimensions["dimensions"]
    graded = [step["grade"] for ladder in dimensions.values() for step in ladder["grades"]]
    labels = [tier["label"] for f in knowledge.frameworks.values() for tier in f.get("tiers", ())]
    return {
        "Clauses": list(knowledge.clauses),
        "Licenses": list(knowledge.licenses),
        "Findings": list(knowledge.findings),
        "Dimensions": list(dimensions),
        "Grades": list(dict.fromkeys(graded)),
        "Frameworks": list(knowledge.frameworks),
        "Labels": list(dict.fromkeys(labels)),
        "Facts": list(knowledge.facts),
        "Words of a report": list(knowledge.glossary),
    }


def _met(name: str, known: Mapping[str, _Item]) -> _Item | None:
    """Return what is called `name`, whatever the case of its letters."""
    if name in known:
        return known[name]
    folded = name.casefold()
    return next((item for key, item in known.items() if key.casefold() == folded), None)


def _grades(name: str, dimensions: Mapping[str, Any]) -> Iterator[str]:
    """Yield in which dimensions a grade is called `name`, and what it says there."""
    for title, ladder in dimensions.items():
        for step in ladder["grades"]:
            if step["grade"] == name.lower():
                yield f"{step['grade']}: a grade of the dimension {title}, {_score(step)}"
                yield f"  {step['text']}"


def _score(step: Mapping[str, Any]) -> str:
    return "no score" if step["score"] is None else f"score {step['score']}"


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
        yield f"  {step['grade']} ({_score(step)}): {step['text']}; if {conditional(step['when'])}"


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
