"""Write the sentence for a user: a rule's message with the values of a clause filled in.

`{name}` and `{name:,}` stand for a parameter; `{name|otherwise}` has words for when it is not
known; a part in `[[` `]]` goes away when a parameter in it is not known. It never fails.
"""

from collections.abc import Mapping
from typing import Final

from openaudit.model.clause import ClauseKind, Param
from openaudit.model.rule import Alternative, Capture, ClauseRule

_UNKNOWN: Final = "(not stated)"
_LISTED: Final = 7


def sentence(template: str, params: Mapping[str, Param], captures: Mapping[str, Capture]) -> str:
    """Return `template` with `params` filled in; a value that ends in a full stop ends it."""
    parts: list[str] = []
    rest = template
    while rest:
        before, opening, rest = rest.partition("[[")
        parts.append(_filled(before, params, captures)[0])
        if opening:
            optional, _, rest = rest.partition("]]")
            filled, complete = _filled(optional, params, captures)
            parts.append(filled if complete else "")
    text = "".join(parts)
    return text[:-1] if text.endswith("..") else text


def _filled(
    template: str, params: Mapping[str, Param], captures: Mapping[str, Capture]
) -> tuple[str, bool]:
    """Return the text, and whether every parameter in it was known."""
    parts: list[str] = []
    complete = True
    rest = template
    while rest:
        before, opening, rest = rest.partition("{")
        parts.append(before)
        if not opening:
            break
        slot, _, rest = rest.partition("}")
        slot, _, otherwise = slot.partition("|")
        name, _, form = slot.partition(":")
        if name in params:
            parts.append(_worded(params[name], form, captures.get(name)))
        else:
            complete = complete and bool(otherwise)
            parts.append(otherwise or _UNKNOWN)
    return "".join(parts), complete


def _worded(value: Param, form: str, capture: Capture | None) -> str:
    words = (capture.words if capture else None) or {}
    if isinstance(value, tuple):
        items = [words.get(v, v) for v in value]
        if len(items) > _LISTED:
            items = [*items[: _LISTED - 1], f"{len(items) - _LISTED + 1} more"]
        return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
    if isinstance(value, str):
        return words.get(value, value)
    return f"{value:,}" if form == "," else str(value)


def wording(rule: ClauseRule, params: Mapping[str, Param]) -> Alternative | None:
    """Return the alternative of `rule` that has words of its own for clauses with `params`."""
    for alternative in rule.match:
        implied = {k: v for k, v in (alternative.set or {}).items() if k not in rule.captures}
        speaks = implied and (alternative.message or alternative.kind)
        if speaks and all(params.get(k) == v for k, v in implied.items()):
            return alternative
    return None


def told(rule: ClauseRule, params: Mapping[str, Param]) -> tuple[ClauseKind, str]:
    """Return kind and message of a clause of `rule` that has `params`."""
    own = wording(rule, params)
    template = own.message if own and own.message else rule.message
    kind = own.kind if own and own.kind else rule.kind
    return kind, sentence(template, params, rule.captures)
