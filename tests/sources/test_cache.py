"""The cache gives back what was fetched, under every name it was asked by, and never breaks."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from openaudit.model.document import Document, Role
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from openaudit.sources import bundle, cache
from tests.hub import LoopbackHub
from tests.sources.making import CARD, TERMS, fetch

COMMIT = "c" * 40


def _release(asked: str = "acme/tiny", name: str = "acme/tiny", text: str = TERMS) -> Release:
    return Release(
        reference=parse(asked),
        hub="huggingface",
        id=name,
        revision=COMMIT,
        origin=Origin.HUB,
        retrieved_at=None,
        metadata=Metadata(),
        documents=(Document("LICENSE", Role.LICENSE, text, "0" * 64, COMMIT),),
    )


def _store(asked: str, name: str = "acme/tiny", endpoint: str | None = None) -> Release:
    return cache.store(_release(asked, name), asked=parse(asked), endpoint=endpoint)


def test_what_was_fetched_is_found_again(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD, "LICENSE": TERMS})
    fetched = fetch(hub, "acme/tiny")

    stored = cache.store(fetched, asked=parse("acme/tiny"), endpoint=hub.url)

    assert stored == fetched
    found = cache.lookup(parse("acme/tiny"), endpoint=hub.url)
    assert found == replace(fetched, origin=Origin.BUNDLE)


@pytest.mark.parametrize("text", ["acme/tiny", "acme/other", "datasets/acme/tiny", "acme/tiny@v1"])
def test_nothing_is_found_where_nothing_was_kept(text: str) -> None:
    _store("acme/tiny@main")

    assert cache.lookup(parse(text)) is None


@pytest.mark.parametrize(
    ("asked", "sought"),
    [
        ("acme/tiny@v1", "acme/tiny@v1"),
        ("acme/tiny", f"acme/tiny@{COMMIT}"),
        ("acme/tiny@refs/pr/3", "acme/tiny@refs/pr/3"),
        ("datasets/acme/tiny", "datasets/acme/tiny"),
        ("tiny", "tiny"),
        ("acme/tiny@" + "x" * 250, "acme/tiny@" + "x" * 250),
    ],
)
def test_a_release_is_found_by_the_name_it_was_asked_by_and_by_its_commit(
    asked: str, sought: str
) -> None:
    _store(asked, name=parse(asked).id)

    found = cache.lookup(parse(sought))

    assert found is not None
    assert (found.revision, found.reference) == (COMMIT, parse(sought))


def test_a_renamed_release_is_found_by_both_names() -> None:
    _store("acme/old", name="acme/new")

    for name in ("acme/old", "acme/new"):
        found = cache.lookup(parse(name))
        assert found is not None
        assert found.id == "acme/new"


def test_each_hub_has_its_own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    _store("acme/tiny", endpoint="https://hub.example:8443")

    assert cache.lookup(parse("acme/tiny")) is None
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example:8443/")
    assert cache.lookup(parse("acme/tiny")) is not None


def test_a_newer_commit_takes_the_place_of_an_older_one_for_a_branch() -> None:
    _store("acme/tiny@main")
    newer = replace(_release(), revision="d" * 40)
    cache.store(newer, asked=parse("acme/tiny@main"))

    found, old = (cache.lookup(parse(f"acme/tiny@{r}")) for r in ("main", COMMIT))

    assert found is not None
    assert found.revision == "d" * 40
    assert old is not None
    assert old.revision == COMMIT


def test_a_damaged_entry_counts_as_not_there() -> None:
    _store("acme/tiny")
    [stored] = cache.root().rglob("000-LICENSE")
    stored.write_text("changed")

    assert cache.lookup(parse("acme/tiny")) is None


@pytest.mark.parametrize(
    "pointed", ["", "../../../etc", "/etc", "model--a--b/../../x", "\0", "\xff"]
)
def test_a_damaged_pointer_counts_as_not_there(pointed: str) -> None:
    _store("acme/tiny")
    [pointer] = cache.root().rglob("~default")
    pointer.write_text(pointed, encoding="latin-1")

    assert cache.lookup(parse("acme/tiny")) is None


def test_a_cache_that_cannot_be_written_is_told_and_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    monkeypatch.setenv("OPENAUDIT_CACHE", str(blocked))

    stored = _store("acme/tiny")

    [note] = stored.notes
    assert note.finding == "cache-unwritable"
    assert note.values["path"] == str(blocked)
    assert stored.documents == _release().documents
    assert cache.lookup(parse("acme/tiny")) is None


def test_a_full_disk_is_told_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)

    [note] = _store("acme/tiny").notes

    assert "No space left on device" in note.values["reason"]


def test_many_writers_and_readers_at_once_leave_one_whole_entry() -> None:
    reference = parse("acme/tiny")
    results: list[Release] = []

    def work(number: int) -> None:
        stored = cache.store(_release(text=f"text {number}"), asked=reference)
        cache.lookup(reference)
        results.append(stored)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = cache.lookup(reference)
    assert found is not None
    assert found.documents[0].text.startswith("text ")
    assert [r.notes for r in results] == [()] * 16
    assert [p for p in cache.root().rglob("*") if p.name.endswith(".partial")] == []


def test_what_is_kept_again_replaces_what_was_kept() -> None:
    for text in ("old", "new"):
        cache.store(_release(text=text), asked=parse("acme/tiny"))

    found = cache.lookup(parse("acme/tiny"))

    assert found is not None
    assert found.documents[0].text == "new"
    assert len(list(cache.root().rglob(bundle.NAME))) == 1


def test_without_a_variable_the_cache_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAUDIT_CACHE")

    assert cache.root().name in ("openaudit", "Cache")
