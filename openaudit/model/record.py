"""A recorded release: what a person looked up, so that an audit needs no network."""

from collections.abc import Mapping, Sequence

from openaudit.model.frozen import frozen
from openaudit.model.release import Plain, RecordedFact


@frozen
class Record:
    """One entry of the catalog. `metadata` has the keys of `sources.catalog`.

    `reference` is canonical (`org/name`, `gh:org/name`, `catalog:name`); `steward` and `names` are
    set for software frameworks.
    """

    reference: str
    hub: str
    aliases: tuple[str, ...]
    recorded: str
    metadata: Mapping[str, Plain]
    facts: Sequence[RecordedFact]
    steward: str | None = None
    names: tuple[str, ...] = ()
