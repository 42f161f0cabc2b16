"""What is said without words changes no digest, and keeps a text from being exact."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.licenses.identify import identify
from openaudit.licenses.normalize import digest
from openaudit.licenses.unspoken import unspoken
from openaudit.model.license import Cause, Match
from tests.licenses.made_up import BIRCH, LINDEN, index

SPEAKING = (
    '<img alt="Commercial use prohibited">',
    '<img src="ban.png">',
    '<p title="Not for companies">',
    '<a aria-label="study alone" href="#x">',
    '<div data-note="study alone">',
    '<meta content="study alone">',
    '<span style="text-decoration:line-through">',
    '<span style="display: none">',
    '<span style="visibility:hidden">',
    '<span style="font-size:0">',
    '<span style="color:#ffffff">',
    '<span style="position:absolute; left:-9999px">',
    '<span style="margin-left:-999em">',
    "<p hidden>",
    "<p not for companies>",
    '<p "not for companies">',
    "</p not for companies>",
    '<p class="a" class="not for companies">',
    "<a href='#x not for companies'>x</a>",
    '<a href="#not-for-companies"></a>',
    "[](#not-for-companies)",
    '[](#x "Not for companies")',
    "&#91;](#not-for-companies)",
    "[](#not-<br>\n for-companies)",
    '<i\N{SOFT HYPHEN}mg alt="Not for companies">',
    "\N{NOT EQUAL TO}",
    "&ne;",
    "\N{NOT SIGN}",
    "!=",
    "=/=",
    "\N{BALLOT X}",
    "\N{CROSS MARK}",
    "\N{NO ENTRY SIGN}\N{BANKNOTE WITH DOLLAR SIGN}",
    "\N{BRAILLE PATTERN DOTS-1345}\N{BRAILLE PATTERN DOTS-135}",
    "\U000e006e\U000e006f",
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{COMBINING LONG SOLIDUS OVERLAY}",
    "\N{COMBINING ENCLOSING CIRCLE BACKSLASH}",
    "\N{VARIATION SELECTOR-17}",
    "\N{NEGATIVE SQUARED LATIN CAPITAL LETTER N}\N{NEGATIVE SQUARED LATIN CAPITAL LETTER O}",
    "\x08",
    "\x1b",
    "\ue000",
    "\ufeff" * 3,
)
QUIET = (
    '<p align="center" class="a b" id="not-seen">',
    "<span style=\"color: black; text-align: left; margin: 0 3pt; font-family: 'A B', serif\">",
    '<font color="#333333" face="A B">',
    '<a name="x">',
    '<div data-line="3" aria-hidden="true">',
    "<br/>",
    "\N{DEGREE SIGN} \N{REGISTERED SIGN}",
    "\N{LEFT DOUBLE QUOTATION MARK}\N{EM DASH}\N{RIGHT DOUBLE QUOTATION MARK} \N{SECTION SIGN}",
    "\n\N{BLACK CIRCLE} ",
    "\n \N{RIGHTWARDS ARROW} ",
    "\n\N{BLACK STAR}\N{BLACK STAR}\N{BLACK STAR}\n",
    "\n\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{BOX DRAWINGS LIGHT HORIZONTAL}\n",
    "\N{SOFT HYPHEN}",
    "\n\ufeff",
    "\f",
    "&nbsp;&mdash;&reg;&bull;",
)


@pytest.mark.parametrize("sign", SPEAKING)
@pytest.mark.parametrize("place", ["start", "middle", "end"])
def test_what_is_said_without_a_word_is_quoted_among_what_was_added(sign: str, place: str) -> None:
    at = {"start": 0, "middle": BIRCH.index("change them"), "end": len(BIRCH)}[place]
    text = f"{BIRCH[:at]} {sign} {BIRCH[at:]}"

    [found] = identify(text, index()).found

    assert (found.id, found.match) == ("birch", Match.NEAR)
    assert found.added
    assert all(text[start:end].strip() in f" {sign} x " for start, end in found.added)


def test_a_sign_before_a_word_is_seen_though_it_is_of_plain_characters() -> None:
    for sign in ("!", "~", "! ", "~ "):
        assert not identify(BIRCH.replace("may run", f"may {sign}run"), index()).exact, sign


@pytest.mark.parametrize("sign", QUIET)
def test_layout_and_decoration_say_nothing(sign: str) -> None:
    at = BIRCH.index("change them")

    assert identify(f"{BIRCH[:at]}{sign}{BIRCH[at:]}", index()).exact
    assert unspoken(sign) == ()


@pytest.mark.parametrize(
    "text",
    [
        "See [Section 2](#section-2) and [the top](#top).",
        "Look at https://a.example/~user/x?a=b and ~/.cache!",
        "Hello! You may use it. (Really!)",
        "At least \N{GREATER-THAN OR EQUAL TO} 5 or \N{PLUS-MINUS SIGN}5",
        "# Birch \N{EN DASH} License\n=====\n\n| a | b |\n|---|---|\n",
        "e\N{COMBINING ACUTE ACCENT}t\N{COMBINING DIAERESIS}",
    ],
)
def test_ordinary_typography_says_nothing(text: str) -> None:
    assert unspoken(text) == ()


def test_a_text_of_the_right_words_says_why_it_is_not_exact() -> None:
    signs = identify(BIRCH.replace("may run", "may \N{NOT SIGN} run"), index()).found[0]
    beside = identify(f"{BIRCH}\n{LINDEN.replace('irrevocable', 'revocable')}", index()).found

    assert (signs.cause, signs.removed) == (Cause.SIGNS, ())
    assert [f.cause for f in beside] == [Cause.BESIDE, Cause.WORDS]
    assert "every word" in signs.unlike
    assert "something else" in beside[0].unlike
    assert identify(BIRCH, index()).found[0].cause is None


def test_in_a_card_only_the_section_of_the_license_counts() -> None:
    above = "# \N{ROCKET} Acme\n\nRun it <img src='a.png'>\n\n## \N{PAGE FACING UP} License"
    card = f"{above}\n\n{{}}\n## Use \N{ROCKET}\n"
    spoiled = BIRCH.replace("may run", "may \N{NOT SIGN} run")

    assert identify(card.format(BIRCH), index(), card=True).exact
    assert not identify(card.format(spoiled), index(), card=True).exact
    assert not identify(card.format(f"<img alt='No'>\n\n{BIRCH}"), index(), card=True).exact


@given(st.text(max_size=80), st.text(max_size=80))
def test_passages_are_in_order_apart_and_within_the_text(before: str, after: str) -> None:
    text = f"{before}<img alt='x'>[](#never-ever)&ne;{after}"

    found = unspoken(text)

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a[1] < b[0] for a, b in pairwise(found))


def test_the_digest_does_not_know_of_it() -> None:
    assert digest(f"may {SPEAKING[0]} use") == digest("may use")
