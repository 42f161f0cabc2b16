"""Read a policy by name or path, with what it builds on, and check every id in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openaudit import data
from openaudit.errors import UsageError
from openaudit.model.frozen import frozen
from openaudit.policy.file import PolicyFile
from openaudit.policy.policy import OnUnknown, Policy, Waiver
from openaudit.policy.settle import (
    Draft,
    settled_override,
    settled_rule,
    settled_trial,
    settled_waiver,
)
from openaudit.policy.vocabulary import Vocabulary, meant

if TYPE_CHECKING:
    from openaudit.policy import schema

_DEEPEST: Final = 8


@frozen
class _Loaded:
    """A policy file with those it builds on; rules are by id, and may still be changed."""

    file: PolicyFile
    raw: "schema.PolicyFile"
    bases: "tuple[_Loaded, ...]"
    drafts: Mapping[str, Draft]

    @property
    def on_unknown(self) -> OnUnknown | None:
        said = [b.on_unknown for b in self.bases]
        return self.raw.on_unknown or next((s for s in reversed(said) if s), None)

    def all(self) -> "Iterator[_Loaded]":
        """Yield those it builds on, then itself."""
        for base in self.bases:
            yield from base.all()
        yield self


def presets() -> tuple[str, ...]:
    """Return the names of the policies that come with openaudit."""
    return tuple(sorted(p.stem for p in data.policy_files().glob("*.yaml")))


def policy_file(name: str, beside: Path | None = None) -> PolicyFile:
    """Return the file that `name` stands for: a preset, or a path, relative to `beside`.

    Raises:
        UsageError: there is no such preset or file.
    """
    if name in presets():
        return PolicyFile(data.policy_files() / f"{name}.yaml", shown=f"policies/{name}.yaml")
    path = (beside / name) if beside else Path(name)
    if path.is_file():
        return PolicyFile(path)
    raise UsageError(f"{name}: no policy file or preset is called so{meant(name, presets())}")


def read_policy(file: PolicyFile, words: Vocabulary) -> Policy:
    """Return the policy in `file`, with the rules of those it builds on.

    Raises:
        UsageError: a file that it names is not there.
        DataInvalid: the first thing that is wrong: file, line, field, what, and what may be meant.
    """
    loaded = _load(file, ())
    raw = loaded.raw
    unknown = loaded.on_unknown or OnUnknown.INCOMPLETE
    rules = tuple(settled_rule(d, words, unknown) for d in loaded.drafts.values())
    if not rules:
        file.refuse(("rules",), "holds no rule, so that nothing could break it")
    known = frozenset(loaded.drafts)
    every = tuple(loaded.all())
    return Policy(
        name=raw.id or (file.path.stem if not file.section else "policy"),
        source=str(file),
        title=raw.title,
        meaning=" ".join(raw.meaning.split()),
        sources=tuple(dict.fromkeys(s for one in reversed(every) for s in one.raw.sources)),
        extends=tuple(raw.extends),
        on_unknown=unknown,
        rules=rules,
        overrides=tuple(
            settled_override(entry, ("overrides", at), one.file, known)
            for one in every
            for at, entry in enumerate(one.raw.overrides)
        ),
        waivers=tuple(w for one in every for w in _waivers(one, words, known)),
        tests=tuple(
            settled_trial(t, ("tests", at), file, words, known) for at, t in enumerate(raw.tests)
        ),
        words=words,
    )


def read_waivers(path: Path, policy: Policy) -> tuple[Waiver, ...]:
    """Return the waivers of a file, for the rules of `policy`.

    Raises:
        UsageError: there is no such file.
        DataInvalid: it is wrong: file, line, field, what.
    """
    return tuple(_waivers_in(path, policy.words, frozenset(r.id for r in policy.rules)))


def _waivers_in(path: Path, words: Vocabulary, rules: frozenset[str]) -> Iterator[Waiver]:
    from openaudit.policy.schema import WaiverFile  # noqa: PLC0415  # imports pydantic

    if not path.is_file():
        raise UsageError(f"{path}: there is no such waiver file")
    file = PolicyFile(path)
    for at, entry in enumerate(file.valid(WaiverFile).waivers):
        yield settled_waiver(entry, ("waivers", at), file, words, rules)


def _waivers(one: _Loaded, words: Vocabulary, rules: frozenset[str]) -> Iterator[Waiver]:
    listed = one.raw.waivers
    if isinstance(listed, str):
        yield from _waivers_in(one.file.path.parent / listed, words, rules)
        return
    for at, entry in enumerate(listed):
        yield settled_waiver(entry, ("waivers", at), one.file, words, rules)


def _load(file: PolicyFile, above: tuple[PolicyFile, ...]) -> _Loaded:
    from openaudit.policy import schema  # noqa: PLC0415  # imports pydantic

    raw = file.valid(schema.PolicyFile)
    bases = []
    for at, name in enumerate(raw.extends):
        try:
            base = policy_file(name, file.path.parent)
        except UsageError as error:
            file.refuse(("extends", at), str(error))
        line = (*above, file)
        if len(line) > _DEEPEST or any(base.path.samefile(f.path) for f in line):
            file.refuse(("extends", at), f"{name} builds on this policy itself")
        bases.append(_load(base, line))
    drafts: dict[str, Draft] = {}
    for inherited in bases:
        drafts |= inherited.drafts
    return _Loaded(file, raw, tuple(bases), _changed(drafts, raw, file))


def _changed(
    inherited: Mapping[str, Draft], raw: "schema.PolicyFile", file: PolicyFile
) -> dict[str, Draft]:
    """Return the rules with those of `raw`: new ones, others instead, or inherited ones changed."""
    drafts = dict(inherited)
    seen: set[str] = set()
    for at, entry in enumerate(raw.rules):
        place = ("rules", at)
        if entry.id in seen:
            file.refuse((*place, "id"), f"{entry.id} is a rule of this file already")
        seen.add(entry.id)
        judges = {"deny", "allow"} & entry.model_fields_set
        if len(judges) > 1:
            file.refuse(place, "says both deny and allow; make two rules of it")
        if judges and not entry.skip:
            drafts[entry.id] = Draft(entry, file, place)
        elif entry.id not in inherited:
            hint = meant(entry.id, inherited) if inherited else ""
            file.refuse(place, f"{entry.id} says neither deny nor allow, nor is inherited{hint}")
        elif entry.skip:
            del drafts[entry.id]
        else:
            drafts[entry.id] = drafts[entry.id].changed(entry)
    return drafts
