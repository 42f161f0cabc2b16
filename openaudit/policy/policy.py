"""A policy, read and checked: rules, whom they spare, and what becomes of what is not known."""

from collections.abc import Mapping
from enum import StrEnum

from openaudit.model.clause import Param, Severity
from openaudit.model.frozen import frozen
from openaudit.model.release import Gate, Plain
from openaudit.policy.condition import Condition, leaves
from openaudit.policy.vocabulary import Vocabulary


class OnUnknown(StrEnum):
    """What becomes of a rule that cannot be decided: broken, no verdict, a note, or nothing."""

    FAIL = "fail"
    INCOMPLETE = "incomplete"
    WARN = "warn"
    PASS = "pass"  # noqa: S105  # not a password


@frozen
class Rule:
    """`condition` must not hold where `denies`, and must hold otherwise.

    `when` None: the rule holds for every release. `message` "" has the report speak for itself.
    """

    id: str
    condition: Condition
    denies: bool
    severity: Severity
    on_unknown: OnUnknown
    message: str = ""
    reason: str = ""
    when: Condition | None = None


@frozen
class Override:
    """What is otherwise for some releases: by reference, or by the files that name them.

    A release that is named in several places is only spared where all of them lie in `paths`.
    """

    references: tuple[str, ...]
    paths: tuple[str, ...]
    skip: frozenset[str]
    severity: Mapping[str, Severity]
    on_unknown: OnUnknown | None
    reason: str


@frozen
class Waiver:
    """A named exception. `rule` or `clause` says what of, the other is "".

    `release` is a glob over references without revision; `revision` None is any. `expires` is the
    last day, an ISO date. `texts` are the sha256 of the texts it was given for, empty for any.
    """

    rule: str
    clause: str
    release: str
    revision: str | None
    reason: str
    owner: str
    expires: str
    texts: tuple[str, ...]


@frozen
class Given:
    """A made-up release: what its card and its license file say, and what is set beside them.

    `license` None: the card names none. A fact of None is not known. `clauses` are pairs of an id
    and parameters.
    """

    license: str | None
    text: str | None
    card: str
    base_model: str | None
    gate: Gate
    facts: Mapping[str, Plain]
    clauses: tuple[tuple[str, Mapping[str, Param]], ...]


@frozen
class Trial:
    """A test inside a policy: a release of the catalog, or one made up; `place` is in its file.

    `violates` are the rules that must be broken, and no other; None asks for the outcome alone.
    """

    name: str
    place: str
    release: str | None
    given: Given | None
    expect: str
    violates: tuple[str, ...] | None
    today: str | None


@frozen
class Policy:
    """A whole policy; `name` is its id, `source` where it was read. Rules keep their order."""

    name: str
    source: str
    title: str
    meaning: str
    sources: tuple[str, ...]
    extends: tuple[str, ...]
    on_unknown: OnUnknown
    rules: tuple[Rule, ...]
    overrides: tuple[Override, ...]
    waivers: tuple[Waiver, ...]
    tests: tuple[Trial, ...]
    words: Vocabulary

    @property
    def frameworks(self) -> frozenset[str]:
        """Return the frameworks that a rule asks about, by which a release has to be judged."""
        conditions = [c for r in self.rules for c in (r.condition, r.when) if c is not None]
        asked = (leaf for c in conditions for leaf in leaves(c) if leaf.subject == "framework")
        return frozenset(i for leaf in asked for i in leaf.ids())
