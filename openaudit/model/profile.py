"""What is known of one license before any text of it is read."""

from collections.abc import Mapping, Sequence

from openaudit.model.clause import Param
from openaudit.model.frozen import frozen


@frozen
class ProfileClause:
    """A clause of the license text, with the section number printed there."""

    id: str
    section: str
    params: Mapping[str, Param]


@frozen
class KnownText:
    """One edition of the text. `sha256` is of the file's bytes, `words` of its folded words."""

    sha256: str
    words: str
    source: str


@frozen
class ListedLicense:
    """A license of the SPDX list. `osi` says that it is approved; `fsf` is None where not said."""

    id: str
    name: str
    osi: bool
    fsf: bool | None
    deprecated: bool


@frozen
class LicenseProfile:
    """One license. `osi` is None where nobody has said; `verified` is when a person last read it.

    `category` is the `usage.class` of the fact list, or `unknown` where the terms were not read:
    then `clauses` is empty, which says nothing. `titles` are the lines above the text proper, such
    as name, version and date, that a copy may carry, leave out or repeat. `editions` are the ids of
    further texts that the same name or tag stands for. `kind` is `license`, or `policy` for
    a use policy that licenses incorporate and that grants nothing by itself.
    """

    id: str
    name: str
    expression: str
    category: str
    verified: str | None
    osi: bool | None
    tags: tuple[str, ...]
    names: tuple[str, ...]
    urls: tuple[str, ...]
    texts: Sequence[KnownText]
    clauses: Sequence[ProfileClause]
    policy_url: str | None = None
    careless: str | None = None
    titles: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    kind: str = "license"
