"""References in every form a user pastes, and one clear line for those that name nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.errors import ReferenceInvalid
from openaudit.model.reference import Reference, RepoKind, Scheme, parse

HUB = Scheme.HUGGINGFACE
DATASET = RepoKind.DATASET

_word = st.from_regex(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9_])?", fullmatch=True).filter(
    lambda w: "--" not in w and ".." not in w and not w.endswith(".git")
)
_org = _word.map(lambda w: f"x{w}")  # never a word that the hub keeps for itself
_revision = st.none() | st.from_regex(
    r"[A-Za-z0-9](?:[A-Za-z0-9/@#+-]{0,20}[A-Za-z0-9])?", fullmatch=True
)
_revision = _revision.filter(lambda r: r is None or ("//" not in r and "@{" not in r))
_hub_ids = st.one_of(_org, st.builds("{}/{}".format, _org, _word))
_owners = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,30}", fullmatch=True)
_printable = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
_paths = st.builds(
    "{}{}".format, st.sampled_from(["", "path:", "./", "C:/"]), st.text(_printable, min_size=1)
)
_references = st.one_of(
    st.builds(Reference, st.just(HUB), _hub_ids, _revision, st.sampled_from(RepoKind)),
    st.builds(
        Reference, st.just(Scheme.GITHUB), st.builds("{}/{}".format, _owners, _word), _revision
    ),
    st.builds(
        Reference, st.just(Scheme.MODELSCOPE), st.builds("{}/{}".format, _org, _word), _revision
    ),
    st.builds(Reference, st.just(Scheme.OLLAMA), _word, _revision),
    st.builds(Reference, st.just(Scheme.CATALOG), _word),
    st.builds(Reference, st.just(Scheme.PATH), _paths),
)


@given(_references)
def test_what_is_printed_reads_as_the_same_reference(reference: Reference) -> None:
    assert parse(str(reference)) == reference


@given(st.text(max_size=60))
def test_any_text_gives_a_reference_that_prints_back_or_one_line(text: str) -> None:
    try:
        reference = parse(text)
    except ReferenceInvalid as error:
        message = str(error)
    else:
        message = ""
        assert parse(str(reference)) == reference

    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "name", "revision"),
    [
        ("acme/tiny", "acme/tiny", None),
        ("  acme/tiny ", "acme/tiny", None),
        ("acme/tiny@v1", "acme/tiny", "v1"),
        ("acme/tiny@refs/pr/3", "acme/tiny", "refs/pr/3"),
        ("gpt2", "gpt2", None),
        ("gpt2@main", "gpt2", "main"),
        ("hf:acme/tiny", "acme/tiny", None),
        ("https://huggingface.co/acme/tiny", "acme/tiny", None),
        ("http://www.huggingface.co/acme/tiny/", "acme/tiny", None),
        ("huggingface.co/acme/tiny", "acme/tiny", None),
        ("HTTPS://HuggingFace.co/acme/tiny", "acme/tiny", None),
        ("hf.co/acme/tiny?library=x#files", "acme/tiny", None),
        ("https://hf.co/gpt2", "gpt2", None),
        ("https://huggingface.co/acme/tiny.git", "acme/tiny", None),
        ("https://user:secret@huggingface.co/acme/tiny", "acme/tiny", None),
        ("https://huggingface.co/acme/tiny/discussions/4", "acme/tiny", None),
        ("https://huggingface.co/acme/tiny/tree/v1", "acme/tiny", "v1"),
        ("https://huggingface.co/acme/tiny/tree/v1/sub/dir", "acme/tiny", "v1"),
        ("https://huggingface.co/acme/tiny/blob/main/LICENSE", "acme/tiny", "main"),
        ("https://huggingface.co/acme/tiny/resolve/refs/pr/7/LICENSE", "acme/tiny", "refs/pr/7"),
        (
            "https://huggingface.co/acme/tiny/resolve/refs%2Fpr%2F7/LICENSE",
            "acme/tiny",
            "refs/pr/7",
        ),
        ("https://huggingface.co/acme/tiny/tree/feature%2Fnew", "acme/tiny", "feature/new"),
        ("https://huggingface.co/acme/tiny/commit/0123abc", "acme/tiny", "0123abc"),
    ],
)
def test_every_form_of_a_hub_model_is_read(text: str, name: str, revision: str | None) -> None:
    assert parse(text) == Reference(HUB, name, revision)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("datasets/acme/words", Reference(HUB, "acme/words", None, DATASET)),
        ("datasets/acme/words@v2", Reference(HUB, "acme/words", "v2", DATASET)),
        ("datasets/words", Reference(HUB, "words", None, DATASET)),
        ("hf:datasets/acme/words", Reference(HUB, "acme/words", None, DATASET)),
        ("https://huggingface.co/datasets/acme/words", Reference(HUB, "acme/words", None, DATASET)),
        (
            "https://huggingface.co/datasets/acme/words/tree/v1",
            Reference(HUB, "acme/words", "v1", DATASET),
        ),
        (
            "https://huggingface.co/datasets/acme/words/viewer/default/train",
            Reference(HUB, "acme/words", None, DATASET),
        ),
        ("gh:acme/tiny", Reference(Scheme.GITHUB, "acme/tiny")),
        ("GH:acme/tiny@v1", Reference(Scheme.GITHUB, "acme/tiny", "v1")),
        ("https://github.com/acme/tiny.git", Reference(Scheme.GITHUB, "acme/tiny")),
        ("github.com/acme/tiny/tree/v1/src", Reference(Scheme.GITHUB, "acme/tiny", "v1")),
        ("ms:acme/tiny", Reference(Scheme.MODELSCOPE, "acme/tiny")),
        (
            "https://modelscope.cn/models/acme/tiny/summary",
            Reference(Scheme.MODELSCOPE, "acme/tiny"),
        ),
        ("ollama:tiny", Reference(Scheme.OLLAMA, "tiny")),
        ("ollama:tiny:8b", Reference(Scheme.OLLAMA, "tiny", "8b")),
        ("ollama:acme/tiny:8b", Reference(Scheme.OLLAMA, "acme/tiny", "8b")),
        ("https://ollama.com/library/tiny:8b", Reference(Scheme.OLLAMA, "tiny", "8b")),
        ("catalog:tiny-1", Reference(Scheme.CATALOG, "tiny-1")),
    ],
)
def test_other_kinds_of_release_are_read(text: str, expected: Reference) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text", ["./x", "../x", "/x/y", "~/x", ".", "..", r"C:\x", "C:/x", r".\x", "./with space@1 "]
)
def test_a_path_is_taken_as_written(text: str) -> None:
    assert parse(text) == Reference(Scheme.PATH, text)


def test_a_path_that_looks_like_an_id_is_printed_with_its_scheme() -> None:
    assert str(Reference(Scheme.PATH, "acme/tiny")) == "path:acme/tiny"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "is empty; write org/name"),
        ("   ", "is empty; write org/name"),
        ("acme/tiny/more", "has 3 segments, not two; write org/name"),
        ("https://huggingface.co/acme/tiny/more", "has 3 segments"),
        ("spaces/acme/demo", "is a Space"),
        ("https://huggingface.co/spaces/acme/demo", "is a Space"),
        ("https://huggingface.co/docs/hub", "names no model or dataset"),
        ("https://huggingface.co", "names no model or dataset"),
        ("https://huggingface.co/models?search=x", "names no model or dataset"),
        ("datasets", "names no model or dataset"),
        ("acme/tiny@", "has an empty revision"),
        ("ollama:tiny:", "has an empty revision"),
        ("acme/tiny@a b", "has a revision that no branch, tag or commit has"),
        ("acme/tiny@../x", "has a revision that no branch, tag or commit has"),
        ("acme/ti\x1b[31mny", "holds control characters"),
        ("./ti\nny", "holds control characters"),
        ("https://huggingface.co/acme/ti%0Any", "holds control characters"),
        ("acme/ti ny", "is no hub id"),
        ("acme/tïny", "is no hub id"),
        ("acme/ti--ny", "is no hub id"),
        ("acme/ti..ny", "is no hub id"),
        ("acme/tiny.", "is no hub id"),
        ("-acme/tiny", "is no hub id"),
        ("acme/tiny.git", "is no hub id"),
        ("acme/", "is no hub id"),
        ("acme/" + "x" * 97, "is no hub id"),
        ("https://example.com/acme/tiny", "is no host openaudit reads"),
        ("https://huggingface.co.evil.example/acme/tiny", "is no host openaudit reads"),
        ("https://huggingface.co:8443/acme/tiny", "is no host openaudit reads"),
        ("http://[::1", "the URL cannot be read"),
        ("http://host:99999/x", "the URL cannot be read"),
        ("model:acme/tiny", "has the unknown scheme model:"),
        ("ftp://host/x", "has the unknown scheme ftp:"),
        ("gh:acme", "write gh:org/name"),
        ("gh:acme/..", "write gh:org/name"),
        ("ms:acme/ti/ny", "write ms:org/name"),
        ("https://modelscope.cn/datasets/acme/tiny", "write ms:org/name"),
        ("catalog:acme/tiny", "write catalog:name"),
        ("catalog:tiny@v1", "write catalog:name"),
        ("path:", "write path:model or ./model"),
    ],
)
def test_a_wrong_reference_is_refused_in_one_line_that_says_what_is_right(
    text: str, hint: str
) -> None:
    with pytest.raises(ReferenceInvalid) as caught:
        parse(text)

    assert hint in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_password_in_a_url_is_not_repeated() -> None:
    with pytest.raises(ReferenceInvalid) as caught:
        parse("https://user:hunter2@example.com/acme/tiny")

    assert "hunter2" not in str(caught.value)


def test_a_url_that_cannot_be_read_is_not_repeated_with_its_password() -> None:
    with pytest.raises(ReferenceInvalid) as caught:
        parse("https://user:secret@host℀/acme/tiny")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["a/" * 50_000, "x:" * 50_000, "https://hf.co/" + "%41/" * 25_000, "a" * 100_000 + "--"]
)
def test_a_reference_made_to_cost_time_costs_none(text: str) -> None:
    started = time.monotonic()

    with pytest.raises(ReferenceInvalid):
        parse(text)

    assert time.monotonic() - started < 0.5


def test_a_revision_of_bytes_that_are_no_text_names_nothing() -> None:
    with pytest.raises(ReferenceInvalid, match="has a revision that no branch"):
        parse("acme/tiny@\udcff")
