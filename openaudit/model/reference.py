"""How a user names a release, and how we print it back.

`parse(str(reference)) == reference` for every reference that `parse` gives. Parsing looks at the
text alone: whether a path exists, or a bare name is in the catalog, is for `sources` to say.
"""

import re
from enum import StrEnum
from typing import Final, NoReturn
from urllib.parse import unquote, urlsplit

from openaudit.errors import ReferenceInvalid
from openaudit.model.frozen import frozen


class Scheme(StrEnum):
    """Where a reference points."""

    HUGGINGFACE = "hf"
    GITHUB = "gh"
    MODELSCOPE = "ms"
    OLLAMA = "ollama"
    CATALOG = "catalog"
    PATH = "path"


class RepoKind(StrEnum):
    """What a hub repository holds."""

    MODEL = "model"
    DATASET = "dataset"


@frozen
class Reference:
    """A named release. `revision` None means: whatever the hub shows first.

    `id` is `org/name` (`name` for old releases of the hub), a name, or the path as written;
    `revision` is a branch, tag or commit, and the tag in the Ollama library.
    """

    scheme: Scheme
    id: str
    revision: str | None = None
    kind: RepoKind = RepoKind.MODEL

    def __str__(self) -> str:
        if self.scheme is Scheme.PATH:
            bare = _PATH.match(self.id) and not self.id.startswith("path:")
            return self.id if bare else f"path:{self.id}"
        if self.scheme is Scheme.HUGGINGFACE:
            name = f"datasets/{self.id}" if self.kind is RepoKind.DATASET else self.id
        else:
            name = f"{self.scheme}:{self.id}"
        return name if self.revision is None else f"{name}{_mark(self.scheme)}{self.revision}"


_FORMS: Final = (
    "write org/name, datasets/org/name, gh:org/name, a hub URL, or a path such as ./model"
)
_PATH: Final = re.compile(r"path:|\.{1,2}(?:[/\\]|\Z)|[/\\~]|[A-Za-z]:[/\\]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_URL: Final = re.compile(r"(?i)https?://")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)")
_HF_HOSTS: Final = frozenset({"huggingface.co", "hf.co"})
_MS_HOSTS: Final = frozenset({"modelscope.cn", "modelscope.ai"})
_OLLAMA_HOSTS: Final = frozenset({"ollama.com", "registry.ollama.ai"})
_HOSTS: Final = _HF_HOSTS | _MS_HOSTS | _OLLAMA_HOSTS | {"github.com"}

_WORD: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
# The rules of huggingface_hub's validate_repo_id, which must not be imported at start-up.
_HF_ID: Final = re.compile(rf"(?!.*(?:--|\.\.))(?:{_WORD}/)?{_WORD}(?<!\.git)")
_IDS: Final = {
    Scheme.GITHUB: (
        re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}"),
        "gh:org/name",
    ),
    Scheme.MODELSCOPE: (re.compile(rf"{_WORD}/{_WORD}"), "ms:org/name"),
    Scheme.OLLAMA: (re.compile(rf"(?:{_WORD}/)?{_WORD}"), "ollama:name or ollama:name:tag"),
    Scheme.CATALOG: (re.compile(_WORD), "catalog:name"),
}
_REVISION: Final = re.compile(
    r"(?!-|/|.*(?:\.\.|//|@\{))[^\s~^:?*\[\\\x00-\x1f\x7f\ud800-\udfff]{1,255}(?<![/.])"
)
_TABS: Final = frozenset({"discussions", "viewer", "activity", "files", "summary"})
_RESERVED: Final = re.compile(  # first words of hub pages, which no organization can have
    "api|blog|chat|collections|datasets|docs|join|learn|login|models|new|organizations|papers|"
    "posts|pricing|search|settings|spaces|tasks"
)


def parse(text: str) -> Reference:
    """Read a reference in any form a user would paste.

    Raises:
        ReferenceInvalid: one line that says what is wrong and what would be right.
    """
    if _CONTROL.search(text):
        raise ReferenceInvalid(f"{_shown(text)} holds control characters; {_FORMS}")
    text = text if _PATH.match(text) else text.strip()
    if not text:
        raise ReferenceInvalid(f"the reference is empty; {_FORMS}")
    if _PATH.match(text):
        return _path(text)
    host = text.partition("/")[0].lower().removeprefix("www.")
    if _URL.match(text) or (host in _HOSTS and "/" in text):
        return _url(text if _URL.match(text) else f"https://{text}")
    return _scheme(text)


def model_id(text: str) -> str | None:
    """Return the id of a model on the Hugging Face Hub; None for a path, or another name."""
    try:
        reference = parse(text)
    except ReferenceInvalid:
        return None
    model = reference.scheme is Scheme.HUGGINGFACE and reference.kind is RepoKind.MODEL
    return reference.id if model else None


def _path(text: str) -> Reference:
    path = text.removeprefix("path:")
    if not path:
        raise ReferenceInvalid("'path:' names no path; write path:model or ./model")
    return Reference(Scheme.PATH, path)


