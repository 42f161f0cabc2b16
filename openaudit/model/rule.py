"""Rules as data: what a clause looks like, and what a finding says.

The YAML in `rules/` is their source; `data` builds these values, `clauses.schema` validates the
files. Patterns stay text here and are compiled when a text is at hand.
"""

from collections.abc import Mapping, Sequence

from openaudit.model.clause import ClauseKind, Severity
from openaudit.model.frozen import frozen


@frozen
class Alternative:
    """One way a clause is written. Patterns see one folded, lower-cased unit of the text.

    `all` must be found in any order, `in_order` one after the other, `none` must be absent;
    `optional` only captures. `set` gives parameters that this wording implies; `kind` and
    `message` stand in for the rule's own.
    """

    all: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    set: Mapping[str, str] | None = None
    message: str | None = None
    kind: ClauseKind | None = None


@frozen
class Capture:
    """How the text of a named group becomes a parameter; the types are in `clauses.values`.

    `values` maps patterns to values, `words` says a value in a message.
    """

    type: str
    meaning: str
    values: Mapping[str, str] | None = None
    words: Mapping[str, str] | None = None


@frozen
class ClauseRule:
    """A clause id of the vocabulary, with every wording it is known by.

    `none` and `optional` hold for each of the alternatives of `match`.
    A rule with `categories` (name to patterns) sorts the listed items it finds into them, and
    gives one clause for the whole text, with the number of items. Where a clause of `yields_to`
    stands in the same text, it takes precedence and this one is not reported. `example` is a
    made-up text that has the clause.
    """

    id: str
    title: str
    kind: ClauseKind
    severity: Severity
    meaning: str
    message: str
    applies_to: tuple[str, ...]
    match: Sequence[Alternative]
    captures: Mapping[str, Capture]
    references: tuple[str, ...]
    none: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    categories: Mapping[str, tuple[str, ...]] | None = None
    yields_to: tuple[str, ...] = ()
    example: str = ""


@frozen
class FindingRule:
    """A finding: its message is a template over the values the finder passes."""

    id: str
    title: str
    severity: Severity
    meaning: str
    message: str
