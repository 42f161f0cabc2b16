"""Releases on disk, in each of the shapes people keep them in."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from openaudit.errors import InputUnreadable, ReleaseNotFound
from openaudit.model.document import Reason, Role
from openaudit.model.release import Metadata, Origin
from openaudit.sources import bundle, local
from tests.sources.making import CARD, TERMS

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def _make(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def test_a_model_directory_is_read_with_its_listing(tmp_path: Path) -> None:
    names = {"README.md": CARD, "LICENSE": TERMS, "w/model.safetensors": "\0", ".git/x": "no"}
    root = _make(tmp_path / "tiny", names)

    release = local.read(root)

    assert (release.origin, release.hub, release.id) == (Origin.LOCAL, "local", "tiny")
    assert (release.revision, release.retrieved_at) == (None, None)
    assert release.metadata == Metadata(files=("LICENSE", "README.md", "w/model.safetensors"))
    assert [(d.name, d.text) for d in release.documents] == [
        ("README.md", CARD),
        ("LICENSE", TERMS),
    ]


def test_newlines_are_not_translated(tmp_path: Path) -> None:
    root = _make(tmp_path, {"LICENSE": b"one\r\ntwo\rthree"})

    assert local.read(root).documents[0].text == "one\r\ntwo\rthree"


@pytest.mark.parametrize(
    "git",
    [
        {".git/HEAD": f"{COMMIT}\n"},
        {".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": f"{COMMIT}\n"},
        {
            ".git/HEAD": "ref: refs/heads/main\n",
            ".git/packed-refs": f"# x\n{COMMIT} refs/heads/main\n",
        },
    ],
    ids=["detached", "branch", "packed"],
)
def test_a_git_clone_gives_the_commit_it_has_checked_out(
    tmp_path: Path, git: dict[str, str]
) -> None:
    root = _make(tmp_path, {"LICENSE": TERMS, **git})

    release = local.read(root)

    assert release.revision == COMMIT
    assert release.documents[0].revision == COMMIT


@pytest.mark.parametrize(
    "head", ["", "ref: ../../secret", "ref: refs/heads/gone", "zz", b"\xff\xfe"]
)
def test_a_git_directory_that_cannot_be_read_gives_no_revision(
    tmp_path: Path, head: str | bytes
) -> None:
    root = _make(tmp_path, {"LICENSE": TERMS, ".git/HEAD": head})

    assert local.read(root).revision is None


def _cache_entry(root: Path, files: dict[str, str | bytes]) -> Path:
    """Lay files out as the hub client's cache does: links into blobs."""
    entry = root / "models--acme--tiny"
    snapshot = entry / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    _make(entry, {"refs/main": COMMIT})
    for number, (name, content) in enumerate(files.items()):
        _make(entry, {f"blobs/{number}": content})
        (snapshot / name).symlink_to(Path("../../blobs") / str(number))
    return entry


@pytest.mark.parametrize("inner", ["", f"snapshots/{COMMIT}"])
def test_an_entry_of_the_clients_cache_gives_id_and_commit(tmp_path: Path, inner: str) -> None:
    entry = _cache_entry(tmp_path, {"README.md": CARD, "model.safetensors": b"\0"})

    release = local.read(entry / inner)

    assert (release.hub, release.id, release.revision) == ("huggingface", "acme/tiny", COMMIT)
    assert release.documents[0].text == CARD
    assert release.metadata.files == ("README.md", "model.safetensors")


def test_a_cached_snapshot_without_weights_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    entry = _cache_entry(tmp_path, {"README.md": CARD, "config.json": "{}"})

    assert local.read(entry).metadata.files is None


def test_the_listing_the_client_keeps_shows_what_was_not_downloaded(tmp_path: Path) -> None:
    entry = _cache_entry(tmp_path, {"README.md": CARD})
    kept = {"format_version": 1, "files": {n: {} for n in ("README.md", "LICENSE", "m.gguf")}}
    _make(entry, {f"trees/{COMMIT}.json": json.dumps(kept)})

    release = local.read(entry)

    assert release.metadata.files == ("LICENSE", "README.md", "m.gguf")
    assert [(m.name, m.reason) for m in release.missing] == [("LICENSE", Reason.OFFLINE)]


