"""Real texts, where these are at hand: profiles, fingerprints, and copies found elsewhere."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from openaudit.data import fingerprints, knowledge
from openaudit.licenses.card import is_card
from openaudit.licenses.collect import LicenseText, collect
from openaudit.licenses.encode import encode
from openaudit.licenses.identify import identify
from openaudit.licenses.index import Index, shipped
from openaudit.model.license import Identification

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
HARMFUL = {"clause_added", "clause_removed", "trunc60"}
FOLDS = 6

pytestmark = pytest.mark.skipif(
    not (CORPUS / "perturbed.jsonl").is_file(), reason="the license corpus is not here"
)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


MANIFEST = {r["slug"]: r for r in _rows(CORPUS / "licenses" / "manifest.jsonl")}
PERTURBED = list({r["text_path"]: r for r in _rows(CORPUS / "perturbed.jsonl")}.values())


def _right(slug: str) -> set[str]:
    row = MANIFEST.get(slug)
    return {slug} if row is None else {slug, row["in_spdx_id"], *row["same_as"]} - {""}


def _read(*parts: str) -> str:
    return CORPUS.joinpath(*parts).read_bytes().decode("utf-8", "replace")


def _perturbed(row: dict[str, Any]) -> Identification:
    text = _read("perturbed", row["text_path"])
    return identify(text, shipped(), card=is_card(text))


def _has_all(found: Identification, row: dict[str, Any]) -> bool:
    hits = [bool(_right(slug) & found.ids) for slug in row["expected_slug"]]
    return any(hits) if row.get("any") else all(hits)


@cache
def _texts() -> tuple[LicenseText, ...]:
    return tuple(collect([CORPUS / "licenses"], knowledge().licenses))


@pytest.mark.parametrize("slug", sorted(MANIFEST))
def test_each_text_is_the_license_it_is(slug: str) -> None:
    assert identify(_read("licenses", f"{slug}.txt"), shipped()).ids & _right(slug)


def test_recorded_hashes_are_of_texts_that_the_fingerprints_know() -> None:
    known = knowledge().licenses
    hashes = {t.sha256: t.words for p in known.values() for t in p.texts}
    seen = 0
    for slug in MANIFEST:
        content = CORPUS.joinpath("licenses", f"{slug}.txt").read_bytes()
        words = hashes.get(hashlib.sha256(content).hexdigest())
        if words is not None:
            seen += 1
            assert bytes.fromhex(words) in shipped().by_digest, slug

    assert seen > 30


def test_no_text_with_a_changed_clause_is_exact() -> None:
    rows = [r for r in PERTURBED if r["perturbation"] in HARMFUL or r["kind"] == "severe"]

    assert rows
    assert [r["text_path"] for r in rows if _perturbed(r).exact] == []


@pytest.mark.parametrize(
    "line",
    [
        "For research only.",
        "License: research use",
        "Copyright 2026 Birch Labs owns all outputs.",
        "Copyright (c) 2026 Birch. Non-commercial use only.",
        "Version 2.0, modified",
    ],
)
def test_a_line_put_into_any_text_is_noticed(line: str) -> None:
    for slug in MANIFEST:
        lines = _read("licenses", f"{slug}.txt").split("\n")
        for at in (0, 2, len(lines)):
            changed = "\n".join([*lines[:at], "", line, "", *lines[at:]])
            assert not identify(changed, shipped()).exact, (slug, at)


def test_copies_are_found_and_told_apart_from_changed_ones() -> None:
    """The figures that the README gives; they may get better and not worse."""
    plain = [r for r in PERTURBED if r["kind"] in ("ai", "spdx")]
    found = {r["text_path"]: _perturbed(r) for r in PERTURBED}
    missed = [r["text_path"] for r in plain if not _has_all(found[r["text_path"]], r)]
    benign = [r["text_path"] for r in plain if r["perturbation"] not in HARMFUL]
    exact = [path for path in benign if found[path].exact]

    assert len(missed) <= 2
    assert len(exact) / len(benign) > 0.92


@pytest.mark.parametrize(("kind", "most"), [("wild", 1), ("concat", 1), ("severe", 200)])
def test_licenses_in_files_found_elsewhere_are_recognized(kind: str, most: int) -> None:
    rows = [r for r in PERTURBED if r["kind"] == kind]
    missed = [r["text_path"] for r in rows if not _has_all(_perturbed(r), r)]

    assert rows
    assert len(missed) <= most


def test_a_card_that_holds_no_license_text_has_none() -> None:
    rows = [r for r in PERTURBED if r["kind"] == "none"]

    assert rows
    assert [r["text_path"] for r in rows if _perturbed(r).found] == []


@pytest.mark.parametrize("fold", range(FOLDS))
def test_a_version_that_the_fingerprints_do_not_hold_is_never_exact(fold: int) -> None:
    ids = sorted({t.id for t in _texts()})
    unseen = set(ids[fold::FOLDS])
    known = Index.read(encode([t for t in _texts() if t.id not in unseen]))
    same = {i for t in _texts() if t.id in unseen for i in identify(t.text, shipped()).ids}

    passed = {
        t.id
        for t in _texts()
        if t.id in unseen and (found := identify(t.text, known)).exact and not found.ids & same
    }

    assert passed == set()


def test_the_fingerprints_are_the_same_bytes_however_the_texts_are_ordered() -> None:
    assert encode(_texts()) == encode(_texts()[::-1])


def test_the_fingerprints_that_ship_hold_what_a_rebuild_of_the_texts_here_gives() -> None:
    rebuilt = Index.read(encode(_texts()))

    for reference in rebuilt.references:
        held = [r for d in reference.digests for r in shipped().by_digest.get(d, ())]
        assert any(shipped().shingles(r) == rebuilt.shingles(reference) for r in held)


def test_the_fingerprints_stay_small() -> None:
    assert len(fingerprints()) < 2_500_000
