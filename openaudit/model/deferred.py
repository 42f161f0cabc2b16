"""Sequences whose items are built when they are first asked for: a run asks for few of many."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item")


class Deferred(Sequence[_Item]):
    """A sequence of the items that `build` returns, which is called once, and maybe never."""

    __slots__ = ("_build", "_items")

    def __init__(self, build: Callable[[], tuple[_Item, ...]]) -> None:
        self._build = build
        self._items: tuple[_Item, ...] | None = None

    @property
    def built(self) -> bool:
        """Say whether the items were asked for."""
        return self._items is not None

    def _all(self) -> tuple[_Item, ...]:
        if self._items is None:
            self._items = self._build()
        return self._items

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[_Item]:
        return iter(self._all())

    @overload
    def __getitem__(self, index: int) -> _Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Item]: ...
    def __getitem__(self, index: int | slice) -> _Item | Sequence[_Item]:
        return self._all()[index]

    def __repr__(self) -> str:
        return repr(self._all())
