import hashlib
from pathlib import Path

import pytest

from openaudit.licenses.digest import main
from openaudit.licenses.titles import body_digest
from tests.licenses.made_up import BIRCH


def test_the_hashes_of_each_file_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "LICENSE"
    path.write_text(BIRCH, encoding="utf-8", newline="")

    code = main([str(path)])

    sha256 = hashlib.sha256(BIRCH.encode()).hexdigest()
    assert code == 0
    assert capsys.readouterr().out == f"{sha256}  {body_digest(BIRCH, ())}  {path}\n"


def test_the_titles_of_a_profile_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "LICENSE"
    path.write_text("MIT License\n\nDo as you like.\n", encoding="utf-8")

    main([str(path), "--id", "MIT"])

    assert body_digest("Do as you like.", ()) in capsys.readouterr().out


def test_an_unknown_id_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "LICENSE"), "--id", "larch"])

    assert "no license larch" in capsys.readouterr().err
