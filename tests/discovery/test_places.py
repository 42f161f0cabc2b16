"""Files in every kind of place, with marks on the references that must be found in them."""

import re
from pathlib import Path

import pytest
import yaml

from openaudit.data import discovery_rules
from openaudit.discovery.search import search
from openaudit.model.sighting import Sighting

_FILES = {
    f"{path.stem}/{name}": text
    for path in sorted(Path(__file__).with_name("places").glob("*.yaml"))
    for name, text in yaml.safe_load(path.read_text("utf-8")).items()
}
_MARK = re.compile(r"«([^»|]*)(?:\|([^»]*))?»")


def _written(path: Path, text: str) -> list[tuple[int, str, str | None]]:
    """Write the file without marks and return the line, id and revision of each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_MARK.sub(lambda m: m[1], text), "utf-8")
    expected = []
    for line, words in enumerate(text.splitlines(), 1):
        for found in _MARK.finditer(words):
            name, _, revision = (found[2] or found[1]).partition("@")
            expected.append((line, name, revision or None))
    return expected


def _seen(sightings: tuple[Sighting, ...]) -> list[tuple[int, str, str | None]]:
    return [(s.line, s.id, s.revision) for s in sightings]


@pytest.mark.parametrize("name", _FILES)
def test_every_reference_is_found_on_its_line_and_no_decoy(tmp_path: Path, name: str) -> None:
    expected = _written(tmp_path / name.partition("/")[2], _FILES[name])

    found = search(tmp_path, discovery_rules())

    assert sorted(_seen(found.sightings), key=str) == sorted(expected, key=str)
