"""License files that hold no license but say where it stands, or only name it.

Such a file is read as a name, and only if nothing is left once the address or the name is taken
out but words that point. `MIT, but not for companies: https://…` is no pointer.
"""

import re
from typing import Final

from openaudit.licenses.names import NOTHING, Named, Profiles, Tags, resolve
from openaudit.licenses.normalize import words
from openaudit.model.document import Document
from openaudit.model.evidence import Evidence
from openaudit.model.frozen import frozen

_MOST_WORDS: Final = 60
_URL = re.compile(r"https?://[^\s<>()\[\]\"']+[^\s<>()\[\]\"'.,;:]")
_PATH = re.compile(r"\.{0,2}/?(?:[\w.-]+/)*LICEN[CS]E[\w.-]*", re.IGNORECASE)
_POINTING: Final = frozenset(
    """
    a agreement and applicable are at available be below by can complete conditions copy
    details find follow following for found full governed here in is it its license licensed
    licenses link located model models more of on our out please read refer released s same
    see terms text the their this to under visit weights which
    """.split()  # noqa: SIM905  # a list of words reads better so
)


@frozen
class Pointer:
    """A file that points elsewhere. `target` is what it says, `named` what that is known as."""

    document: Document
    target: str
    named: Named
    evidence: Evidence


def read_pointer(document: Document, profiles: Profiles, tags: Tags) -> Pointer | None:
    """Return where `document` points, or None where it is a text of its own."""
    text = document.text.strip()
    if not text or len(words(text)) > _MOST_WORDS:
        return None
    start = document.text.index(text)
    if (named := resolve(text, profiles, tags)) != NOTHING or _PATH.fullmatch(text):
        return Pointer(document, text, named, document.quote(start, start + len(text)))
    urls = list(_URL.finditer(document.text))
    if not urls or not _POINTING.issuperset(words(_URL.sub(" ", document.text))):
        return None
    names = [resolve(url[0], profiles, tags) for url in urls]
    agreed = names[0] if all(n == names[0] for n in names) else NOTHING
    return Pointer(document, urls[0][0], agreed, document.quote(*urls[0].span()))
