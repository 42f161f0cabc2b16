"""What a lone text is and says: the result of `openaudit license`."""

from collections.abc import Mapping

from openaudit.model.clause import Clause
from openaudit.model.frozen import frozen
from openaudit.model.license import FoundLicense, Identification, Loss
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

    `several` says that it holds more than one license, use policies aside: none is that of it all.
    `losses` are the removed places with what stood there, of the main license or, of several, of
    each. `lost` are further clauses that a person found in the main standard text and no rule found
    in this one, nobody knows where. `named` is the license asked for by name, where no text was
    given at all.
    `editions` are the other licenses that go by the name asked for.
    `mentions` are the licenses that the prose around the texts names.
    `vouched`: it is word for word one license, and a person has read which clauses that has.
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
    several: bool = False
    vouched: bool = False

    @property
    def changed(self) -> tuple[FoundLicense, ...]:
        """Return the licenses of which the changes are told."""
        main = self.identification.main
        if self.several or main is None:
            return self.identification.found
        return (main,)
