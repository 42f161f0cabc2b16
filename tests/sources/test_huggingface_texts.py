"""What the texts of a release on a hub become: cut, oddly encoded, hostile by name or content."""

import codecs
from hashlib import sha256
from random import Random

import pytest

from openaudit.model.document import Reason
from tests.hub import LoopbackHub
from tests.sources.making import CARD, QUICK, TERMS, fetch


def test_a_text_over_the_limit_is_read_in_part_and_marked(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD + "é" * QUICK.text_bytes})

    release = fetch(hub, "acme/tiny")

    [document] = release.documents
    assert document.truncated
    assert QUICK.text_bytes - 4 <= len(document.text.encode()) <= QUICK.text_bytes
    assert [(n.finding, n.document) for n in release.notes] == [("document-truncated", "README.md")]


def test_a_text_in_another_encoding_is_read_with_marks(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD.encode() + "Modèle".encode("latin-1")})

    release = fetch(hub, "acme/tiny")

    assert release.documents[0].text.endswith("Mod\ufffdle")
    assert [n.finding for n in release.notes] == ["document-not-utf8"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0",
        bytes(range(128, 256)) * 8,
        "Bedingungen".encode("utf-16-le"),
        b"\xff\xfe" + Random(1).randbytes(4_000),  # noqa: S311  # noise, the same each time
        b"\xff\xfe\0\0" + "Bedingungen".encode("utf-32-le"),
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    ],
    ids=["image", "noise", "utf-16 without a mark", "marked noise", "utf-32", "lfs pointer"],
)
def test_bytes_called_license_are_not_taken_for_a_text(hub: LoopbackHub, data: bytes) -> None:
    hub.add("acme/tiny", {"LICENSE": data})

    release = fetch(hub, "acme/tiny")

    assert release.documents == ()
    assert [m.reason for m in release.missing] == [Reason.NOT_TEXT]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_text_in_marked_utf_16_is_read(hub: LoopbackHub, encoding: str) -> None:
    data = (CARD + "Modèle 模型").encode(encoding)
    marked = data if encoding == "utf-16" else codecs.BOM_UTF16_BE + data
    hub.add("acme/tiny", {"README.md": marked})

    release = fetch(hub, "acme/tiny")

    [document] = release.documents
    assert document.text == CARD + "Modèle 模型"
    assert document.sha256 == sha256(marked).hexdigest()
    assert release.notes == ()


def test_a_card_that_is_broken_yaml_is_still_a_document(hub: LoopbackHub) -> None:
    card = "---\nlicense: [mit\n---\n# Tiny\n"
    hub.add("acme/tiny", {"README.md": card})

    release = fetch(hub, "acme/tiny")

    assert (release.documents[0].text, release.metadata.card) == (card, {})


def test_hostile_names_are_listed_and_never_asked_for(hub: LoopbackHub) -> None:
    names = [
        "../../LICENSE",
        "/LICENSE",
        "a/../LICENSE",
        "LIC\x1b[2JENSE",
        "..\\LICENSE",
        "./LICENSE",
    ]
    siblings = [{"rfilename": n} for n in [*names, "LICENSE\ud800", 7]] + ["LICENSE", None]
    hub.add("acme/tiny", {}, info={"siblings": siblings})

    release = fetch(hub, "acme/tiny")

    assert release.metadata.files is not None
    assert set(names) < set(release.metadata.files)
    assert len(hub.log) == 1


def test_a_link_to_a_hostile_name_is_not_followed_even_where_it_is_listed(hub: LoopbackHub) -> None:
    names = ["x/../../api/whoami-v2", "terms\x1b[2J"]
    info = {"siblings": [{"rfilename": n} for n in names], "cardData": {"license_link": names}}
    hub.add("acme/tiny", {}, info=info)

    release = fetch(hub, "acme/tiny")

    assert [m.reason for m in release.missing] == [Reason.NOT_PUBLISHED] * 2
    assert len(hub.log) == 1


def test_a_name_with_marks_of_a_url_is_quoted(hub: LoopbackHub) -> None:
    name = "LICENSE ü?#%2e.md"
    hub.add("acme/tiny", {name: TERMS})

    release = fetch(hub, "acme/tiny")

    assert [(d.name, d.text) for d in release.documents] == [(name, TERMS)]
