"""Bundles: whole or not there, the same on reading as on writing, and never trusted."""

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openaudit.errors import InputUnreadable, SourceError
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Metadata, Origin, Release, SourceNote
from openaudit.sources import bundle

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_digest = st.binary(max_size=4).map(lambda b: sha256(b).hexdigest())
_plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=8,
)
_documents = st.builds(
    Document, _text, st.sampled_from(Role), _text, _digest, st.none() | _text, st.booleans()
)
_metadata = st.builds(
    Metadata,
    gate=st.none() | st.sampled_from(Gate),
    files=st.none() | st.lists(_text, max_size=3).map(tuple),
    tags=st.lists(_text, max_size=3).map(tuple),
    card=st.dictionaries(_text, _plain, max_size=3),
    library=st.none() | _text,
    base_models=st.lists(st.tuples(_text, st.none() | _text), max_size=2).map(tuple),
)
_releases = st.builds(
    Release,
    reference=st.sampled_from(["acme/tiny@v1", "datasets/acme/words", "gpt2", "./x"]).map(parse),
    hub=_text,
    id=_text,
    revision=st.none() | _text,
    origin=st.sampled_from(Origin),
    retrieved_at=st.none() | _text,
    metadata=_metadata,
    documents=st.lists(_documents, max_size=3).map(tuple),
    missing=st.lists(
        st.builds(Missing, _text, st.sampled_from(Role), st.sampled_from(Reason), _text), max_size=2
    ).map(tuple),
    notes=st.lists(
        st.builds(SourceNote, _text, st.dictionaries(_text, _text, max_size=2), st.none() | _text),
        max_size=2,
    ).map(tuple),
)


def _release(text: str = "Use it well.", name: str = "LICENSE") -> Release:
    digest = sha256(text.encode()).hexdigest()
    return Release(
        reference=parse("acme/tiny"),
        hub="huggingface",
        id="acme/tiny",
        revision="a" * 40,
        origin=Origin.HUB,
        retrieved_at="2026-01-01T00:00:00+00:00",
        metadata=Metadata(gate=Gate.OPEN, files=("LICENSE",)),
        documents=(Document(name, Role.LICENSE, text, digest, "a" * 40),),
    )


def _edit(directory: Path, **changes: object) -> None:
    path = directory / bundle.NAME
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**raw, **changes}), encoding="utf-8")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(_releases)
def test_what_is_read_is_what_was_written(tmp_path: Path, release: Release) -> None:
    directory = tmp_path / "made"
    bundle.write(release, directory)

    assert bundle.read(directory) == replace(release, origin=Origin.BUNDLE)


def test_a_bundle_holds_the_texts_as_they_were_fetched(tmp_path: Path) -> None:
    bundle.write(_release("Zeile eins\r\nZeile zwei"), tmp_path / "made")

    stored = tmp_path / "made" / "documents" / "000-LICENSE"
    assert stored.read_bytes() == b"Zeile eins\r\nZeile zwei"


def test_the_same_release_is_written_as_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        bundle.write(_release(), tmp_path / name)

    one, two = ((tmp_path / name / bundle.NAME).read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    "name", ["../../escape", "/etc/passwd", "a\\..\\b", "\x1b[2J", "x" * 400, ""]
)
def test_a_hostile_document_name_stays_inside_the_bundle(tmp_path: Path, name: str) -> None:
    bundle.write(_release(name=name), tmp_path / "made")

    assert [p.name for p in tmp_path.iterdir()] == ["made"]
    assert len(list((tmp_path / "made" / "documents").iterdir())) == 1
    assert bundle.read(tmp_path / "made").documents[0].name == name


def test_a_newer_bundle_replaces_an_older_one(tmp_path: Path) -> None:
    bundle.write(_release("old"), tmp_path / "made")
    bundle.write(_release("new"), tmp_path / "made")

    assert bundle.read(tmp_path / "made").documents[0].text == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["made"]


def test_a_bundle_can_be_written_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path / "real")

    for directory in (Path(), tmp_path / "link"):
        bundle.write(_release(), directory)

    assert bundle.read(tmp_path / "real").documents[0].text == "Use it well."
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]


def test_a_directory_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work", encoding="utf-8")

    with pytest.raises(SourceError, match="is there and is no bundle"):
        bundle.write(_release(), tmp_path)

    assert (tmp_path / "thesis.tex").is_file()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "write_text", fail)

    with pytest.raises((KeyboardInterrupt, SourceError)):
        bundle.write(_release(), tmp_path / "made")

    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_keeps_the_bundle_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle.write(_release("old"), tmp_path / "made")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", fail)
        with pytest.raises(SourceError, match=r"cannot be written \(No space left on device\)"):
            bundle.write(_release("new"), tmp_path / "made")

    assert bundle.read(tmp_path / "made").documents[0].text == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["made"]


