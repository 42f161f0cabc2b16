"""Which files of a release are texts an audit reads, and how bytes become such a text.

Chosen are, in the root and one directory below it: the card, and files named for a license,
policy or notice. Names come from strangers: they are matched and shown, never used as paths here.
"""

import codecs
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.frozen import frozen
from openaudit.model.release import SourceNote

MOST: Final = 12  # texts of one release; a repository with more keeps copies of others' licenses
_MOST_NAMED: Final = 10

_CARD: Final = re.compile(r"(?i)(?:readme|model[_-]?card)(?:\.(?:md|markdown|txt|rst))?")
_POLICY: Final = re.compile(
    r"(?is)(?:.*[_. -])?(?:(?:use|usage)[_ -]?polic(?:y|ies)|(?:acceptable|prohibited)[_ -]?uses?"
    r"|use[_ -]?restrictions?)(?:[_. -].*)?"
)
_LICENSE: Final = re.compile(r"(?is)(?:.*[_. -])?(?:un)?(?:licen[cs]es?|copying)(?:[_. -].*)?")
_TERMS: Final = re.compile(
    r"(?is)(?:(?:.*[_. -])?(?:eula|terms|terms[_ -](?:of|and|for)[_ -]\w+)"
    r"|(?:(?:user|use|usage|model|community|end[_ -]?user)[_ -])?agreement|(?:.*[_. -])?addendum)"
    r"(?:\.\w+)?"
)
"""Names of files that may bind beside a license or in its place."""
_NOTICE: Final = re.compile(r"(?i)(?:notices?|copyright)(?:[_. -].*)?")
_LICENSES_DIRECTORY: Final = re.compile(r"(?i)licen[cs]es?")
_PROSE: Final = frozenset({"", ".txt", ".md", ".markdown", ".rst", ".text", ".html", ".htm"})
_OFFICE: Final = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf"})
_OTHER: Final = re.compile(
    r"(?i)\.(?:py|ipynb|jsonl?|ya?ml|toml|cfg|ini|csv|tsv|parquet|arrow|xml|js|ts|css|sh|c|h|cc|cpp"
    r"|go|rs|java|png|jpe?g|gif|svg|webp|ico|bin|pt|pth|onnx|safetensors|gguf|zip|gz|tar|xz|map)"
)
_RANK: Final = {r: n for n, r in enumerate((Role.CARD, Role.LICENSE, Role.POLICY, Role.NOTICE))}
_JUNK: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE: Final = 10_000
POINTER: Final = b"version https://git-lfs.github.com/spec/"


@frozen
class Choice:
    """The texts to read, in order, and those that are known not to be readable."""

    names: tuple[tuple[str, Role], ...]
    missing: tuple[Missing, ...]


@frozen
class Read:
    """What the bytes of one file came to."""

    text: Document | Missing
    notes: tuple[SourceNote, ...] = ()


def role_of(name: str) -> Role | None:
    """Return what the file called `name` is for, None where an audit does not read it."""
    *above, base = name.split("/")
    if len(above) > 1 or not is_plain(name):
        return None
    suffix = _suffix(base)
    if _OTHER.fullmatch(suffix):
        return None
    if not above and _CARD.fullmatch(base):
        return Role.CARD
    if _POLICY.fullmatch(base) and suffix in _PROSE | _OFFICE:
        return Role.POLICY
    in_directory = bool(above) and _LICENSES_DIRECTORY.fullmatch(above[0])
    terms = _TERMS.fullmatch(base) and suffix in _PROSE | _OFFICE
    if _LICENSE.fullmatch(base) or terms or (in_directory and suffix in _PROSE):
        return Role.LICENSE
    return Role.NOTICE if _NOTICE.fullmatch(base) else None


def _suffix(name: str) -> str:
    """Return what `PurePath.suffix` does, in lower case; listings are long and paths are slow."""
    stem, _, end = name.rpartition("/")[2].rpartition(".")
    return f".{end.lower()}" if stem and end else ""


def is_plain(name: str) -> bool:
    """Tell whether `name` leads down from the root and holds nothing a terminal would obey."""
    parts = name.split("/")
    return name.isprintable() and "\\" not in name and not {"", ".", ".."} & {*parts}


