import shutil
from pathlib import Path

import pytest

from openaudit.errors import DataInvalid
from openaudit.openness.schema import check_openness

ROOT = Path(__file__).parents[2]


def test_the_shipped_openness_rules_are_valid() -> None:
    check_openness(ROOT)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("weights.files: [true]", "weights.fils: [true]", "'weights.fils' is no fact"),
        ("access.gated: [open]", "access.gated: [ajar]", "access.gated is never 'ajar'"),
        ("score: 100", "score: 101", "less than or equal to 100"),
        ("score: 100", "score: 1", "scores must fall"),
        ("headline: true", "headlines: true", "headline"),
        ("{weights.files: [true]}", "{weights.files: true}", "not a condition"),
    ],
)
def test_a_mistake_in_the_dimensions_is_located(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "dimensions.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(DataInvalid, match=r"dimensions\.yaml") as caught:
        check_openness(tmp_path)

    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("needs: [obtainable]", "needs: [attainable]", "which is no requirement"),
        ("names: []", "needs: [obtainable]", "must need nothing"),
        ("id: g7-2026", "id: g8-2026", "the file says 'g7-2026'"),
    ],
)
def test_a_mistake_in_a_framework_is_located(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "frameworks" / "g7-2026.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(DataInvalid, match=r"g7-2026\.yaml") as caught:
        check_openness(tmp_path)

    assert complaint in str(caught.value)
