"""A policy in sentences, so that whoever is bound by it can read what it means."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from openaudit.policy.comparison import WORDS, Check
from openaudit.policy.condition import Condition, Group, Leaf, Negation
from openaudit.policy.domain import SUBJECTS
from openaudit.policy.message import worded
from openaudit.policy.policy import OnUnknown, Override, Policy, Rule, Waiver


def sentence(condition: Condition) -> str:
    """Return a condition as a clause of a sentence: the license is one of MIT or Apache-2.0."""
    match condition:
        case Leaf():
            return _leaf(condition)
        case Negation():
            return f"it is not so that {sentence(condition.part)}"
        case Group():
            parts = [sentence(p) for p in condition.parts]
            return f" {'and' if condition.every else 'or'} ".join(parts)
    assert_never(condition)


def _leaf(leaf: Leaf) -> str:
    """Say what a leaf asks for: its main attribute first, then the others."""
    subject = SUBJECTS[leaf.subject]
    checks = dict(leaf.checks)
    rest = {k: v for k, v in checks.items() if k not in ("id", subject.main)}
    if leaf.subject == "fact":
        name = " or ".join(sorted(leaf.ids())) or "a fact"
        value = _checked(checks["value"]) if "value" in checks else "stated"
        others = _attributes({k: v for k, v in rest.items() if k != "value"})
        return f"{name} is {value}{others}"
    main = _checked(checks.get(subject.main, ()))
    if leaf.subject in ("dimension", "framework", "question"):
        return f"{leaf.subject} {main}{_attributes(rest)}"
    if subject.many:
        name = f"{leaf.subject} {main.removeprefix('one of ')}".rstrip()
        return f"there is a {name}{_attributes(rest)}"
    if leaf.subject == "knowledge":
        return f"what openaudit knows is {main} days old{_attributes(rest)}"
    if not main:
        return f"the {leaf.subject} is {' and '.join(_parts(rest))}"
    return f"the {leaf.subject} is {main}{_attributes(rest)}"


def _attributes(checks: Mapping[str, tuple[Check, ...]]) -> str:
    parts = _parts(checks)
    return f" with {' and '.join(parts)}" if parts else ""


def _parts(checks: Mapping[str, tuple[Check, ...]]) -> list[str]:
    """Return what is asked of each attribute; of one that is so or not, just that."""
    return [
        _PLAIN.get(those, "{} {}").format(name, _checked(those)) for name, those in checks.items()
    ]


_PLAIN: Mapping[tuple[Check, ...], str] = {
    (Check("eq", operand=True),): "{}",
    (Check("eq", operand=False),): "not {}",
}


def _checked(checks: tuple[Check, ...]) -> str:
    return " and ".join(map(_check, checks))


def _check(check: Check) -> str:
    if check.operator == "exists":
        return "stated" if check.operand else "not stated"
    operand = check.operand
    items = [worded(o) for o in operand] if isinstance(operand, tuple) else [worded(operand)]
    joined = " or ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
    return f"{WORDS[check.operator]} {joined}".strip()


def demand(rule: Rule) -> str:
    """Return what a rule asks for, in a line."""
    said = sentence(rule.condition)
    return f"Denied where {said}" if rule.denies else f"Allowed only where {said}"


def lines(policy: Policy) -> Iterator[str]:
    """Yield what a policy means, line by line; two spaces stand before what belongs to a line."""
    yield f"{policy.name}: {policy.title}" if policy.title else policy.name
    yield from ([f"  {policy.meaning}"] if policy.meaning else [])
    yield from ([f"  It builds on {', '.join(policy.extends)}."] if policy.extends else [])
    yield f"  {_UNKNOWN[policy.on_unknown]}"
    yield ""
    yield "Rules"
    for rule in policy.rules:
        yield from _rule(rule, policy.on_unknown)
    yield from _exceptions(policy)
    if policy.sources:
        yield ""
        yield "Sources"
        yield from (f"  {source}" for source in policy.sources)


_UNKNOWN = {
    OnUnknown.FAIL: "What cannot be decided breaks it.",
    OnUnknown.INCOMPLETE: "What cannot be decided leaves the run incomplete.",
    OnUnknown.WARN: "What cannot be decided is told, and passes.",
    OnUnknown.PASS: "What cannot be decided passes.",
}


def _rule(rule: Rule, usual: OnUnknown) -> Iterator[str]:
    breaks = "reported where" if rule.severity == "info" else "broken where"
    holds = sentence(rule.condition)
    said = f"{breaks} {holds}" if rule.denies else f"{breaks} it is not known that {holds}"
    if not rule.denies and usual is not OnUnknown.FAIL:
        said = f"{breaks} it is not so that {holds}"
    when = f", for releases of which {sentence(rule.when)}" if rule.when else ""
    yield f"  {rule.id} ({rule.severity}): {said}{when}."
    yield from ([f"    {rule.reason}"] if rule.reason else [])
    if rule.on_unknown is not usual:
        yield f"    {_UNKNOWN[rule.on_unknown].replace('breaks it', 'breaks this rule')}"


def _exceptions(policy: Policy) -> Iterator[str]:
    if policy.overrides or policy.waivers:
        yield ""
        yield "Exceptions"
    yield from (f"  {_override(o)}" for o in policy.overrides)
    yield from (f"  {_waiver(w)}" for w in policy.waivers)


def _override(override: Override) -> str:
    whom = []
    if override.references:
        whom.append(", ".join(override.references))
    if override.paths:
        whom.append(f"what is only named in {', '.join(override.paths)}")
    changes = [f"not held to {', '.join(sorted(override.skip))}"] if override.skip else []
    changes += [f"{rule} is {severity}" for rule, severity in override.severity.items()]
    if override.on_unknown is not None:
        changes.append(_UNKNOWN[override.on_unknown].rstrip(".").lower())
    return f"{' and '.join(whom)}: {'; '.join(changes)} ({override.reason})"


def _waiver(waiver: Waiver) -> str:
    revision = f"@{waiver.revision}" if waiver.revision else ""
    bound = ", for the texts it was given for" if waiver.texts else ""
    return (
        f"{waiver.rule or waiver.clause} is waived for {waiver.release}{revision} until "
        f"{waiver.expires}{bound}, by {waiver.owner}: {waiver.reason}"
    )