def _scheme(text: str) -> Reference:
    found = _SCHEME.fullmatch(text)
    word = found[1].lower() if found else "hf"
    if found and word not in {s.value for s in Scheme}:
        known = ", ".join(f"{s}:" for s in Scheme)
        raise ReferenceInvalid(f"{_shown(text)} has the unknown scheme {word}:; known are {known}")
    scheme, rest = Scheme(word), found[2] if found else text
    name, mark, revision = rest.partition(_mark(scheme))
    if mark and not revision:
        raise ReferenceInvalid(
            f"{_shown(text)} has an empty revision; drop the {mark} or add a branch, tag or commit"
        )
    return _named(scheme, name, revision or None, text)


def _mark(scheme: Scheme) -> str:
    """Return what stands between a name and its revision."""
    return ":" if scheme is Scheme.OLLAMA else "@"


def _named(scheme: Scheme, name: str, revision: str | None, text: str) -> Reference:
    """Check `name` against the rules of its hub; `text` is what the user wrote, for the message."""
    if revision is not None and not _REVISION.fullmatch(revision):
        raise ReferenceInvalid(f"{_shown(text)} has a revision that no branch, tag or commit has")
    if scheme is Scheme.HUGGINGFACE:
        return _hub(name, revision, text)
    pattern, right = _IDS[scheme]
    if not pattern.fullmatch(name) or (scheme is Scheme.CATALOG and revision is not None):
        raise ReferenceInvalid(f"{_shown(text)} is not a {scheme}: reference; write {right}")
    return Reference(scheme, name, revision)


def _hub(name: str, revision: str | None, text: str) -> Reference:
    dataset = name.startswith("datasets/")
    kind, name = RepoKind.DATASET if dataset else RepoKind.MODEL, name.removeprefix("datasets/")
    first, *others = name.split("/")
    if first == "" or _RESERVED.fullmatch(first):
        _refuse_page(first, text)
    if len(others) > 1:
        count = len(others) + 1
        raise ReferenceInvalid(f"{_shown(text)} has {count} segments, not two; {_FORMS}")
    if not _HF_ID.fullmatch(name):
        raise ReferenceInvalid(
            f"{_shown(text)} is no hub id: each part has 1 to 96 of A-Z a-z 0-9 . _ -, without "
            "-- or .., and . or - at neither end, nor .git; write org/name"
        )
    return Reference(Scheme.HUGGINGFACE, name, revision, kind)


def _refuse_page(first: str, text: str) -> NoReturn:
    if first == "spaces":
        raise ReferenceInvalid(
            f"{_shown(text)} is a Space, an app; name the model or dataset it runs: "
            "org/name or datasets/org/name"
        )
    raise ReferenceInvalid(f"{_shown(text)} names no model or dataset; {_FORMS}")


def _url(url: str) -> Reference:
    """Read a page or file URL; its user information, query and fragment play no part."""
    try:
        split = urlsplit(url)
        host = (split.hostname or "").removeprefix("www.") + (
            f":{split.port}" if split.port else ""
        )
    except ValueError as error:
        # The reason quotes the URL, with the password it may hold.
        raise ReferenceInvalid(f"the URL cannot be read; {_FORMS}") from error
    if host not in _HOSTS:
        raise ReferenceInvalid(
            f"{_shown(host)} is no host openaudit reads; for a hub of your own write "
            "org/name --hub URL, for a file its path"
        )
    parts = [unquote(p) for p in split.path.split("/") if p]
    text = f"{host}/{'/'.join(parts)}"
    if _CONTROL.search(text):
        raise ReferenceInvalid(f"{_shown(text)} holds control characters; {_FORMS}")
    if host in _OLLAMA_HOSTS:
        name, _, tag = "/".join(parts).removeprefix("library/").partition(":")
        return _named(Scheme.OLLAMA, name, tag or None, text)
    if host in _MS_HOSTS and parts[:1] != ["models"]:
        raise ReferenceInvalid(f"{_shown(text)} names no model; write ms:org/name")
    if host in _MS_HOSTS:
        return _page(Scheme.MODELSCOPE, parts[1:3], parts[3:], text)
    if host in _HF_HOSTS:
        head = 3 if parts[:1] == ["datasets"] else 2
        return _page(Scheme.HUGGINGFACE, parts[:head], parts[head:], text)
    return _page(Scheme.GITHUB, parts[:2], parts[2:], text)


def _page(scheme: Scheme, name: list[str], tail: list[str], text: str) -> Reference:
    """Read the path of a URL: a repository's `name` and what the page shows of it."""
    revision = None
    match tail:
        case ["tree" | "blob" | "resolve" | "raw" | "blame" | "commits" | "commit", *at] if at:
            whole = at[0] == "refs" and len(at) > 2  # noqa: PLR2004  # refs/pr/N is one name
            revision = "/".join(at[:3]) if whole else at[0]
        case [tab, *_] if tab not in _TABS:
            name = name + tail
        case _:
            pass
    return _named(scheme, "/".join(name).removesuffix(".git"), revision, text)


def _shown(text: str) -> str:
    """Return `text` quoted, on one line and short enough for a message."""
    return repr(text if len(text) <= 80 else f"{text[:77]}...")  # noqa: PLR2004  # one line
