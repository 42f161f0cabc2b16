"""What the prose of a card says the license of an artifact is, as statements beside its tags."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from openaudit.licenses.names import Profiles, Tags
from openaudit.model.license import Identification, Statement, StatementKind
from openaudit.model.mention import MentionRules, Subject

if TYPE_CHECKING:
    from openaudit.model.document import Document
    from openaudit.model.mention import Claim, Mention

_OF: Final[Mapping[str, frozenset[Subject]]] = {
    "weights": frozenset({Subject.WEIGHTS}),
    "code": frozenset({Subject.CODE, Subject.REPOSITORY}),
    "data": frozenset({Subject.DATA}),
}


def stated_in_prose(  # noqa: PLR0913  # a text, whose it is, and what is known
    document: "Document | None",
    body: str,
    rules: MentionRules,
    profiles: Profiles,
    tags: Tags,
    *,
    release_id: str,
    artifact: str,
    identified: Mapping[str, Identification],
) -> tuple[Statement, ...]:
    """Return each license that `body`, the end of `document`, says `artifact` is under, once.

    Where it speaks of the release as a whole and names several, nobody knows what is under which,
    so only what it says of the artifact by name counts.
    """
    if document is None or not body:
        return ()
    from openaudit.licenses.mentions import find_mentions  # noqa: PLC0415  # no card, no prose

    start = len(document.text) - len(body)
    found = identified.get(document.name, Identification()).found
    apart = [(max(0, f.start - start), f.end - start) for f in found]
    mentions = find_mentions(
        body, rules, profiles, tags, own_name=release_id.rsplit("/", 1)[-1], apart=apart
    )
    by_name = _about(mentions, _OF.get(artifact, frozenset()))
    at_large = _about(mentions, frozenset({Subject.RELEASE}))
    meant = {(m.id, m.expression, m.candidates) for m, _ in at_large}
    said = [*by_name, *(at_large if len(meant) == 1 else ())]
    return tuple(_statements(said, document, start))


def _about(
    mentions: Sequence["Mention"], subjects: frozenset[Subject]
) -> list[tuple["Mention", "Claim"]]:
    return [
        (m, m.claim)
        for m in mentions
        if m.claim is not None and m.claim.own and subjects.intersection(m.claim.subjects)
    ]


def _statements(
    said: Sequence[tuple["Mention", "Claim"]], document: "Document", offset: int
) -> Iterator[Statement]:
    seen: set[tuple[str | None, str | None, tuple[str, ...]]] = set()
    for mention, claim in said:
        key = (mention.id, mention.expression, mention.candidates)
        if key not in seen:
            seen.add(key)
            quote = document.quote(offset + claim.start, offset + claim.end)
            yield Statement(mention.value, StatementKind.PROSE, quote)