def test_a_cache_entry_with_several_snapshots_and_no_main_asks_for_one(tmp_path: Path) -> None:
    entry = _cache_entry(tmp_path, {"README.md": CARD})
    (entry / "snapshots" / ("f" * 40)).mkdir()
    (entry / "refs" / "main").unlink()

    with pytest.raises(InputUnreadable, match="2 snapshots and no refs/main; name one"):
        local.read(entry)


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("README.md", CARD, Role.CARD),
        ("notes.md", CARD, Role.CARD),
        ("marked.md", f"\ufeff{CARD}", Role.CARD),
        ("LICENSE", TERMS, Role.LICENSE),
        ("rules.txt", TERMS, Role.LICENSE),
        ("USE_POLICY.md", TERMS, Role.POLICY),
    ],
)
def test_a_lone_text_is_a_release_that_says_nothing_of_its_files(
    tmp_path: Path, name: str, text: str, role: Role
) -> None:
    release = local.read(_make(tmp_path, {name: text}) / name)

    assert [(d.name, d.role) for d in release.documents] == [(name, role)]
    assert (release.id, release.metadata.files) == (name, None)


def test_a_lone_card_in_utf_16_is_a_card(tmp_path: Path) -> None:
    release = local.read(_make(tmp_path, {"notes.md": CARD.encode("utf-16")}) / "notes.md")

    assert [(d.role, d.text) for d in release.documents] == [(Role.CARD, CARD)]


def test_a_name_that_begins_with_a_tilde_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make(tmp_path, {"~nouser/LICENSE": TERMS})
    monkeypatch.chdir(tmp_path)

    release = local.read(Path("./~nouser"))

    assert (release.id, str(release.reference)) == ("~nouser", "./~nouser")


def test_a_link_that_may_not_be_followed_is_listed_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _make(tmp_path / "tiny", {"README.md": CARD})
    (root / "LICENSE").symlink_to("/proc/1/cwd")
    follow = os.path.realpath

    def refuse(path: Path) -> str:
        if path.name == "LICENSE":  # root may follow what a user may not, as in /proc
            raise PermissionError(13, "Permission denied")
        return follow(path)

    monkeypatch.setattr(os.path, "realpath", refuse)
    release = local.read(root)

    assert {m.name for m in release.missing} <= {"LICENSE"}
    assert [d.name for d in release.documents] == ["README.md"]


def test_a_working_directory_that_is_gone_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    with pytest.raises(InputUnreadable, match=r"cannot be located \(No such file or directory\)"):
        local.read(Path())


def test_a_bundle_is_read_as_one(tmp_path: Path) -> None:
    release = local.read(_make(tmp_path / "tiny", {"LICENSE": TERMS}))
    bundle.write(release, tmp_path / "made")

    assert local.read(tmp_path / "made").origin is Origin.BUNDLE


def test_a_directory_of_bundles_holds_each_of_them_in_order(tmp_path: Path) -> None:
    release = local.read(_make(tmp_path / "tiny", {"LICENSE": TERMS}))
    for name in ("b", "a", "deep/c"):
        (tmp_path / "all" / name).parent.mkdir(parents=True, exist_ok=True)
        bundle.write(release, tmp_path / "all" / name)

    found = local.releases_in(tmp_path / "all")

    assert [p.relative_to(tmp_path / "all").as_posix() for p in found] == ["a", "b", "deep/c"]


def test_the_clients_cache_holds_its_entries(tmp_path: Path) -> None:
    entry = _cache_entry(tmp_path, {"README.md": CARD})

    assert local.releases_in(tmp_path) == [entry]


def test_a_release_with_bundles_somewhere_inside_is_itself(tmp_path: Path) -> None:
    release = local.read(_make(tmp_path, {"LICENSE": TERMS}))
    (tmp_path / "tests").mkdir()
    bundle.write(release, tmp_path / "tests" / "made")

    assert local.releases_in(tmp_path) == [tmp_path]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("LICENSE", b"", "is empty"),
        ("LICENSE", b" \n\t", "is empty"),
        ("LICENSE", b"\x7fELF\0\0", "binary, or not in UTF-8"),
        ("LICENSE.pdf", b"%PDF-1.7\0", "binary, or not in UTF-8"),
    ],
)
def test_a_lone_file_that_is_no_text_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = _make(tmp_path, {name: content}) / name

    with pytest.raises(InputUnreadable, match=said) as caught:
        local.read(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_path_where_nothing_is_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "gone", _make(tmp_path, {"file": "x"}) / "file" / "below"):
        with pytest.raises(ReleaseNotFound, match="no such file or directory"):
            local.read(path)
        with pytest.raises(ReleaseNotFound, match="no such file or directory"):
            local.releases_in(path)


