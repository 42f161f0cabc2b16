"""What a text says without words: nothing of it changes a digest, so it is looked for apart.

The same passes as in `normalize` are run, and each piece of markup is looked at as it stands when
its pass drops it, so that what is only markup after another pass (an entity, a tag within a link)
is seen as well.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from openaudit.licenses.card import paragraph, section
from openaudit.licenses.markup import speaks
from openaudit.licenses.normalize import ANCHOR, COMPATIBLE, ENTITY, INVISIBLE, LINK, TAG, passes
from openaudit.licenses.signs import invisible, may_have_signs, signs
from openaudit.licenses.spans import Edits, Span, apply, back
from openaudit.model.license import Cause, FoundLicense, Match

_MARKUP: Final = frozenset({ANCHOR, LINK, TAG})


def heeded(
    found: Sequence[FoundLicense], text: str, *, card: bool = False
) -> tuple[FoundLicense, ...]:
    """Return the licenses of `text` with what is said without words among what was added.

    Such a passage belongs to the license before it, in a `card` only within the same section.
    """
    spans = unspoken(text) if found else ()
    own: list[list[Span]] = [[] for _ in found]
    for span in spans:
        at = max((n for n, f in enumerate(found) if f.start <= span[0]), default=0)
        if not card or _is_about(found[at], span, text):
            own[at].append(span)
    if not any(own):
        return tuple(found)
    return tuple(_with(f, own[n], card=card) for n, f in enumerate(found))


def _is_about(found: FoundLicense, span: Span, text: str) -> bool:
    apart = section(text, found.start, found.end)
    first, last = (apart[0][1], apart[1]) if apart else paragraph(text, found.start, found.end)
    return first <= span[0] < last


def _with(found: FoundLicense, spans: Sequence[Span], *, card: bool) -> FoundLicense:
    if not spans:
        return (
            found if card or found.cause else replace(found, match=Match.NEAR, cause=Cause.BESIDE)
        )
    added = _joined(sorted([*found.added, *spans]))
    cause = Cause.WORDS if found.cause is Cause.WORDS else Cause.SIGNS
    return replace(found, match=Match.NEAR, added=added, cause=cause)


def unspoken(text: str) -> tuple[Span, ...]:
    """Return the passages that say or hide something and hold no word that counts, in order."""
    marked = _may_be_marked(text)
    if not marked and not may_have_signs(text):
        return ()
    found = list(invisible(text))
    moved: list[Edits] = []
    for each in passes(text) if marked else ():
        if each is COMPATIBLE:
            break  # it would make spaces of the signs
        if each.pattern in _MARKUP:
            spoken = (m.span() for m in each.pattern.finditer(text) if speaks(m))
            found += [back(moved, *span) for span in spoken]
        text, edits = apply(each, text)
        if edits:
            moved.append(edits)
    found += [back(moved, *span) for span in signs(text)]
    return _joined(sorted(found))


def _may_be_marked(text: str) -> bool:
    """Say, fast, whether any markup can be there once entities and what is invisible are gone."""
    if "](" in text or ("&" in text and ENTITY.search(text)):
        return True
    return "<" in text and bool(TAG.search(text) or any(h in text for h in INVISIBLE.hints))


def _joined(found: list[Span]) -> tuple[Span, ...]:
    """Return the passages, those that touch or overlap as one."""
    joined: list[Span] = []
    for span in found:
        last = joined[-1] if joined else None
        if last is not None and span[0] <= last[1]:
            joined[-1] = (last[0], max(span[1], last[1]))
        else:
            joined.append(span)
    return tuple(joined)
