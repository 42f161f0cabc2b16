import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from openaudit.model.frozen import frozen


@frozen
class Point:
    """A value with a default, and one that each instance has for itself."""

    x: int
    label: str = "here"
    seen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plain:
    x: int
    label: str = "here"


@frozen
class Same:
    x: int
    label: str = "here"


def test_it_is_made_and_shown_as_a_dataclass_is() -> None:
    assert repr(Same(1, label="there")) == repr(Plain(1, label="there")).replace("Plain", "Same")
    assert [f.name for f in fields(Same)] == [f.name for f in fields(Plain)]
    assert asdict(Same(1)) == asdict(Plain(1))
    assert Same.__match_args__ == Plain.__match_args__
    assert hash(Same(1)) == hash(Plain(1))


def test_values_are_equal_by_their_fields_and_their_type() -> None:
    assert Point(1) == Point(1)
    assert Point(1) != Point(2)
    assert Same(1) != Plain(1)  # type: ignore[comparison-overlap]  # what the test is about
    assert len({Same(1), Same(1), Same(2)}) == 2


def test_a_factory_makes_a_value_for_each() -> None:
    first, second = Point(1), Point(1)

    first.seen["a"] = 1

    assert second.seen == {}
    assert Point(1, seen={"b": 2}).seen == {"b": 2}


def test_nothing_can_be_set_deleted_or_added() -> None:
    point = Point(1)

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2  # type: ignore[misc]  # what the test is about
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x
    with pytest.raises(FrozenInstanceError):
        point.other = 2  # type: ignore[attr-defined]  # what the test is about
    assert point.x == 1


def test_wrong_arguments_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required .*'x'"):
        Point()  # type: ignore[call-arg]  # what the test is about
    with pytest.raises(TypeError, match="unexpected keyword argument 'y'"):
        Point(1, y=2)  # type: ignore[call-arg]  # what the test is about


def test_it_is_copied_pickled_and_replaced() -> None:
    point = Point(1, "there", {"a": 1})

    assert copy.deepcopy(point) == point
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301  # our own bytes
    assert replace(point, x=2) == Point(2, "there", {"a": 1})
