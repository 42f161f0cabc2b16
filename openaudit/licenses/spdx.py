"""SPDX license expressions, through license-expression. Import late: it takes 0.1 s to load."""

from functools import cache, lru_cache
from typing import Any

from boolean import ParseError  # type: ignore[import-untyped]  # ships no types
from license_expression import (  # type: ignore[import-untyped]  # ships no types
    ExpressionError,
    get_spdx_licensing,
)


@lru_cache(maxsize=8192)
def normalized(value: str) -> str | None:
    """Return `value` in its canonical form; None where it is no expression of known ids."""
    try:
        parsed = _licensing().parse(value, validate=True, strict=True)
    except (ExpressionError, ParseError, AttributeError, IndexError):  # the last two: `()`
        return None
    return None if parsed is None else str(parsed.render())


@cache
def _licensing() -> Any:
    return get_spdx_licensing()
