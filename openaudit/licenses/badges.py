"""License badges: images that say `license | MIT`, with the words in their address."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from openaudit.model.frozen import frozen

_BADGE: Final = re.compile(
    r"""
    (?:<a\s[^<>]{0,300}?href\s*=\s*["'](?P<html_target>[^"'<>\s]{1,500})["'][^<>]{0,300}>\s{0,40}
       <img\s[^<>]{0,300}?src\s*=\s*["'](?P<html_image>https://[^"'<>\s]{1,500})["'])
    |(?:!\[[^\[\]]{0,200}\]\((?P<image>https://[^()\s]{1,500})\)
       (?:\]\((?P<target>[^()\s]{1,500})\))?)
    |(?:<img\s[^<>]{0,300}?src\s*=\s*["'](?P<lone_image>https://[^"'<>\s]{1,500})["'])
    """,
    re.VERBOSE | re.IGNORECASE,
)
# `badge/LABEL-MESSAGE-COLOR`, in which `--` is a hyphen and `_` a space, `__` an underscore.
_SHOWN: Final = re.compile(r"shields\.io/badge/(?P<shown>[^?#\s]{3,300})")
_HYPHEN: Final = re.compile(r"(?<!-)-(?!-)")
_PARTS: Final = 3


@frozen
class Badge:
    """An image that says `message` of `label`; `target` is where it leads, or empty."""

    label: str
    message: str
    target: str
    start: int
    end: int


def badges(text: str) -> Iterator[Badge]:
    """Yield the badges of `text`, in order."""
    for found in _BADGE.finditer(text):
        image = found["image"] or found["html_image"] or found["lone_image"]
        shown = _SHOWN.search(image)
        parts = _HYPHEN.split(shown["shown"]) if shown else []
        if len(parts) == _PARTS:
            label, message = (_words(p) for p in parts[:2])
            target = found["target"] or found["html_target"] or ""
            yield Badge(label, message, target, *found.span())


def _words(part: str) -> str:
    return " ".join(unquote(part).replace("--", "-").replace("_", " ").split())
