import shutil
from pathlib import Path

import pytest

from openaudit.errors import DataInvalid
from openaudit.sources.catalog_schema import check_catalog

ROOT = Path(__file__).parents[2]

ONE_RELEASE = """
recorded: 2026-01-02
sources:
  card: {what: "a model card made up for a test", url: "https://example.org/card", date: 2026-01-02}
releases:
  - reference: acme/tiny
    aliases: [tiny]
    facts:
      code.training: {value: none, source: card}
"""


def test_the_shipped_catalog_is_valid() -> None:
    check_catalog(ROOT)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("value: none", "value: some", "code.training: 'some' is none of none, partial, full"),
        ("code.training", "code.trainings", "is no fact"),
        ("source: card", "source: memory", "'memory' is not among the sources"),
        ("reference: acme/tiny", "reference: https://huggingface.co/acme/tiny", "write"),
        ("reference: acme/tiny", "reference: acme/ti/ny", "reference"),
        ("aliases: [tiny]", "alias: [tiny]", "alias"),
        ("recorded: 2026-01-02", "recorded: yesterday", "recorded"),
    ],
)
def test_a_mistake_in_a_record_is_located(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    path = tmp_path / "openaudit" / "catalog" / "acme.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(ONE_RELEASE.replace(old, new), "utf-8")

    with pytest.raises(DataInvalid, match=r"acme\.yaml") as caught:
        check_catalog(tmp_path)

    assert complaint in str(caught.value)


def test_a_name_stands_for_one_release(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    folder = tmp_path / "openaudit" / "catalog"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(ONE_RELEASE, "utf-8")
    (folder / "b.yaml").write_text(ONE_RELEASE.replace("acme/tiny", "other/tiny"), "utf-8")

    with pytest.raises(DataInvalid, match=r"'tiny' is taken by a\.yaml"):
        check_catalog(tmp_path)
