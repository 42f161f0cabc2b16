"""Which clauses bind where a release holds more than one license text."""

from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.sources import local
from tests.known_texts import CORPUS

RULED = "----\n\n"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the license texts are not here")
@pytest.mark.parametrize("order", [("MIT", "cc-by-nc-4.0"), ("cc-by-nc-4.0", "MIT")])
def test_a_second_license_in_the_file_binds_though_the_tag_names_the_first(
    order: tuple[str, str], tmp_path: Path
) -> None:
    texts = [(CORPUS / f"{name}.txt").read_text(encoding="utf-8") for name in order]
    (tmp_path / "LICENSE").write_text(f"\n\n{RULED}".join(texts), encoding="utf-8")
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# Tiny\n", encoding="utf-8")

    report = audit_release(local.read(tmp_path), knowledge())

    assert report.licenses[0].concluded.id == "MIT"
    assert "non-commercial" in {c.id for c in report.clauses}
    assert {f.id: f.value for f in report.facts}["usage.commercial"] == "forbidden"
