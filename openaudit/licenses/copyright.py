"""Copyright lines: the one part of a standard text that every copy has for itself.

The grammar is strict, because whatever it accepts is ignored when texts are compared: a sign,
years, and the names of holders. A name is capitalized or one of a few joining words, or the handle
of one person or company alone after the year, and holds no word that says what somebody may, must,
owns or pays; a line that holds one stays in the text. Those
words are known in English and, for the commonest bans, in five more languages; names in scripts
without capitals are never accepted.
"""

import re
from collections.abc import Sequence
from typing import Final

_SIGN = re.compile(r"(?:copyrights?\b|\(c\)|©|\s|:)+", re.IGNORECASE)
_HAS_SIGN = re.compile(r"copyright\b|©|\(c\)\s*\d{4}", re.IGNORECASE)
_YEARS = re.compile(
    r"(?:(?:19|20)\d\d(?:\s*(?:[-\u2013\u2014]|to)\s*(?:present|now|\d{3}x|\d{2,4}))?[\s,;.]*)+",
    re.IGNORECASE,
)
_SIGNS: Final = ("copyright", "\u00a9", "(c)", "rights reserved")
_MARKS = re.compile(r"[\s*`]+")
_RESERVED = re.compile(r"[\s,;.]*\ball rights reserved\b[\s.!]*$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"[<\[{](?P<name>[a-z][a-z' -]{2,40})[>\]}]", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[<(]?(?:https?://[\w./~-]+|[\w.+-]+@[\w.-]+\.\w+|(?:www\.)?[\w-]+\.(?:org|com|ai|io|net))/?[>)]?"
)
_HOLDERS: Final = frozenset({
    "year", "years", "yyyy", "owner", "name of copyright owner", "name of author", "fullname",
    "name of copyright holder", "copyright holder", "copyright holders", "copyright owner",
    "copyright-holder", "name", "holder", "holders", "author", "full name",
})  # fmt: skip
_JOINING: Final = frozenset({
    "affiliates", "al", "and", "at", "author", "authors", "by", "community", "contributor",
    "contributors", "da", "de", "del", "der", "des", "developers", "di", "du", "et", "for",
    "group", "holders", "individual", "its", "la", "le", "members", "of", "others", "present",
    "project", "respective", "subsidiaries", "team", "the", "to", "van", "von", "y", "zu",
})  # fmt: skip
_SPEAKING: Final = re.compile(
    r"""(?:
    all|any|are|as|be|but|can|cannot|claim\w*|comply|consent\w*|except|fee|fees|if|is|it|may|must|
    never|no|non|none|not|only|or|own|owns|owned|paid|pay\w*|purpose\w*|rights?|sale|sell\w*|shall|
    should|solely|subject|term|terms|that|this|unless|under|until|we|who|will|with|without|you|your
    |academic|agree\w*|allow\w*|appl(?:y|ies)|assign\w*|authori[sz]\w*|ban\w*|bound|commerc\w*
    |condition\w*|contact\w*|cop(?:y|ies)|den(?:y|ied|ies)|derivative\w*|disallow\w*|distribut\w*
    |embargo\w*|evaluat\w*|exclu[ds]\w*|forbid\w*|forbad\w*|grant\w*|higher
    |infring\w*|keep\w*|licen[cs]\w*|limit\w*|military|modif\w*|need\w*|noncommerc\w*|output\w*
    |patent\w*|permi\w*|personal\w*|private|prohib\w*|propriet\w*|publish\w*|redistrib\w*|refer\w*
    |refus\w*|remain\w*|require\w*|reserv\w*|restrict\w*|retain\w*|revo[ck]\w*|royalt\w*|secret\w*
    |share\w*|sublicen\w*|terminat\w*|train\w*|us(?:e[ds]?|er|ers|ing|age)|valid\w*|void\w*|warrant\w*
    |apenas|aucun\w*|com[mé]r[cz]\w*|comerc\w*|forsch\w*|interdit\w*|investigac\w*|kein\w*|kommerz\w*
    |nicht|nur|pesquisa\w*|prohibid\w*|proibid\w*|recherche\w*|ricerc\w*|seul\w*|sin|sol[aeo]|s[oó]lo
    |somente|uniquement|unicamente|untersag\w*|verbot\w*|vietat\w*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What one lower-case word after the year may not be, beside a word of a sentence: it says who may
# use a thing, or how, and is no handle.
_TELLING: Final = re.compile(
    r"""(?:
    academ|alpha|beta|business|compan|confiden|consum|corporat|custom|demo|draft|educat|employ
    |enterpr|europe|expir|free|gratis|govern|hobb|home|human|individ|intern|invit|investig|learn
    |manag|member|non|nobod|obsolet|partner|people|preview|profess|profit|public|research|sample
    |scholar|school|scien|stud|subscri|teach|temporar|test|trial|unlicens|universit|void|volunt
    |akadem|etud|gratu|priv|wissen
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_HANDLE = re.compile(r"[a-z][\w-]{1,38}")
_AFFILIATES = re.compile(
    r",? (?:and/)?or (?:its|their) (?:affiliates|subsidiaries)"
    r"(?: (?:and|or) (?:its )?(?:affiliates|subsidiaries))?(?=[\s.,]*$)"
    r"|(?: by)? the original authors?(?: or authors|\(s\))?(?=[\s.,]*$)"
    r"| \(see (?:the )?(?:AUTHORS|CONTRIBUTORS)(?: file)?\)(?=[\s.,]*$)"
)
_MODALS: Final = frozenset({"Will", "May", "Can"})
_PROJECT = re.compile(
    r"\b(?:[Tt]he|and) (?P<name>[a-z][\w.-]*) "
    r"(?=(?:authors|community|contributors|developers|project|team)\b)"
)
_PURPOSE = re.compile(r"\bfor (?=\w)", re.IGNORECASE)
_INSTITUTE = re.compile(
    r"\b(?:academy|agency|association|cent(?:er|re)|council|foundation|institute|laborator(?:y|ies)|labs?"
    r"|school|society) for $",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r"(?:[,;&-]|\(c\)|\u00a9|\b(?:all|all rights|and|by|copyright|for|of|the))\s*$", re.IGNORECASE
)
_STOP = re.compile(r"(?P<before>[\w-]+)[)\"']?\.(?=[\s,]|$),?")
_COMPANY: Final = frozenset({
    "ab", "ag", "co", "corp", "corporation", "company", "gmbh", "inc", "incorporated", "limited",
    "llc", "llp", "ltd", "plc", "pte", "pty", "sa", "sarl", "srl",
})  # fmt: skip
_TITLES: Final = frozenset({"dr", "jr", "mr", "mrs", "ms", "prof", "sr", "st"})
_BETWEEN = re.compile(r"[\W_]+")
_BRACKETED: Final = 2
_AROUND: Final = " \t\r\n\ufeff*#/;>|_-"
_NOT_BREAK = re.compile(r"[^\r\n]")
_HEAD: Final = 2
_MOST_LINES: Final = 4
_MOST_NOTICES: Final = 5_000
_MOST_WORDS: Final = 12
_LONGEST: Final = 300
_FULL: Final = 45
"""Characters of a line that may have been broken for its length alone."""


def without_copyright(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return `text` with its copyright lines blanked, at equal length, and where these stood.

    Such a line opens a paragraph or follows one that does; the head of a file (its first two
    paragraphs) may hold them on any line. A line in the middle of a sentence stays, and so does
    what comes after very many such lines.
    """
    lowered = text.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return text, ()
    lines = text.splitlines(keepends=True)
    kept: list[str] = []
    dropped: list[tuple[int, int]] = []
    paragraph, opening, start, number, looked_at = 0, True, 0, 0, 0
    while number < len(lines):
        part, size = lines[number], 1
        if not part.strip("\ufeff \t\r\n"):
            opening, paragraph = True, paragraph + (not opening)
        elif (opening or paragraph < _HEAD) and _may_be_notice(part):
            if looked_at == _MOST_NOTICES:
                kept += lines[number:]
                break
            looked_at += 1
            if notice := _notice_lines(lines, number):
                part, size = "".join(lines[number : number + notice]), notice
                dropped.append((start, start + len(part.rstrip())))
                part = _NOT_BREAK.sub(" ", part)
            else:
                opening = False
        else:
            opening = False
        kept.append(part)
        start += len(part)
        number += size
    return "".join(kept), tuple(dropped)


def is_wrapped(line: str) -> bool:
    """Say whether a copyright line goes on after this one: it breaks off, or the page is full."""
    return len(line.rstrip()) >= _FULL or bool(line.strip() and _RUNS_ON.search(line))


def is_copyright_line(line: str) -> bool:
    """Say whether the whole line is sign, years and names, or only reserves all rights."""
    rest = _MARKS.sub(" ", line).lstrip(_AROUND).rstrip(_AROUND.replace(">", ""))
    if len(rest) > _LONGEST:
        return False
    if _RESERVED.fullmatch(rest):
        return True
    if not _HAS_SIGN.match(rest):
        return False
    rest = _RESERVED.sub("", rest)
    rest = _PLACEHOLDER.sub(_known_placeholder, rest)
    rest, years = _YEARS.subn(" ", _SIGN.sub(" ", _AFFILIATES.sub("", rest), count=1))
    rest = _SIGN.sub(" ", _ADDRESS.sub(_plain_address, rest))
    if _is_names(rest):
        return True
    return years > 0 and len(line.strip(_AROUND).splitlines()) == 1 and _is_handle(rest)


def _may_be_notice(line: str) -> bool:
    start = line.strip(_AROUND)
    return len(start) <= _LONGEST and bool(_HAS_SIGN.match(start) or _RESERVED.match(start))


def _notice_lines(lines: Sequence[str], first: int) -> int:
    """Return how many lines a copyright line takes that is wrapped; 0 where there is none."""
    found = 0
    for size in range(1, min(_MOST_LINES, len(lines) - first) + 1):
        if is_copyright_line("".join(lines[first : first + size])):
            found = size
        if not _RUNS_ON.search(lines[first + size - 1]):
            break
    return found


def _known_placeholder(found: re.Match[str]) -> str:
    return " " if found["name"].casefold() in _HOLDERS else found[0]


def _is_names(rest: str) -> bool:
    """Say whether what is left can only be names: a sentence would need a word of `_SPEAKING`."""
    if any(not _may_end_a_name(found, rest) for found in _STOP.finditer(rest)):
        return False
    if any(not _INSTITUTE.search(rest[: found.end()]) for found in _PURPOSE.finditer(rest)):
        return False
    tokens = re.findall(r"[^\s,;.&/()<>\"'+|-]+", _PROJECT.sub(_known_project, rest))
    if len(tokens) > _MOST_WORDS:
        return False
    return all(_is_name(token, first=not at) for at, token in enumerate(tokens))


def _is_handle(rest: str) -> bool:
    """Say whether what follows the years is one lower-case name, perhaps of a company."""
    handle, *form = rest.strip(_AROUND + ",.").replace(",", " ").split() or [""]
    if not _HANDLE.fullmatch(handle) or handle in _JOINING or handle.casefold() in _COMPANY:
        return False
    if any(w.strip(".").casefold() not in _COMPANY for w in form):
        return False
    return not says_who(handle)


def says_who(name: str) -> bool:
    """Say whether a word of what may be a name says who may use a thing, or how."""
    return any(_SPEAKING.fullmatch(w) or _TELLING.match(w) for w in _BETWEEN.split(name))


def _known_project(found: re.Match[str]) -> str:
    spoken = any(map(_SPEAKING.fullmatch, _BETWEEN.split(found["name"])))
    return found[0] if spoken else " "


def _plain_address(found: re.Match[str]) -> str:
    """Return a space, or a word that speaks for an address that does: in its path or mailbox."""
    address = found[0].partition("://")[2] or found[0]
    mailbox, _, host = address.rpartition("@")
    words = _BETWEEN.split(mailbox) if mailbox else _BETWEEN.split(host.partition("/")[2])
    # One word is the name of a mailbox, whatever it means elsewhere.
    spoken = any(map(_SPEAKING.fullmatch, words)) and not (mailbox and len(words) <= _BRACKETED)
    return " you " if spoken else " "


def _may_end_a_name(stop: re.Match[str], rest: str) -> bool:
    """Say whether a name goes on after a full stop: an initial, a company form, nothing."""
    before, after = stop["before"], rest[stop.end() :].strip(_AROUND + ".,")
    if not after or len(before) == 1 or before.casefold() in _TITLES:
        return True
    following = re.match(r"[^\s,;.]+", after)
    joined = following is not None and (
        following[0] in _JOINING or following[0].casefold() in _COMPANY
    )
    return joined or (before.casefold() in _COMPANY and rest[stop.end() - 1] == ",")


def _is_name(token: str, *, first: bool) -> bool:
    if _SPEAKING.fullmatch(token) and not (first and token in _MODALS):
        return False
    return token[0].isupper() or token in _JOINING or token.isdigit()