@pytest.mark.parametrize("files", [{}, {"main.c": "int x;"}, {"a/b/LICENSE": TERMS}])
def test_a_directory_with_nothing_to_audit_is_not_found(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    root = _make(tmp_path / "empty", {"keep/x": "", **files})

    with pytest.raises(ReleaseNotFound, match="nothing to audit"):
        local.read(root)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "LICENSE")
    (tmp_path / "config.json").write_text("{}")

    with pytest.raises(InputUnreadable, match="not a regular file"):
        local.read(tmp_path / "LICENSE")
    assert [m.reason for m in local.read(tmp_path).missing] == [Reason.FAILED]


def test_a_link_out_of_the_directory_is_listed_and_not_read(tmp_path: Path) -> None:
    _make(tmp_path, {"secret": "the secret", "inside/README.md": CARD, "inside/target": TERMS})
    root = tmp_path / "inside"
    (root / "LICENSE").symlink_to(tmp_path / "secret")
    (root / "LICENSE-OWN").symlink_to(root / "target")
    (root / "LICENSE-LOOP").symlink_to("LICENSE-LOOP")
    (root / "up").symlink_to(tmp_path)

    release = local.read(root)

    assert [d.name for d in release.documents] == ["README.md", "LICENSE-OWN"]
    assert {m.name: m.reason for m in release.missing} == {
        "LICENSE": Reason.ELSEWHERE,
        "LICENSE-LOOP": Reason.FAILED,
    }
    assert "the secret" not in str(release)


def test_a_directory_that_is_too_deep_is_listed_in_part_and_says_so(tmp_path: Path) -> None:
    root = _make(tmp_path, {"README.md": CARD, "a/b/c/d/e/model.safetensors": b"\0"})

    release = local.read(root)

    assert [n.finding for n in release.notes] == ["listing-truncated"]
    assert release.metadata.files is None


def test_a_listing_cut_short_still_shows_the_weights_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openaudit.sources.listing.MOST", 2)
    root = _make(tmp_path, {"a.safetensors": b"\0", "b.json": "{}", "c.json": "{}"})

    release = local.read(root)

    assert [n.finding for n in release.notes] == ["listing-truncated"]
    assert release.metadata.files == ("a.safetensors", "b.json")


def test_a_file_name_that_is_no_utf8_is_listed_with_a_mark(tmp_path: Path) -> None:
    _make(tmp_path, {"README.md": CARD})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.bin")).write_bytes(b"\0")

    assert local.read(tmp_path).metadata.files == ("README.md", "caf\ufffd.bin")


def test_a_long_text_is_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "TEXT_BYTES", 10)
    root = _make(tmp_path, {"LICENSE": "123456789€ and more"})

    release = local.read(root)

    assert (release.documents[0].text, release.documents[0].truncated) == ("123456789", True)
    assert [n.finding for n in release.notes] == ["document-truncated"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said_and_not_taken_for_absent(tmp_path: Path) -> None:
    root = _make(tmp_path / "tiny", {"README.md": CARD, "LICENSE": TERMS, "shut/x": ""})
    (root / "LICENSE").chmod(0)
    (root / "shut").chmod(0)

    release = local.read(root)
    (root / "shut").chmod(0o700)

    assert [m.reason for m in release.missing] == [Reason.FAILED]
    assert [n.finding for n in release.notes] == ["listing-truncated"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_directory_that_may_not_be_entered_is_unreadable_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)

    for look in (local.read, local.releases_in):
        with pytest.raises(InputUnreadable, match=r"cannot be listed \(Permission denied\)"):
            look(tmp_path / "shut")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_link_into_what_may_not_be_entered_is_listed_and_not_read(tmp_path: Path) -> None:
    root = _make(tmp_path / "tiny", {"README.md": CARD})
    (tmp_path / "shut").mkdir(mode=0)
    (root / "LICENSE").symlink_to(tmp_path / "shut" / "LICENSE")

    release = local.read(root)

    assert [m.reason for m in release.missing] == [Reason.ELSEWHERE]
