"""The lines of a text, with what their beginnings say: indent, bullet, number."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.model.frozen import frozen

_LONGEST_PREFIX: Final = 300  # a line of nothing but asterisks is no bullet
_PREFIX: Final = re.compile(
    r"(?P<indent>[ \t\u00a0\u3000]*)"
    r"(?P<mark>(?:[>#*\-+\u2022\u25cf\u25e6\u25aa\u00b7\u30fb|\u2013\u2014]+[ \t\u00a0\u3000]+"
    r"|\*\*|#+)*)"
)
_BULLETS: Final = frozenset("*-+\u2022\u25cf\u25e6\u25aa\u00b7\u30fb\u2013\u2014")
_CHINESE: Final = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
_TEN: Final = "\u5341"
CHINESE_NUMBER: Final = rf"(?:[{_CHINESE}]?{_TEN}[{_CHINESE}]?|[{_CHINESE}])"
_CIRCLED: Final = 0x245F  # the character before the circled one
_MARKER: Final = re.compile(
    r"(?P<dotted>[1-9]\d?(?:\.\d{1,2}){1,4})\\?[.:)]?(?=\s|$|(?!\u7248)[\u4e00-\u9fff])"
    r"|(?P<open>[(\uff08]?)\s?(?P<number>\d{1,2})\s?\\?(?P<close>[.)]\)?|[\uff0e\u3001\uff09])"
    r"(?=\s|[A-Z\"\u201c*\u3010\u300a\u4e00-\u9fff]|$)"
    r"|(?P<open2>\(?)(?P<letter>[ivx]{1,5}|[IVX]{1,5}|[a-zA-Z])\\?(?P<close2>[.)]\)?)(?=\s|\*|$)"
    # An article, unless the line goes on like a reference to one.
    rf"|(?P<article>\u7b2c\s?(?P<nth>{CHINESE_NUMBER}|\d{{1,2}})\s?\u6761)"
    r"(?![\u7684\u89c4\u6b3e\u9879\u6240\u4e4b\u53ca\u548c\u4e0e\u6216\u81f3\uff0c\u3002\uff1b\uff09\u7b2c])"
    rf"|(?P<open3>[(\uff08]?)\s?(?P<chinese>{CHINESE_NUMBER})\s?(?P<close3>[.)\uff0e\u3001\uff09])"
    r"|(?P<circled>[\u2460-\u2473])"
)
_NARROW: Final = str.maketrans("\uff08\uff09\uff0e\u3001", "()..")
_CAPTION: Final = re.compile(r"\W*[A-Z][^.;:]{2,70}[.:](?: +|$)(?=[\"'\u201c(]?[A-Z]|$)")
ROMAN: Final = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)


@frozen
class Line:
    """One line that is not blank. Offsets and `text` are without indent, bullet and hashes.

    `gap`: a blank line comes before it.
    """

    start: int
    end: int
    indent: int
    text: str
    bullet: bool
    hash: bool
    gap: bool


@frozen
class Reading:
    """One way to read a marker: "i." is the first of the Roman numbers or the ninth letter."""

    style: str
    value: int
    printed: str


@frozen
class Marker:
    """The number of a line: printed in full (`dotted`, "3.1"), or one level with its readings.

    `length` is that of the marker; `captioned` says that a short title follows it.
    """

    length: int
    dotted: str
    readings: tuple[Reading, ...]
    captioned: bool


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that are not blank."""
    gap = True
    for found in re.finditer(r"[^\r\n]+", text):
        raw = found[0]
        gap = gap or text[max(0, found.start() - 4) : found.start()].count("\n") > 1
        prefix = _PREFIX.match(raw, 0, _LONGEST_PREFIX)
        if prefix is None:  # it cannot be: the pattern matches the empty string
            continue
        body = raw[prefix.end() :].rstrip()
        if not body:
            gap = True
            continue
        mark = prefix["mark"]
        hashed = "#" in mark
        bullet = bool(mark) and not hashed and not _BULLETS.isdisjoint(mark.replace("**", ""))
        start = found.start() + prefix.end()
        indent = len(prefix["indent"].expandtabs(8)) if prefix["indent"] else 0
        yield Line(start, start + len(body), indent, body, bullet, hashed, gap)
        gap = False


def marker(line: Line) -> Marker | None:
    """Return the marker `line` begins with."""
    found = _MARKER.match(line.text)
    if found is None:
        return None
    readings = tuple(_readings(found))
    if not readings and not found["dotted"]:
        return None  # Roman letters that are no number, or one too high: "xxi.", "(vx)"
    captioned = bool(_CAPTION.match(line.text, found.end()))
    return Marker(found.end(), found["dotted"] or "", readings, captioned)


def _readings(found: re.Match[str]) -> Iterator[Reading]:
    if article := found["article"]:
        yield Reading("article", chinese_value(found["nth"]), article)
    elif chinese := found["chinese"]:
        style = f"{found['open3']}{_CHINESE[0]}{found['close3']}".translate(_NARROW)
        yield Reading(style, chinese_value(chinese), chinese)
    elif circled := found["circled"]:
        yield Reading("circled", ord(circled) - _CIRCLED, circled)
    elif number := found["number"]:
        style = f"{found['open']}1{found['close']}".translate(_NARROW)
        yield Reading(style, int(number), number)
    elif letter := found["letter"]:
        lower = letter.lower()
        roman, plain = ("i", "a") if letter.islower() else ("I", "A")
        before, after = found["open2"], found["close2"]
        if lower in ROMAN:
            yield Reading(f"{before}{roman}{after}", ROMAN.index(lower) + 1, letter)
        if len(letter) == 1:
            yield Reading(f"{before}{plain}{after}", ord(lower) - ord("a") + 1, letter)


def chinese_value(printed: str) -> int:
    """Return the number below a hundred that is printed in Chinese or in digits."""
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.rpartition(_TEN)
    value = _CHINESE.index(ones) + 1 if ones else 0
    return value + 10 * (_CHINESE.index(tens) + 1 if tens else bool(ten))
