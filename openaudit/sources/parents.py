"""Get the releases that others were made from: several at once, none of them fatal.

A parent that cannot be had is an answer of its own, and never ends the audit of its child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Final

from openaudit.errors import (
    HubUnreachable,
    OpenauditError,
    ReferenceInvalid,
    ReleaseNotFound,
    ReleaseUnavailable,
)
from openaudit.model.lineage import Absent, Answer, Ask, NodeState
from openaudit.model.record import Record
from openaudit.model.reference import Scheme, parse
from openaudit.model.release import Origin, Release
from openaudit.sources.obtain import Route, named

_AT_ONCE: Final = 8
PATIENCE: Final = 60.0
"""Seconds for the parents of one level, however many they are and however slow their hub."""

_MESSAGE: Final = 160
_USUAL: Final = frozenset({Scheme.HUGGINGFACE})


def parents(
    records: Sequence[Record],
    route: Route,
    given: Sequence[Release] = (),
    *,
    patience: float = PATIENCE,
) -> Ask:
    """Return a way to ask for releases along `route`, each once however often it is asked for.

    Bundles among `given`, which the user named beside each other, are not asked for again.

    A hub that the user named stands for the kind of hub that `given` are of. A parent on another
    kind is not followed then: its questions, and the token for it, are not for that hub.
    """
    bundles = {_name(str(replace(r.reference, revision=None))): r for r in given if _kept(r)}
    kept: dict[str, Answer] = {}
    # That the catalog answers for a dead hub is said once, of the release the user named.
    quiet = replace(route, warn=route.say)
    kinds = {r.reference.scheme for r in given if r.reference.scheme is not Scheme.PATH}
    asked = _Asked(records, quiet, frozenset(kinds) or _USUAL)

    def ask(names: Sequence[str]) -> Mapping[str, Answer]:
        kept.update({n: bundles[_name(n)] for n in names if _name(n) in bundles})
        fresh = [n for n in names if n not in kept]
        kept.update(_all(fresh, asked, patience))
        return {n: kept[n] for n in names}

    return ask


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked: `kinds` are the hubs that one the user named stands for."""

    records: Sequence[Record]
    route: Route
    kinds: frozenset[Scheme]

    def elsewhere(self, scheme: Scheme) -> bool:
        return self.route.named is not None and scheme not in (*self.kinds, Scheme.CATALOG)


def _kept(release: Release) -> bool:
    return release.origin is Origin.BUNDLE


def _name(text: str) -> str:
    return text.removeprefix("hf:").casefold()


def _all(names: Sequence[str], asked: _Asked, patience: float) -> dict[str, Answer]:
    """Return the answers, asked for by a few threads; late ones count as out of reach.

    The threads are daemons: an interrupt ends the run at once, not after the slowest hub.
    """
    if len(names) < 2:  # noqa: PLR2004  # one needs no thread
        return {n: _one(n, asked) for n in names}
    work: SimpleQueue[str] = SimpleQueue()
    done: SimpleQueue[tuple[str, Answer | BaseException]] = SimpleQueue()
    for name in names:
        work.put(name)
    for _ in range(min(_AT_ONCE, len(names))):
        Thread(target=_work, args=(work, done, asked), daemon=True).start()
    late = Absent(NodeState.UNREACHABLE, f"no answer within {patience:g} seconds")
    found: dict[str, Answer] = dict.fromkeys(names, late)
    end = monotonic() + patience
    for _ in names:
        try:
            name, answer = done.get(timeout=max(end - monotonic(), 0))
        except Empty:
            break
        if isinstance(answer, BaseException):
            raise answer
        found[name] = answer
    return found


def _work(
    work: "SimpleQueue[str]",
    done: "SimpleQueue[tuple[str, Answer | BaseException]]",
    asked: _Asked,
) -> None:
    while True:
        try:
            name = work.get_nowait()
        except Empty:
            return
        try:
            done.put((name, _one(name, asked)))
        except BaseException as error:  # noqa: BLE001  # raised again where the answers are read
            done.put((name, error))


def _one(name: str, asked: _Asked) -> Answer:
    try:
        reference = parse(name)
        if reference.scheme is Scheme.PATH:
            return Absent(NodeState.NOT_FOLLOWED, "a path on somebody's disk")
        if asked.elsewhere(reference.scheme):
            return Absent(NodeState.NOT_FOLLOWED, "on another hub than the one that was named")
        return named(reference, asked.records, asked.route)
    except OpenauditError as error:
        return _absent(error, asked.route)


def _absent(error: OpenauditError, route: Route) -> Absent:
    """Return what an error says of a parent: gone, closed, out of reach, or no release at all."""
    match error:
        case ReferenceInvalid():
            return Absent(NodeState.NOT_FOLLOWED, "no id of a hub")
        case ReleaseNotFound() if route.offline:
            return Absent(NodeState.NOT_FOLLOWED, "neither in the cache nor in the catalog")
        case ReleaseNotFound():
            return Absent(NodeState.MISSING, _brief(error))
        case ReleaseUnavailable():
            return Absent(NodeState.GATED, _brief(error))
        case HubUnreachable():
            return Absent(NodeState.UNREACHABLE, _brief(error))
        case _:
            return Absent(NodeState.NOT_FOLLOWED, _brief(error))


def _brief(error: OpenauditError) -> str:
    return " ".join(str(error).split())[:_MESSAGE]
