"""Read `rules/uses.yaml`: what each kind of clause says to each use."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any, TypeAlias

from openaudit.model.clause import Clause, Param
from openaudit.model.frozen import frozen
from openaudit.model.rule import ClauseRule
from openaudit.model.usage import Use

Values: TypeAlias = "frozenset[Param | None]"


class Effect(StrEnum):
    """What a clause does to a use; the last three are compared with the profile first."""

    FORBIDS = "forbids"
    ASKS = "asks"
    HOLDS = "holds"
    UNCLEAR = "unclear"
    USERS = "users"
    REVENUE = "revenue"
    REGIONS = "regions"


@frozen
class Case:
    """What a clause says where its parameters, and the uses of the profile, are these.

    `along` are clause ids of which one at least has to stand in the same license.
    """

    effect: Effect
    params: Mapping[str, Values] = field(default_factory=dict)
    includes: Mapping[str, Values] = field(default_factory=dict)
    beside: frozenset[Use] = frozenset()
    along: frozenset[str] = frozenset()
    text: str = "{message}"
    lifts: str = ""

    def fits(self, clause: Clause, uses: frozenset[Use], ids: frozenset[str]) -> bool:
        """Say whether this case is about `clause`, for a user who does `uses`."""
        return (
            self.beside <= uses
            and (not self.along or bool(self.along & ids))
            and all(_values(clause, k) <= v for k, v in self.params.items())
            and all(_values(clause, k) & v for k, v in self.includes.items())
        )


def _values(clause: Clause, name: str) -> Values:
    value = clause.params.get(name)
    return frozenset(value) if isinstance(value, tuple) else frozenset({value})


@frozen
class Question:
    """One use: what is asked, and what clauses say to it, the ones of every use among them."""

    use: Use
    asks: str
    implied_by: frozenset[str]
    clauses: Mapping[str, tuple[Case, ...]]

    def case(self, clause: Clause, uses: frozenset[Use], ids: frozenset[str]) -> Case | None:
        """Return the first case that fits; None: it has no say. `ids` are of its license."""
        cases = self.clauses.get(clause.id, ())
        return next((c for c in cases if c.fits(clause, uses, ids)), None)


@frozen
class Duty:
    """When a clause asks for an act: `by` a use, or `perhaps`, said after `when`."""

    by: frozenset[Use]
    perhaps: frozenset[Use]
    when: str


@frozen
class Branding:
    """Caps whose passing asks for a credit, and the id of the duty to show it."""

    effect: str
    caps: Mapping[str, Effect]
    duty: str


@frozen
class UseRules:
    """The whole table. `words` are those of thresholds, `unions` the members of EU and EEA.

    `unfounded` are terms of a base by which a release that lost them may not exist.
    """

    questions: tuple[Question, ...]
    duties: Mapping[str, Duty]
    branding: Branding
    unfounded: frozenset[str]
    words: Mapping[str, str]
    multimodal: frozenset[str]
    unions: Mapping[str, frozenset[str]]
    clauses: Mapping[str, ClauseRule]

    def speaks_of(self, clause: str) -> bool:
        """Say whether the table has a word on clauses of this id; not of a user's own rule."""
        return clause in self.duties or any(clause in q.clauses for q in self.questions)


def use_rules(raw: Mapping[str, Any], clauses: Mapping[str, ClauseRule]) -> UseRules:
    """Return the table that the file holds; `clauses` are the rules it speaks of."""
    every = raw["every"]
    questions = tuple(
        Question(
            Use(use),
            one["asks"],
            frozenset(one["implied_by"]),
            {k: _cases(v) for k, v in {**every, **one["clauses"]}.items()},
        )
        for use, one in raw["questions"].items()
    )
    branding = raw["branding"]
    caps = {k: Effect(v) for k, v in branding["caps"].items()}
    return UseRules(
        questions=questions,
        duties={k: _duty(v) for k, v in raw["obligations"].items()},
        branding=Branding(branding["effect"], caps, branding["duty"]),
        unfounded=frozenset(raw["unfounded"]),
        words=raw["words"],
        multimodal=frozenset(raw["multimodal"]),
        unions={k: frozenset(v) for k, v in raw["unions"].items()},
        clauses=clauses,
    )


def _cases(raw: Any) -> tuple[Case, ...]:
    return tuple(map(_case, raw if isinstance(raw, list) else [raw]))


def _case(raw: Mapping[str, Any]) -> Case:
    return Case(
        effect=Effect(raw["effect"]),
        params={k: frozenset(v) for k, v in raw.get("params", {}).items()},
        includes={k: frozenset(v) for k, v in raw.get("includes", {}).items()},
        beside=frozenset(map(Use, raw.get("with", ()))),
        along=frozenset(raw.get("along", ())),
        text=raw.get("text", "{message}"),
        lifts=raw.get("lifts", ""),
    )


def _duty(raw: Mapping[str, Any]) -> Duty:
    by, perhaps = (frozenset(map(Use, raw.get(k, ()))) for k in ("by", "perhaps"))
    return Duty(by, perhaps, raw.get("when", ""))
