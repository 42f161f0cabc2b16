"""What in a card answers a fact: the words of `rules/evidence/`, as values. Read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from openaudit.data import evidence_rules
from openaudit.model.release import Plain


@dataclass(frozen=True, slots=True)
class Signal:
    """One way in which a card answers a fact. All that is given must hold of one sentence.

    `says` are patterns over folded text, the first the rarest; `under` is one over the headings
    above; `link` one over an address; `unless` must not occur. With no `says` and no `link` the
    first sentence of at least `words` words answers. `value` None takes what the group `value`
    of the first pattern holds, everywhere it stands. `near` are patterns over the text around the
    sentence, `outside` headings under which it does not count. `more` are values that stay
    possible, since a card need not say all there is.
    """

    value: Plain
    says: tuple[str, ...] = ()
    under: str | None = None
    outside: str | None = None
    link: str | None = None
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    where: tuple[str, ...] = ("prose", "row")
    words: int = 6
    inferred: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataWords:
    """How training data is spoken of; `rules/evidence/data.yaml` says what each list is for."""

    training: Sequence[Signal] = ()
    partial: tuple[str, ...] = ()
    examples: str = ""
    hosts: str = ""
    posttrain: str = ""
    linked: str = ""
    named: str = ""
    unnamed: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComputeWords:
    """How a card counts operations, parameters and tokens; the groups are `number` and `unit`.

    `sparse` is how it says that not all parameters are used for each token.
    """

    stated: str = ""
    parameters: str = ""
    tokens: str = ""
    sparse: str = ""
    units: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardRules:
    """How cards are read. `signals` are by fact id, in order: the first that holds answers.

    `empty` are patterns of sentences that say nothing: placeholders and boilerplate of templates.
    `loads` find code that loads the model; their group `value` is the library it does so with.
    `frameworks` maps the name of a software framework to a pattern of how it is written, which does
    not count where `cited` is in the same sentence.
    """

    signals: Mapping[str, Sequence[Signal]] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    frameworks: Mapping[str, str] = field(default_factory=dict)
    cited: str = ""
    loads: Sequence[Signal] = ()
    data: DataWords = field(default_factory=DataWords)
    operations: ComputeWords = field(default_factory=ComputeWords)


@cache
def card_rules() -> CardRules:
    """Return how cards are read."""
    raw = evidence_rules()
    said = raw["data"]
    return CardRules(
        signals={i: _signals(s) for r in raw.values() for i, s in r["signals"].items()},
        empty=tuple(raw["documentation"]["empty"]),
        frameworks=raw["context"]["frameworks"],
        cited=raw["context"]["cited"],
        loads=_signals(raw["code"]["loads"]),
        data=DataWords(
            training=_signals(said["training"]),
            partial=tuple(said["partial"]),
            examples=said["examples"],
            hosts=said["hosts"],
            posttrain=said["posttrain"],
            linked=said["linked"],
            named=said["named"],
            unnamed=said["unnamed"],
            names=tuple(said["names"]),
        ),
        operations=ComputeWords(**raw["context"]["operations"]),
    )


def _signals(raw: Sequence[Mapping[str, Any]]) -> tuple[Signal, ...]:
    return tuple(map(_signal, raw))


def _signal(raw: Mapping[str, Any]) -> Signal:
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    return Signal(**given)
