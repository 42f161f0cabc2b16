"""The profiles against the texts they were written from, where these are at hand."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from openaudit.data import knowledge
from openaudit.licenses.identify import identify

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
HARMFUL = {"clause_added", "clause_removed", "trunc60"}
BENIGN = {"copyright", "crlf_unicode", "html_stripped", "markdown", "notitle", "wrap50", "wrap120"}

pytestmark = pytest.mark.skipif(
    not (CORPUS / "perturbed.jsonl").is_file(), reason="the license corpus is not here"
)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _ids() -> dict[str, set[str]]:
    """Return the ids that are right for each text whose hash a profile records."""
    hashes = {t.sha256 for p in knowledge().licenses.values() for t in p.texts}
    return {
        r["slug"]: {r["slug"], r["in_spdx_id"], *r["same_as"]} - {""}
        for r in _rows(CORPUS / "licenses" / "manifest.jsonl")
        if r["sha256"] in hashes
    }


IDS = _ids()


def _perturbed(kinds: set[str]) -> list[dict[str, Any]]:
    rows = {r["text_path"]: r for r in _rows(CORPUS / "perturbed.jsonl")}
    return [
        r
        for r in rows.values()
        if (r["perturbation"] in kinds or r["kind"] in kinds)
        and set(r["expected_slug"]) <= set(IDS)
    ]


def _read(*parts: str) -> str:
    return CORPUS.joinpath(*parts).read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("slug", sorted(IDS))
def test_each_text_is_the_license_its_profile_describes(slug: str) -> None:
    found = identify(_read("licenses", f"{slug}.txt"), knowledge().licenses)

    assert set(found) & IDS[slug]


def test_recorded_hashes_are_of_the_bytes() -> None:
    recorded = {t.sha256 for p in knowledge().licenses.values() for t in p.texts}
    for slug in IDS:
        content = CORPUS.joinpath("licenses", f"{slug}.txt").read_bytes()
        assert hashlib.sha256(content).hexdigest() in recorded


def test_no_text_with_a_changed_clause_is_exact() -> None:
    rows = _perturbed(HARMFUL | {"severe"})
    exact = [
        r["text_path"]
        for r in rows
        if identify(_read("perturbed", r["text_path"]), knowledge().licenses)
    ]

    assert rows
    assert exact == []


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
    for slug in IDS:
        lines = _read("licenses", f"{slug}.txt").split("\n")
        for at in (0, 2, len(lines) // 2, len(lines)):
            changed = "\n".join([*lines[:at], "", line, "", *lines[at:]])
            assert identify(changed, knowledge().licenses) == (), (slug, at)


def test_most_copies_that_differ_in_layout_alone_are_exact() -> None:
    rows = _perturbed(BENIGN)
    exact = [
        r
        for r in rows
        if set(identify(_read("perturbed", r["text_path"]), knowledge().licenses))
        & IDS[r["expected_slug"][0]]
    ]

    assert len(exact) / len(rows) > 0.85