def choose(names: Iterable[str], linked: Iterable[str] = ()) -> Choice:
    """Choose from a listing; `linked` are names in it that the card points to as its license."""
    roles = {n: r for n in sorted(set(names)) if (r := role_of(n))}
    roles |= dict.fromkeys(linked, Role.LICENSE)
    readmes = (n for n, r in roles.items() if r is Role.CARD and n.lower().startswith("readme"))
    for extra in sorted(readmes, key=lambda n: (n != "README.md", n.lower()))[1:]:
        del roles[extra]
    wanted = sorted(roles.items(), key=_rank)
    office = [(n, r) for n, r in wanted if _suffix(n) in _OFFICE]
    readable = [i for i in wanted if _suffix(i[0]) not in _OFFICE]
    many = f"not read: the release has more than {MOST} texts of its kind"
    unread = "it is not plain text; read it yourself"
    return Choice(
        tuple(readable[:MOST]),
        (
            *_bounded([Missing(n, r, Reason.NOT_TEXT, unread) for n, r in office]),
            *_bounded([Missing(n, r, Reason.FAILED, many) for n, r in readable[MOST:]]),
        ),
    )


def _bounded(missing: list[Missing]) -> list[Missing]:
    """Return the first of `missing`, and one that stands for all others."""
    named, others = missing[:_MOST_NAMED], missing[_MOST_NAMED:]
    roles = {m.role for m in others}
    return named + [
        Missing(f"and {len(others):,} more", role, others[0].reason, others[0].detail)
        for role in [r for r in Role if r in roles][:1]
    ]


def decode(name: str, role: Role, data: bytes, revision: str | None, *, truncated: bool) -> Read:
    """Make a document of the bytes of one file, or say that they are no text."""
    if truncated:
        data = _whole_characters(data)
    text, notes = _decoded(data), []
    if why := _not_text(data, text):
        return Read(Missing(name, role, Reason.NOT_TEXT, why))
    if truncated:
        limit = f"{len(data) / 1e6:.0f} MB" if len(data) >= 1_000_000 else f"{len(data)} bytes"  # noqa: PLR2004  # a megabyte
        notes.append(SourceNote("document-truncated", {"limit": limit}, name))
    if "\ufffd" in text and data != text.encode():
        notes.append(SourceNote("document-not-utf8", {}, name))
    digest = sha256(data).hexdigest()
    return Read(Document(name, role, text, digest, revision, truncated), tuple(notes))


def begins_as_card(data: bytes) -> bool:
    """Tell whether the bytes of a text begin with the mark that opens front matter."""
    return _decoded(data[:_SAMPLE]).lstrip("\ufeff \t\r\n").startswith("---")


def _rank(item: tuple[str, Role]) -> tuple[int, int, bool, str]:
    """Order texts; the README stands before other cards, for its front matter is what hubs read."""
    name, role = item
    other_card = role is Role.CARD and not name.lower().startswith("readme")
    return name.count("/"), _RANK[role], other_card, name


def _is_utf_16(data: bytes) -> bool:
    """Tell whether the mark of UTF-16 opens the text, as editors on Windows write it."""
    return data.startswith(_UTF_16) and not data.startswith(codecs.BOM_UTF32_LE)


def _decoded(data: bytes) -> str:
    return data.decode("utf-16" if _is_utf_16(data) else "utf-8", "replace")


def _whole_characters(data: bytes) -> bytes:
    """Return `data` without the beginning of a character that was cut at its end."""
    if _is_utf_16(data):
        data = data[: len(data) // 2 * 2]
        high = data[-1 if data.startswith(codecs.BOM_UTF16_LE) else -2]
        return data[:-2] if 0xD8 <= high <= 0xDB else data  # noqa: PLR2004  # half of a pair
    start = len(data.rstrip(bytes(range(0x80, 0xC0)))) - 1
    whole = start < 0 or len(data) - start > 4 or data[start] < 0xC0  # noqa: PLR2004  # UTF-8
    return data if whole or data[start:].decode("utf-8", "ignore") else data[:start]


def _not_text(data: bytes, text: str) -> str | None:
    if data.startswith(POINTER):
        return "it is a Git LFS pointer, not the file; run `git lfs pull`"
    if "\0" in text:
        return "it holds NUL bytes: binary, or not in UTF-8"
    sample = text[:_SAMPLE]
    # Bytes at random are seldom UTF-8, but nearly always UTF-16: that of no known characters.
    odd = sum(not (c.isprintable() or c.isspace()) for c in sample) if _is_utf_16(data) else 0
    if len(_JUNK.findall(sample)) * 4 > len(sample) or odd * 20 > len(sample):
        return "it is binary, or in another encoding than UTF-8"
    return None
