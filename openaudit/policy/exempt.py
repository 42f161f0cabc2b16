"""Which rules hold for one release: the overrides of a policy, and where the release is named."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from openaudit.model.reference import Reference
from openaudit.model.sighting import Sighting
from openaudit.policy.policy import Override, Policy, Rule


def plain_name(reference: Reference) -> str:
    """Return a reference without its revision, as policies and code bases name it."""
    return str(replace(reference, revision=None))


def rules_for(
    policy: Policy, reference: Reference, sightings: Sequence[Sighting]
) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Return the rules that hold for a release, and sentences on those that do not.

    `sightings` are the places that name it.
    """
    name = plain_name(reference)
    places = [s.file for s in sightings]
    overrides = [o for o in policy.overrides if _speaks_of(o, name, places)]
    rules = tuple(r for rule in policy.rules for r in _changed(rule, overrides))
    return rules, tuple(_notes(name, overrides))


def _speaks_of(override: Override, name: str, places: Sequence[str]) -> bool:
    named = not override.references or matches_any(name, override.references)
    return named and (not override.paths or _all_in(places, override.paths))


def matches_any(name: str, globs: Iterable[str]) -> bool:
    """Say whether one of `globs` matches the whole name; case does not count."""
    return any(fnmatchcase(name.casefold(), g.casefold()) for g in globs)


def _all_in(places: Sequence[str], patterns: Sequence[str]) -> bool:
    """Say whether all places lie in the paths: one that does not is held to the whole policy."""
    if not places:
        return False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # few policies speak of paths

    spec = GitIgnoreSpec.from_lines(patterns)
    return all(spec.match_file(place) for place in places)


def _changed(rule: Rule, overrides: Iterable[Override]) -> Iterator[Rule]:
    for override in overrides:
        if rule.id in override.skip:
            return
        rule = replace(
            rule,
            severity=override.severity.get(rule.id, rule.severity),
            on_unknown=override.on_unknown or rule.on_unknown,
        )
    yield rule


def _notes(name: str, overrides: Iterable[Override]) -> Iterator[str]:
    for override in overrides:
        if override.skip:
            rules = ", ".join(sorted(override.skip))
            yield f"{name} is not held to {rules}: {override.reason}"
