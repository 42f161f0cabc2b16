"""What a lone text is and says: the result of `openaudit license`."""

from collections.abc import Mapping

from openaudit.model.clause import Clause
from openaudit.model.frozen import frozen
from openaudit.model.license import Identification, Loss
from openaudit.model.mention import Mention


@frozen
class LicenseName:
    """A license as a report names it."""

    id: str
    name: str
    expression: str


@frozen
class TextReport:
    """One text, read. `names` has every license found in it, and the nearest where none is.

    `losses` are the removed places of the main license with what stood there. `lost` are further
    clauses that a person found in its standard text and no rule found in this one, nobody knows
    where. `named` is the license asked for by name, where no text was given at all.
    `editions` are the other licenses that go by the name asked for.
    `mentions` are the licenses that the prose around the texts names.
    """

    file: str
    text: str
    identification: Identification
    names: Mapping[str, LicenseName]
    clauses: tuple[Clause, ...]
    losses: tuple[Loss, ...] = ()
    lost: tuple[Clause, ...] = ()
    named: LicenseName | None = None
    caution: str = ""
    mentions: tuple[Mention, ...] = ()
    editions: tuple[str, ...] = ()
