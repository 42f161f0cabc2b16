"""A framework in plain lines, as `explain` shows it: its demands, their conditions, its labels."""

from collections.abc import Iterator, Mapping
from typing import Any


def is_called(name: str, framework: Mapping[str, Any]) -> bool:
    """Say whether `name` is the id of a framework or one of its aliases."""
    names = (framework["id"], *framework.get("aliases", ()))
    return name.casefold() in {n.casefold() for n in names}


def whole(framework: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a framework asks, where it says so, and how the answers add up."""
    yield f"{framework['id']}: a framework, {framework['name']}, version {framework['version']}"
    yield f"  {framework['meaning']}"
    if scope := framework.get("scope"):
        yield f"  Scope: {scope['says']}"
    yield from _tiered(framework)
    yield from _rated(framework)
    if caveat := framework.get("caveat"):
        yield f"  Mind: {caveat}"
    if aliases := framework.get("aliases"):
        yield f"  Also called {', '.join(aliases)}"
    yield f"  See {framework['source']}"


def label(name: str, framework: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the label of that name says; nothing where the framework has none such."""
    for tier in framework.get("tiers", ()):
        if tier["label"].casefold() == name.casefold():
            yield f"{tier['label']}: a label of {framework['id']}, {framework['name']}"
            yield f"  {tier['says']}"
            demands = tier.get("needs") or tier.get("misses")
            yield f"  Asks: {_needs(tier)}" if demands else "  Holds where no label above it does"


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


def _tiered(framework: Mapping[str, Any]) -> Iterator[str]:
    for name, demand in framework.get("requirements", {}).items():
        yield f"  {name}, {demand['cites']}: {demand['title']}; if {conditional(demand['when'])}"
    for tier in framework.get("tiers", ()):
        yield f"  {tier['label']}: {_needs(tier)}"


def _needs(tier: Mapping[str, Any]) -> str:
    """Return what a tier needs and misses, by the names of the requirements."""
    needs = [n if isinstance(n, str) else f"({' or '.join(n)})" for n in tier.get("needs", ())]
    parts = [", ".join(needs)] if needs else []
    parts += [f"not met is {' or '.join(tier['misses'])}"] if tier.get("misses") else []
    return "; ".join(parts) or "everything else"


def _rated(framework: Mapping[str, Any]) -> Iterator[str]:
    *levels, lowest = framework.get("points", {"": 0})
    for name, parameter in framework.get("parameters", {}).items():
        rungs = [f"{level} if {conditional(parameter[level])}" for level in levels]
        told = "; ".join([*rungs, f"else {lowest}"])
        yield f"  {name}, {parameter['cites']}: {parameter['title']}; {told}"
    if points := framework.get("points"):
        yield f"  The mean of {', '.join(f'{k} {v:g}' for k, v in points.items())}."


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not-applicable" if value == "na" else str(value)
