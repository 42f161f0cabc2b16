import json
from pathlib import Path

import pytest

from openaudit.data import fingerprints, knowledge
from openaudit.errors import DataInvalid
from openaudit.licenses.build import main
from openaudit.licenses.collect import collect
from openaudit.licenses.encode import encode
from openaudit.licenses.identify import identify
from openaudit.licenses.index import Index
from tests.licenses.made_up import ALDER, BIRCH, LINDEN


def _manifest(directory: Path, *rows: dict[str, object]) -> None:
    lines = [json.dumps({"in_spdx_id": "", "same_as": [], **row}) for row in rows]
    (directory / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_a_directory_of_texts_becomes_fingerprints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "birch.txt").write_text(BIRCH, encoding="utf-8")
    output = tmp_path / "fingerprints.bin"

    code = main([str(tmp_path), "-o", str(output)])

    assert code == 0
    assert str(output) in capsys.readouterr().out
    assert "birch" in identify(BIRCH, Index.read(output.read_bytes())).ids


def test_the_fingerprints_hold_no_word_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "linden.txt").write_text(LINDEN, encoding="utf-8")

    content = encode(collect([tmp_path], {}))

    assert not any(word.encode() in content for word in LINDEN.split() if len(word) > 5)


def test_a_copy_goes_by_the_id_of_what_it_copies(tmp_path: Path) -> None:
    (tmp_path / "birch.txt").write_text(BIRCH, encoding="utf-8")
    (tmp_path / "birch-copy.txt").write_text("Ours.\n\n" + BIRCH, encoding="utf-8")
    _manifest(
        tmp_path,
        {"slug": "birch", "name": "Birch License", "same_as": ["birch-copy"]},
        {"slug": "birch-copy", "name": "Birch License again", "same_as": ["birch"]},
    )

    known = Index.read(encode(t for t in collect([tmp_path], {}) if t.id.startswith("birch")))

    assert identify(BIRCH, known).ids == {"birch"}
    assert not identify("Ours.\n\n" + BIRCH, known).exact


def test_a_text_of_the_spdx_list_goes_by_its_spdx_id(tmp_path: Path) -> None:
    (tmp_path / "birch.txt").write_text(BIRCH, encoding="utf-8")
    _manifest(tmp_path, {"slug": "birch", "name": "Birch", "in_spdx_id": "Birch-1.0"})

    assert "Birch-1.0" in {t.id for t in collect([tmp_path], {})}


def test_of_a_scancode_directory_only_what_a_profile_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "llama-2-license-2023.LICENSE").write_text(
        f"---\nkey: llama-2-license-2023\n---\n{ALDER}", encoding="utf-8"
    )
    (tmp_path / "elm.LICENSE").write_text(BIRCH, encoding="utf-8")

    texts = [t for t in collect([tmp_path], knowledge().licenses) if t.text == ALDER]

    assert {t.id for t in texts} <= {"llama-2", "llama-2-0718"}
    assert texts


def test_a_directory_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataInvalid, match="no <id>"):
        collect([tmp_path], {})


def test_what_is_no_fingerprint_file_is_refused() -> None:
    with pytest.raises(DataInvalid, match="build them anew"):
        Index.read(b"something else")


def test_every_profile_with_a_text_is_among_the_shipped_fingerprints() -> None:
    known = Index.read(fingerprints())
    ids = {i for r in known.references for i in r.ids}

    missing = {
        p.id
        for p in knowledge().licenses.values()
        for t in p.texts
        if p.id not in ids or bytes.fromhex(t.words) not in known.by_digest
    }

    assert missing == set()