def test_a_bundle_that_cannot_be_moved_into_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle.write(_release("old"), tmp_path / "made")
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name.endswith(".partial"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", fail)
        with pytest.raises(SourceError):
            bundle.write(_release("new"), tmp_path / "made")

    assert bundle.read(tmp_path / "made").documents[0].text == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["made"]


def test_a_text_that_was_changed_is_refused_by_name(tmp_path: Path) -> None:
    bundle.write(_release(), tmp_path / "made")
    (tmp_path / "made" / "documents" / "000-LICENSE").write_text("Do what you like.")

    with pytest.raises(InputUnreadable, match="LICENSE was changed"):
        bundle.read(tmp_path / "made")


def test_a_text_that_is_gone_is_named(tmp_path: Path) -> None:
    bundle.write(_release(), tmp_path / "made")
    shutil.rmtree(tmp_path / "made" / "documents")

    with pytest.raises(InputUnreadable, match="000-LICENSE: is not there"):
        bundle.read(tmp_path / "made")


def test_a_text_that_is_a_link_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Use it well.")
    bundle.write(_release(), tmp_path / "made")
    stored = tmp_path / "made" / "documents" / "000-LICENSE"
    stored.unlink()
    stored.symlink_to(secret)

    with pytest.raises(InputUnreadable, match="is a link"):
        bundle.read(tmp_path / "made")


@pytest.mark.parametrize(
    "file",
    [
        "../secret",
        "/etc/passwd",
        "documents/../../secret",
        "documents/000-..",
        "documents/000-a\n",
        "documents/000-a/b",
        "documents/secret",
        "C:\\secret",
        "",
    ],
)
def test_a_path_out_of_the_bundle_is_refused(tmp_path: Path, file: str) -> None:
    bundle.write(_release(), tmp_path / "made")
    raw = json.loads((tmp_path / "made" / bundle.NAME).read_text(encoding="utf-8"))
    _edit(tmp_path / "made", documents=[{**raw["documents"][0], "file": file}])

    with pytest.raises(InputUnreadable):
        bundle.read(tmp_path / "made")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema": "openaudit-bundle-v2"}, "its format is 'openaudit-bundle-v2'"),
        ({"schema": None}, "its format is None"),
        ({"schema": "x" * 9999}, r"its format is 'x{60}', this"),
        ({"recorded": []}, "recorded: Extra inputs are not permitted"),
        ({"extra": 1}, "extra: Extra inputs are not permitted"),
        ({"reference": "a/b/c/d"}, "reference: 'a/b/c/d' has 4 segments"),
        ({"documents": [{}]}, r"documents\.0\.name: Field required"),
        ({"metadata": []}, "metadata: "),
        ({"origin": "moon"}, "origin: "),
    ],
)
def test_a_description_that_is_wrong_is_refused_with_its_field(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    bundle.write(_release(), tmp_path / "made")
    _edit(tmp_path / "made", **changes)

    with pytest.raises(InputUnreadable, match=said) as caught:
        bundle.read(tmp_path / "made")

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("acme/tiny", "model--acme--tiny"),
        ("acme/tiny@v1", "model--acme--tiny@v1"),
        ("datasets/acme/words@v1.0", "dataset--acme--words@v1.0"),
        ("acme/tiny@refs/pr/3", "model--acme--tiny@refs-pr-3-c4f66a6e"),
        ("acme/tiny@refs-pr-3", "model--acme--tiny@refs-pr-3"),
    ],
)
def test_a_bundle_is_named_after_what_was_asked_for(text: str, name: str) -> None:
    reference = parse(text)

    named = bundle.folder_name(replace(_release(), reference=reference, id=reference.id))

    assert named == name


def test_the_longest_revision_makes_a_name_that_a_disk_takes() -> None:
    named = bundle.folder_name(replace(_release(), reference=parse("acme/tiny@" + "é" * 250)))

    assert len(named.encode()) < 200


def test_a_bundle_is_not_written_where_the_working_directory_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    with pytest.raises(SourceError, match=r"made: the bundle cannot be written \(No such file"):
        bundle.write(_release(), Path("made"))


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 5000, b"[1]", b"7"])
def test_a_description_that_is_no_json_object_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / bundle.NAME).write_bytes(data)

    with pytest.raises(InputUnreadable):
        bundle.read(tmp_path)
