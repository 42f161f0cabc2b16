"""The license texts that a release holds: in license files, gate prompts and cards."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from openaudit.licenses.names import Profiles, Tags
from openaudit.licenses.texts import Text
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.license import FoundLicense, Identification, Match

if TYPE_CHECKING:
    from openaudit.licenses.pointer import Pointer

_MOSTLY_THERE: Final = 0.1
"""Words of a license that may be missing in a card, as a share of those that are there."""


def texts_of_files(
    documents: Sequence[Document],
    profiles: Profiles,
    tags: Tags,
    identified: Mapping[str, Identification],
) -> tuple[list[Text], "list[Pointer]"]:
    """Return the license texts of the release, and the license files that only point.

    A gate prompt counts as a text where it is one word for word; a use policy never.
    """
    if not documents:
        return [], []
    from openaudit.licenses.pointer import read_pointer  # noqa: PLC0415  # no text, no reading

    texts: list[Text] = []
    pointers: list[Pointer] = []
    for document in documents:
        if document.role not in (Role.LICENSE, Role.GATE):
            continue
        found = identified.get(document.name, Identification()).found
        exact = [f for f in found if f.match is Match.EXACT]
        own = [f for f in found if document.role is Role.LICENSE and f.match is Match.NEAR]
        held = [Text(document, (f.id, *f.also), start=f.start) for f in exact] or [
            Text(document, (), f, f.start) for f in _leading(own)
        ]
        texts += [t for t in held if not is_policy(t, profiles)]
        if document.role is Role.LICENSE and not held and document.text.strip():
            pointer = read_pointer(document, profiles, tags)
            if pointer is None:
                texts.append(Text(document, ()))
            else:
                pointers.append(pointer)
    return texts, pointers


def _leading(near: Sequence[FoundLicense]) -> Sequence[FoundLicense]:
    """Return the changed license that a file is told to be near to, if there is one.

    That is the largest; of different ones the first, as the licenses of bundled parts follow.
    """
    several = Identification(tuple(near)).several
    return sorted(near, key=lambda f: f.start if several else f.start - f.end)[:1]


def texts_of_cards(
    documents: Sequence[Document],
    profiles: Profiles,
    identified: Mapping[str, Identification],
    artifact: str,
) -> tuple[list[Text], list[tuple[Text, Quote]]]:
    """Return the license texts of cards, and apart those of something else, with what says so.

    A changed text counts where nearly all of it is there: a list out of a license is no license.
    """
    texts: list[Text] = []
    quoted: list[tuple[Text, Quote]] = []
    for document in documents:
        if document.role is not Role.CARD:
            continue
        for found in identified.get(document.name, Identification()).found:
            exact = found.match is Match.EXACT
            ids = (found.id, *found.also) if exact else ()
            text = Text(document, ids, None if exact else found, found.start)
            if is_policy(text, profiles) or not (exact or _is_nearly_whole(found, document)):
                continue
            from openaudit.licenses.quoted import about_something_else  # noqa: PLC0415  # rare

            above = about_something_else(document, found.start, artifact)
            if above is None:
                texts.append(text)
            else:
                quoted.append((text, above))
    return texts, quoted


def _is_nearly_whole(found: FoundLicense, document: Document) -> bool:
    held = len(document.text[found.start : found.end].split())
    return sum(r.words for r in found.removed) <= _MOSTLY_THERE * held


def ids_of(text: Text) -> tuple[str, ...]:
    """Return the licenses that a text is, or is a changed version of."""
    return text.ids or ((text.near.id, *text.near.also) if text.near else ())


def is_policy(text: Text, profiles: Profiles) -> bool:
    """Say whether a text is a known use policy, which grants nothing."""
    return any(i in profiles and profiles[i].kind == "policy" for i in ids_of(text))
