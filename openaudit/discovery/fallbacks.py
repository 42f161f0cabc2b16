"""Values that stand in where a variable is not set, in the forms of shells, CI and templates."""

import re
from collections.abc import Iterator
from typing import Final

_FORMS: Final = re.compile(
    r"\$\{\w+:?[-=?]?(?P<shell>[^{}$\s]+)\}"  # ${MODEL:-org/name}, and ${MODEL:org/name} of Spring
    r"|(?:\bdefault\s*\(?\s*|\|\|\s*|\bor\s+)(?P<quote>[\"'])(?P<quoted>[^\"'\n]+)(?P=quote)"
)


def fallbacks(text: str) -> Iterator[tuple[str, int]]:
    """Yield each value a text falls back on, and its offset; nothing for a plain value."""
    if "{" not in text:
        return
    for found in _FORMS.finditer(text):
        group = "shell" if found["shell"] else "quoted"
        yield found[group].removeprefix("-"), found.end(group) - len(found[group].removeprefix("-"))
