"""What a policy can ask about: the subjects, their attributes, and the values these can have."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from openaudit.model.clause import Basis, Confidence
from openaudit.model.fact import Method
from openaudit.model.frozen import frozen
from openaudit.model.license import Match
from openaudit.model.lineage import NodeState
from openaudit.model.release import Gate, Origin
from openaudit.model.usage import Use
from openaudit.policy.vocabulary import KINDS, SEVERITIES, Vocabulary

ANY: Final = "any"
NOT_APPLICABLE: Final = "not-applicable"


@frozen
class Subject:
    """Something a condition can speak of.

    `main` is the attribute that a bare value is compared with, by the operator `plain`. `many` says
    that a release can have several, and that the condition holds where one of them is as asked.
    `needs` are attributes without which a condition says nothing.
    """

    name: str
    meaning: str
    main: str
    attributes: Mapping[str, frozenset[str] | None]
    many: bool = False
    needs: tuple[str, ...] = ()
    plain: str = "eq"


_CONFIDENCE: Final = frozenset(c.value for c in Confidence)
_SEVERITY: Final = frozenset(SEVERITIES)

FACT: Final = Subject(
    "fact",
    "a fact of the report, by its id",
    "id",
    {
        "id": None,
        "value": None,
        "confidence": _CONFIDENCE,
        "method": frozenset(m.value for m in Method),
    },
    needs=("id",),
)

_ALL: Final = (
    FACT,
    Subject(
        "clause",
        "a clause that binds, of the release itself or inherited, with its parameters",
        "id",
        {
            "id": None,
            "kind": frozenset(KINDS),
            "severity": _SEVERITY,
            "confidence": _CONFIDENCE,
            "from": frozenset(b.value for b in Basis),
            "inherited": None,
            "base": None,
            "section": None,
        },
        many=True,
    ),
    Subject(
        "license",
        "the licenses that bind: of the release, and of what it was made from where terms flow",
        "id",
        {
            "id": None,
            "expression": None,
            "category": None,
            "osi": None,
            "match": frozenset(m.value for m in Match),
            "known": None,
            "artifact": frozenset(("weights", "code", "data", "card")),
            "inherited": None,
        },
    ),
    Subject("label", "the headline label", "value", {"value": None}),
    Subject(
        "dimension",
        "the grade of a dimension, or its score from 0 to 100",
        "id",
        {"id": None, "grade": None, "score": None},
        needs=("id",),
    ),
    Subject(
        "framework",
        "the verdict of a framework, or whether one of its requirements is met",
        "id",
        {"id": None, "verdict": None, "requirement": None, "met": None},
        needs=("id",),
    ),
    Subject(
        "question",
        "may I: the answer to a use that --use asks for; unclear is not known",
        "id",
        {
            "id": frozenset(u.value for u in Use),
            "answer": frozenset(("yes-if",)),
        },
        needs=("id", "answer"),
    ),
    Subject("finding", "a finding", "id", {"id": None, "severity": _SEVERITY}, many=True),
    Subject(
        "conflict",
        "a term of what it was made from that the release lets go of",
        "clause",
        {"clause": None, "severity": _SEVERITY, "confidence": _CONFIDENCE, "base": None},
        many=True,
    ),
    Subject(
        "base",
        "a release or dataset it was made from",
        "id",
        {
            "id": None,
            "license": None,
            "state": frozenset(s.value for s in NodeState),
            "gated": None,
        },
        many=True,
        plain="matches",
    ),
    Subject(
        "release",
        "the release itself",
        "id",
        {
            "id": None,
            "hub": None,
            "kind": frozenset(("model", "dataset")),
            "source": frozenset(o.value for o in Origin),
            "gate": frozenset(g.value for g in Gate),
            "revision": None,
        },
        plain="matches",
    ),
    Subject(
        "knowledge",
        "what openaudit knows: its age in days on the day of the run, its date",
        "age",
        {"age": None, "date": None},
    ),
)
SUBJECTS: Final = {s.name: s for s in _ALL}


def attributes(subject: Subject, ids: Iterable[str], words: Vocabulary) -> frozenset[str]:
    """Return the attributes of a subject; of clauses with `ids` their parameters, too."""
    known = frozenset(subject.attributes)
    if subject.name != "clause":
        return known
    named = list(ids)
    rules = [words.clauses.get(i, frozenset()) for i in named] or list(words.clauses.values())
    return known.union(*rules)


@frozen
class Domain:
    """The values an attribute can have: `names` can be listed, `also` says which others are."""

    names: frozenset[str]
    also: Callable[[str], bool] | None = None

    def __contains__(self, value: str) -> bool:
        return value in self.names or (self.also is not None and self.also(value))


def domain(subject: Subject, name: str, words: Vocabulary, only: str) -> Domain | None:
    """Return the values an attribute can have; None where any word or number is one.

    `only` is the one id that the condition speaks of, "" where it is not one.
    """
    if (subject.name, name) in (("license", "id"), ("base", "license")):
        return Domain(frozenset(words.licenses), words.lists)
    listed = _LISTED.get((subject.name, name))
    names = listed(words, only) if listed else subject.attributes.get(name)
    return None if names is None else Domain(frozenset(names))


def _values(words: Vocabulary, fact: str) -> Iterable[str] | None:
    values = words.facts.get(fact)
    return (*values, NOT_APPLICABLE) if values else None


def _labels(words: Vocabulary, _: str) -> Iterable[str]:
    return (NOT_APPLICABLE, *words.labels)


def _grades(words: Vocabulary, dimension: str) -> Iterable[str] | None:
    return words.dimensions[dimension].scores if dimension in words.dimensions else None


_LISTED: Final[Mapping[tuple[str, str], Callable[[Vocabulary, str], Iterable[str] | None]]] = {
    ("clause", "id"): lambda words, _: words.clauses,
    ("conflict", "clause"): lambda words, _: words.clauses,
    ("fact", "id"): lambda words, _: words.facts,
    ("fact", "value"): _values,
    ("finding", "id"): lambda words, _: words.findings,
    ("license", "category"): lambda words, _: {p.category for p in words.licenses.values()},
    ("label", "value"): _labels,
    ("dimension", "id"): lambda words, _: words.dimensions,
    ("dimension", "grade"): _grades,
    ("framework", "id"): lambda words, _: words.frameworks,
    ("framework", "verdict"): lambda words, only: words.frameworks.get(only) or None,
    ("framework", "requirement"): lambda words, only: words.requirements.get(only) or None,
}
