"""The words a policy may use: ids and values from the knowledge, to check it and to suggest.

It also keeps the little of the knowledge that judging needs: a policy is complete by itself.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from openaudit.data import HEADLINE, Knowledge, frameworks
from openaudit.model.clause import ClauseKind, Severity
from openaudit.model.frozen import frozen
from openaudit.model.profile import LicenseProfile

_OFTEN: Final = frozenset({"currency"})
"""Parameters that come with the type of another one, and so stand in no rule."""


@frozen
class Ladder:
    """The grades of one dimension, the most open first, with their scores."""

    scores: Mapping[str, int | None]

    def at_least(self, grade: str) -> tuple[str, ...]:
        """Return the grades that a release can still have of which `grade` is proven."""
        names = list(self.scores)
        return tuple(names[: names.index(grade) + 1]) if grade in self.scores else ()


@frozen
class Vocabulary:
    """Ids by kind. `facts` has the values a fact may have, None where any is possible.

    `read` are the licenses all of whose clauses are known; `own` are clauses of the user's rules,
    of which no profile says whether a license has them.
    """

    clauses: Mapping[str, frozenset[str]]
    licenses: Mapping[str, LicenseProfile]
    facts: Mapping[str, tuple[str, ...] | None]
    findings: frozenset[str]
    dimensions: Mapping[str, Ladder]
    frameworks: Mapping[str, tuple[str, ...]]
    requirements: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    read: frozenset[str]
    own: frozenset[str]
    date: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels of the framework behind the headline."""
        return self.frameworks.get(HEADLINE, ())

    def lists(self, license_id: str) -> bool:
        """Say whether a license without a profile is one: on the SPDX list, or a reference."""
        from openaudit.data import spdx_list  # noqa: PLC0415  # few licenses have no profile

        return license_id.startswith("LicenseRef-") or license_id in spdx_list()

    def approved(self, license_id: str) -> bool | None:
        """Return whether the OSI approved a license; None where nobody says."""
        if license_id in self.licenses:
            return self.licenses[license_id].osi
        from openaudit.data import spdx_list  # noqa: PLC0415  # few licenses have no profile

        listed = spdx_list().get(license_id)
        return True if listed and listed.osi else None


def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """Return the words of `knowledge`, and of the frameworks that a policy can ask for."""
    judged_by = {**frameworks(), **knowledge.frameworks}
    return Vocabulary(
        clauses=_parameters(knowledge),
        licenses=knowledge.licenses,
        facts={k: _values(v.get("values")) for k, v in knowledge.facts.items()},
        findings=frozenset(knowledge.findings),
        dimensions={
            k: Ladder({g["grade"]: g["score"] for g in v["grades"]})
            for k, v in knowledge.dimensions["dimensions"].items()
        },
        frameworks={k: tuple(t["label"] for t in f.get("tiers", ())) for k, f in judged_by.items()},
        requirements={k: tuple(f.get("requirements", ())) for k, f in judged_by.items()},
        titles={k: v["title"] for k, v in knowledge.facts.items()}
        | {k: r.title for k, r in knowledge.clauses.items()}
        | {k: r.title for k, r in knowledge.findings.items()},
        read=frozenset(k for k, p in knowledge.licenses.items() if p.verified is not None),
        own=knowledge.own,
        date=knowledge.date,
    )


def _values(listed: list[str] | None) -> tuple[str, ...] | None:
    return tuple(listed) if listed else None


def _parameters(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Return the parameters that clauses of each rule can have, by rule or by profile."""
    found: dict[str, set[str]] = {}
    for rule in knowledge.clauses.values():
        found[rule.id] = {*rule.captures, *_OFTEN}
        for alternative in rule.match:
            found[rule.id].update(alternative.set or {})
        if rule.categories:
            found[rule.id].add("prohibits")
    for profile in knowledge.licenses.values():
        for clause in profile.clauses:
            found.setdefault(clause.id, set()).update(clause.params)
    return {k: frozenset(v) for k, v in found.items()}


def meant(word: str, known: Iterable[str], *, listed: int = 12) -> str:
    """Return a hint at the nearest known word, or at all of them where they are few."""
    folded = {k.casefold(): k for k in sorted(known)}
    near = get_close_matches(word.casefold(), folded, n=1)
    if near:
        return f"; did you mean {folded[near[0]]}?"
    return f"; there are {', '.join(sorted(known))}" if len(folded) <= listed else ""


SEVERITIES: Final = tuple(s.value for s in Severity)
KINDS: Final = tuple(k.value for k in ClauseKind)
