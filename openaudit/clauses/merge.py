"""Join the hits of one rule that say the same thing in the same place."""

from dataclasses import replace

from openaudit.clauses.hit import Hit


def merged(hits: list[Hit]) -> list[Hit]:
    """Return one hit per section and meaning; the richer one speaks, lists are united.

    Hits of one section stay apart where their kind, their effect or a number of theirs differs.
    """
    kept: dict[tuple[object, ...], Hit] = {}
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        key = next((k for k, other in kept.items() if _same(hit, other)), None)
        if key is None:
            kept[(hit.unit.section, hit.start, len(kept))] = hit
        else:
            kept[key] = _joined(kept[key], hit)
    return list(kept.values())


def _same(one: Hit, other: Hit) -> bool:
    if one.unit.section != other.unit.section or one.alternative.kind != other.alternative.kind:
        return False
    shared = one.params.keys() & other.params.keys()
    return not any(
        one.params[k] != other.params[k]
        for k in shared
        if k == "effect" or isinstance(one.params[k], int | float)
    )


def _joined(one: Hit, other: Hit) -> Hit:
    best, second = (other, one) if len(other.params) > len(one.params) else (one, other)
    params = {**second.params, **best.params}
    for name, value in second.params.items():
        own = best.params.get(name)
        if isinstance(value, tuple) and isinstance(own, tuple):
            params[name] = tuple(dict.fromkeys((*own, *value)))
    return replace(best, params=params)


def listed(hits: list[Hit], categories: dict[int, set[str]]) -> list[Hit]:
    """Return at most one hit: the first item of the list, with `count` and `prohibits`.

    Items that fall into no category count where more than half of their list does.
    """
    items = {hit.index: hit for hit in hits}
    leads = {lead for hit in items.values() for lead in hit.unit.leads}
    leaves = {i: h for i, h in items.items() if (h.unit.start, h.unit.end) not in leads}
    lists: dict[object, list[int]] = {}
    for index, hit in leaves.items():
        lists.setdefault(hit.unit.leads or index, []).append(index)
    counted: list[int] = []
    for members in lists.values():
        inside = [i for i in members if i in categories]
        counted += members if 2 * len(inside) > len(members) else inside
    if not any(i in categories for i in counted):
        return []
    prohibits = tuple(sorted(set().union(*categories.values())))
    first = items[min(i for i in counted if i in categories)]
    return [replace(first, params={"count": len(counted), "prohibits": prohibits, **first.params})]
