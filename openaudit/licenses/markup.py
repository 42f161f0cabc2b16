"""Markup that says something which is not among the words of a text, or takes words back.

`normalize` drops tags with what stands in them, and the targets of links within the page. A reader
of the page may see it all the same (an `alt`, a `title`), or not see words that are there (what is
hidden or struck out). Attributes that only lay out a page are listed here; any other one speaks.
"""

import re
from typing import Final

from openaudit.licenses.normalize import ANCHOR, LINK, TAG, words

_LAYOUT: Final = frozenset({
    "align", "border", "cellpadding", "cellspacing", "charset", "class", "clear", "cols", "colspan",
    "compact", "dir", "face", "height", "http-equiv", "id", "lang", "name", "nowrap", "rel", "role",
    "rowspan", "rows", "rules", "scope", "size", "start", "tabindex", "target", "type", "valign",
    "width", "xml:lang", "xmlns",
})  # fmt: skip
_ATTRIBUTE = re.compile(
    r"\s*(?P<name>[^\s\"'<>/=]+)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+)))?\s*"
)
_TITLED = re.compile(r"\s\"(?P<title>[^\"]*)\"\)$")
_VALUE = re.compile(r"[^A-Za-z\u0080-\U0010ffff]*|true|false", re.IGNORECASE)
_CHARSET = re.compile(r"text/html; ?charset=[\w-]+", re.IGNORECASE)
_ONE_ADDRESS = re.compile(r"\s*\S*\s*")
_PROPERTIES = re.compile(
    r"(?:margin|padding|border|list-style|page-break|mso|font-(?:family|weight|style|variant)"
    r"|text-(?:align|justify)|line-height|vertical-align|white-space|max-width|float|clear"
    r"|tab-stops|orphans|widows|break-(?:after|before|inside))(?:-[a-z-]+)?"
)
_PLAIN: Final = {
    "color": re.compile(
        r"#(?:[0-7][0-9a-f]){3}|#[0-7]{3}|black|blue|green|navy|red|windowtext|inherit|initial"
    ),
    "font-size": re.compile(
        r"[1-9]\d(?:\.\d+)?(?:pt|px)|[6-9](?:\.\d+)?pt|[5-9]\d%|1\d\d%|(?:0?\.[6-9]|[1-9])\d*r?em"
        r"|small|smaller|medium|larger?|inherit|initial"
    ),
    "text-decoration": re.compile(r"none|underline"),
    "text-indent": re.compile(r"-?\d{1,2}(?:\.\d+)?(?:pt|px|in|cm|em)?"),
    "width": re.compile(r"[1-9]\d*(?:\.\d+)?(?:%|px|pt|em)?|auto"),
    "display": re.compile(r"block|inline|inline-block|table-cell|flex"),
}
_NEGATIVE = re.compile(r"-\s*(?:\d{3}|\d+\s*(?:em|in|vw|vh|%))")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARK: Final = 3
"""Letters of a name within the page that are no word: `s3`, `top`, `_ftn1`."""
_TAG_NAME = re.compile(r"</?[A-Za-z][A-Za-z0-9]*")


def speaks(markup: re.Match[str]) -> bool:
    """Say whether a match of one of the patterns of markup says or hides something."""
    if markup.re is TAG:
        return not _is_layout(markup[0])
    if markup.re is ANCHOR:
        return not _is_layout(markup[0][: markup[0].index(">") + 1]) or _says_more(
            markup["url"], markup["text"]
        )
    if markup.re is LINK:
        titled = _TITLED.search(markup[0])
        return _says_more(markup["url"], markup["text"]) or bool(titled and words(titled["title"]))
    return False


def _says_more(target: str, shown: str) -> bool:
    """Say whether a place within the page is called by words that the link does not show."""
    if not target.startswith("#"):
        return False
    known = set(words(shown))
    return any(len(w) > _MARK and _LETTERS.search(w) and w not in known for w in words(target))


def _is_layout(tag: str) -> bool:
    """Say whether a tag has only attributes that say nothing and hide nothing."""
    name = _TAG_NAME.match(tag)
    at = name.end() if name else 0
    end = len(tag) - (2 if tag.endswith("/>") else 1)
    seen: set[str] = set()
    while at < end:
        found = _ATTRIBUTE.match(tag, at, end)
        if found is None:
            return not tag[at:end].strip()
        attribute = found["name"].lower()
        if attribute in seen or not _is_quiet(attribute, _value(found)):
            return False
        seen.add(attribute)
        at = found.end()
    return True


def _value(found: re.Match[str]) -> str:
    return next((v for v in (found["double"], found["single"], found["bare"]) if v is not None), "")


def _is_quiet(attribute: str, value: str) -> bool:
    if attribute == "style":
        return all(map(_is_plain, value.split(";")))
    if attribute == "color":
        return bool(_PLAIN["color"].fullmatch(value.strip().lower()))
    if attribute == "href":
        return bool(_ONE_ADDRESS.fullmatch(value))  # of several words, only the first is read
    if attribute == "content":
        return bool(_CHARSET.fullmatch(value))
    if attribute.startswith(("data-", "aria-")):
        return bool(_VALUE.fullmatch(value))
    return attribute in _LAYOUT


def _is_plain(declaration: str) -> bool:
    """Say whether a declaration of a style leaves the words to be seen as they are."""
    name, _, value = declaration.lower().partition(":")
    name, value = "".join(name.split()), value.replace("!important", "").strip()
    if not name or name in _PLAIN:
        return not name or bool(_PLAIN[name].fullmatch(value))
    return bool(_PROPERTIES.fullmatch(name)) and not _NEGATIVE.search(value) and "(" not in value
