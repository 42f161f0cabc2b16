"""The front matter of a model card, each field with the place where it stands."""

from collections.abc import Mapping
from dataclasses import field

from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen
from openaudit.model.release import Plain, SourceNote


@frozen
class Field:
    """One top-level key of the front matter. `value` is plain; strings are as written."""

    value: Plain
    evidence: Evidence

    def strings(self) -> tuple[str, ...]:
        """Return the value as the strings it lists: one, several or none.

        A number is the string it was meant as; `no` and `true` name nothing.
        """
        values = self.value if isinstance(self.value, list) else [self.value]
        said = (v for v in values if isinstance(v, str | int | float) and not isinstance(v, bool))
        return tuple(s for v in said if (s := str(v).strip()))


@frozen
class Card:
    """What the card says before its prose, and the prose. `body` is "" without a README."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    body: str = ""
    notes: tuple[SourceNote, ...] = ()

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the strings of a field, empty where it is absent."""
        found = self.fields.get(key)
        return found.strings() if found else ()
