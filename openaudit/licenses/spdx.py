"""The SPDX license list, and expressions of its ids.

The list is read only when a name is in no profile, and license-expression, which takes 0.1 s to
load, only when a name may be an expression.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from openaudit.data import spdx_list
from openaudit.licenses.normalize import fold
from openaudit.model.profile import LicenseProfile


@lru_cache(maxsize=8192)
def normalized(value: str) -> str | None:
    """Return `value` in its canonical form; None where it is no expression of known ids."""
    from boolean import ParseError  # type: ignore[import-untyped]  # noqa: PLC0415  # ships no types
    from license_expression import (  # type: ignore[import-untyped]  # noqa: PLC0415  # ships no types
        ExpressionError,
    )

    try:
        parsed = _licensing().parse(value, validate=True, strict=True)
    except (ExpressionError, ParseError, AttributeError, IndexError):  # the last two: `()`
        return None
    return None if parsed is None else str(parsed.render())


def listed_as(name: str) -> str | None:
    """Return the SPDX id that is called `name`, as an id or in full; None where none or several."""
    return _by_name().get(_folded(name))


def listed_profile(license_id: str | None) -> LicenseProfile | None:
    """Return what the list says of a license: its name, and whether it is OSI-approved.

    Nothing else of it is known here, and a license that is not approved may still be open.
    """
    listed = spdx_list().get(license_id or "")
    if listed is None:
        return None
    return LicenseProfile(
        id=listed.id,
        name=listed.name,
        expression=listed.id,
        category="osi" if listed.osi else "unknown",
        verified=None,
        osi=True if listed.osi else None,
        tags=(),
        names=(),
        urls=(),
        texts=(),
        clauses=(),
    )


@cache
def _by_name() -> Mapping[str, str]:
    """Return the ids by folded id and name. A deprecated id never stands for its successor here."""
    named: dict[str, set[str]] = {}
    for entry in spdx_list().values():
        for name in () if entry.deprecated else (entry.id, entry.name):
            named.setdefault(_folded(name), set()).add(entry.id)
    return {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}


def _folded(name: str) -> str:
    """Return the form in which names are compared; a plus counts, British spelling does not."""
    return fold(name.replace("+", " plus ")).replace("licence", "license")


@cache
def _licensing() -> Any:
    from license_expression import (  # noqa: PLC0415  # see above
        get_spdx_licensing,
    )

    return get_spdx_licensing()
