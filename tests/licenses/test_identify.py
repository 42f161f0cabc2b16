from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.licenses.collect import LicenseText
from openaudit.licenses.encode import encode
from openaudit.licenses.identify import identify
from openaudit.licenses.index import Index
from openaudit.model.license import Identification, Match
from tests.licenses.made_up import ALDER, ALDER_OLD, BIRCH, LINDEN, RULES, index

CARD = """\
---
license: other
---

# A model

| what | how much |
|---|---|
| layers | 12 |

## License

The weights come under these terms:

{license}

## Thanks

To everybody who only watched.
"""


def _exact(text: str, *, card: bool = False) -> tuple[str, ...]:
    found = identify(text, index(), card=card).found
    return tuple(i for f in found if f.match is Match.EXACT for i in (f.id, *f.also))


def _quotes(text: str, found: Identification) -> list[str]:
    return [text[start:end] for f in found.found for start, end in f.added]


def _without_title(text: str) -> str:
    return text.split("\n", 1)[1]


@pytest.mark.parametrize(
    "text",
    [
        BIRCH,
        _without_title(BIRCH),
        BIRCH.replace("2021 Birch Example Ltd.", "2026 Jane Doe and contributors"),
        BIRCH.replace("2021 Birch Example Ltd.", "2019, 2020,\n  2021 Jane Doe"),
        BIRCH.replace("Copyright (c) 2021 Birch Example Ltd.\n", ""),
        BIRCH.replace("\n", "\r\n"),
        BIRCH.replace("Birch License", "# BIRCH LICENSE"),
        "\ufeff" + BIRCH,
        " ".join(BIRCH.split()),
        " ".join(_without_title(BIRCH).split("\n")[3:]),
    ],
)
def test_layout_title_and_copyright_line_do_not_change_what_a_text_is(text: str) -> None:
    assert _exact(text) == ("birch",)


@pytest.mark.parametrize(
    "text",
    [
        BIRCH + "\nFor research only.\n",
        "Not for companies.\n\n" + BIRCH,
        BIRCH.replace("may run them", "may not run them"),
        BIRCH.replace("for money or for", "for"),
        BIRCH.replace("1.5", "15"),
        BIRCH.replace("euros", "dollars"),
        BIRCH.replace("2. The giver", "The giver"),
        BIRCH.replace("2021 Birch Example Ltd.", "2026 Birch owns all outputs."),
        BIRCH.replace("2021 Birch Example Ltd.", "2026 Birch. Research use only."),
        BIRCH.replace("Birch License\n", "License: research use\n"),
        BIRCH.replace("Birch License\n", "Birch License (modified)\n"),
        BIRCH[: len(BIRCH) * 6 // 10],
        BIRCH + BIRCH + "Not for companies.",
        "",
        "Birch License",
    ],
)
def test_a_text_with_any_other_word_is_not_exact(text: str) -> None:
    assert _exact(text) == ()


def test_editions_that_differ_in_a_word_are_told_apart() -> None:
    assert _exact(ALDER) == ("alder-2025",)
    assert _exact(ALDER_OLD) == ("alder-2024",)


def test_the_date_of_one_edition_over_the_text_of_another_is_neither() -> None:
    assert _exact(ALDER.replace("May 5, 2025", "May 5, 2024")) == ()


def test_an_appendix_may_be_left_out_but_not_cut() -> None:
    end = LINDEN.index("How to put")

    assert _exact(LINDEN[:end]) == ("linden-1",)
    assert _exact(LINDEN[: LINDEN.index("END OF")]) == ("linden-1",)
    assert _exact(LINDEN[: LINDEN.index("and place")]) == ()


def test_identical_texts_give_every_id() -> None:
    twins = Index.read(encode([LicenseText(i, ("Birch License",), BIRCH) for i in ("two", "one")]))

    [found] = identify(BIRCH, twins).found

    assert (found.id, found.also) == ("one", ("two",))


def test_a_title_that_only_one_of_two_same_texts_has_tells_which() -> None:
    other = BIRCH.replace("Birch License", "Beech License")
    texts = [LicenseText("birch", ("Birch License",), BIRCH), LicenseText("beech", (), other)]
    known = Index.read(encode([texts[0], replace(texts[1], names=("Beech License",))]))

    assert identify(BIRCH, known).ids == {"birch"}
    assert identify(other, known).ids == {"beech"}
    assert identify(_without_title(BIRCH), known).ids == {"birch", "beech"}
    assert not identify(other.replace("Beech", "Elm"), known).exact


def test_a_near_text_shows_what_was_added_where() -> None:
    clause = "No tender serves them to more than 5 million people a month."
    text = LINDEN.replace("3. What tenders owe", f"{clause}\n\n3. What tenders owe")

    found = identify(text, index())

    assert found.main is not None
    assert (found.main.id, found.main.match) == ("linden-1", Match.NEAR)
    assert _quotes(text, found) == [clause.rstrip(".")]
    assert found.main.removed == ()
    assert 0.9 < found.main.similarity < 1


def test_a_near_text_shows_what_was_removed() -> None:
    clause = "(c) Nobody uses the name of the planter to praise a graft without asking first.\n"
    before = len(LINDEN[: LINDEN.index(clause)].split("1. Words", 1)[1].split())

    found = identify(LINDEN.replace(clause, ""), index()).main

    assert found is not None
    assert found.match is Match.NEAR
    assert found.added == ()
    [removed] = found.removed
    assert removed.words == len(clause.split())
    assert removed.position > before


def test_an_excerpt_names_every_text_that_it_may_be_of() -> None:
    found = identify(LINDEN[LINDEN.index("1. Words") : LINDEN.index("(b)")], index()).main

    assert found is not None
    assert {found.id, *found.also} == {"linden-1", "linden-2"}
    assert found.match is Match.NEAR


def test_two_licenses_in_one_file_are_found_with_their_places() -> None:
    text = f"{BIRCH}\n-----\n\n{ALDER}"

    found = identify(text, index())

    assert [f.id for f in found.found] == ["birch", "alder-2025"]
    assert found.exact
    first, second = found.found
    assert text[first.start : first.end].startswith("Birch License")
    assert text[second.start : second.end].startswith("ALDER TERMS OF USE")
    assert text[second.start : second.end].endswith("permission")


def test_one_word_between_two_licenses_spoils_both() -> None:
    found = identify(f"{BIRCH}\nResearchers:\n\n{ALDER}", index())

    assert [f.match for f in found.found] == [Match.NEAR, Match.NEAR]


def test_a_changed_license_beside_a_whole_one_spoils_both() -> None:
    found = identify(f"{BIRCH}\n{LINDEN.replace('irrevocable', 'revocable')}", index())

    assert [f.match for f in found.found] == [Match.NEAR, Match.NEAR]


@pytest.mark.parametrize("license_text", [BIRCH, LINDEN, " ".join(BIRCH.split())])
def test_a_card_may_say_more_around_a_license(license_text: str) -> None:
    text = CARD.format(license=license_text)

    assert identify(text, index(), card=True).exact
    assert not identify(text, index()).exact


@pytest.mark.parametrize(
    "license_text",
    [
        BIRCH.replace("may run them", "may not run them"),
        BIRCH.rstrip() + " This holds for research only.",
        BIRCH.rstrip() + "\nThis holds for research only.",
        BIRCH.replace("1. The giver of the weights promises nothing about them.\n", ""),
    ],
)
def test_a_changed_license_in_a_card_is_not_exact(license_text: str) -> None:
    assert _exact(CARD.format(license=license_text), card=True) == ()


@pytest.mark.parametrize(
    ("section", "added"),
    [
        ("## License\n\nBirch License (for hobbyists)\n\n{body}", "for hobbyists"),
        ("## License\n\nLicense: study alone\n\n{body}", "study alone"),
        ("## Birch License, study edition\n\n{body}", "study edition"),
        ("## License (hobbyists)\n\n{body}", "hobbyists"),
        ("## License\n\n{body}\n\nVoid for whoever employs ten people.", "Void for whoever"),
        ("## License\n\n```\n{body}\n```\n\nStudents alone.\n\nSee above.", "Students alone"),
        ("License\n-------\n\nHobbyists, read this.\n\n{body}", "Hobbyists"),
    ],
)
def test_words_in_the_section_of_a_license_in_a_card_are_added(section: str, added: str) -> None:
    body = BIRCH.split("\n\n", 1)[1].strip()
    text = f"# Acme\n\nText.\n\n{section.format(body=body)}\n\n## Use\n\nRun it.\n"

    found = identify(text, index(), card=True)

    assert not found.exact
    assert any(added in quote for quote in _quotes(text, found))
    assert not any("Run it" in quote for quote in _quotes(text, found))


@pytest.mark.parametrize(
    "above",
    [
        "## License\n\nThis model is released under the Birch License:",
        "## License information and citation",
        "<h2>Model License</h2>",
        "## Terms of Use\n\n### The Birch License",
        "## License of the weights\n\nSee below.",
    ],
)
def test_a_sentence_that_says_which_license_follows_adds_nothing(above: str) -> None:
    assert identify(f"# Acme\n\n{above}\n\n{BIRCH}\n## Use\n", index(), card=True).exact


def test_a_prompt_in_front_matter_is_read_like_a_card() -> None:
    folded = "\n  ".join(LINDEN.replace("'", "''").split("\n\n"))
    text = f"---\nextra_gated_prompt: '{folded}'\nextra_gated_fields:\n  Name: text\n---\n# Model\n"

    assert identify(text, index(), card=True).exact


def test_a_text_nobody_knows_has_no_license_and_perhaps_a_nearest_one() -> None:
    found = identify("Whoever plants a tree may use this for a year. " * 3, index())

    assert found.found == ()
    assert found.main is None
    assert not found.exact


def test_a_few_sentences_of_a_license_are_not_that_license() -> None:
    prose = "The house has a roof and a door. " * 30
    text = prose + LINDEN[LINDEN.index("4. What nobody") : LINDEN.index("END OF")] + prose

    found = identify(text, index())

    assert found.found == ()
    assert found.nearest is not None
    assert found.nearest.id in {"linden-1", "linden-2"}


def test_a_use_policy_is_identified_like_a_license() -> None:
    assert _exact(RULES) == ("alder-rules",)


def test_the_copyright_lines_that_were_ignored_are_told() -> None:
    found = identify(BIRCH, index())

    assert [BIRCH[start:end] for start, end in found.ignored] == [
        "Copyright (c) 2021 Birch Example Ltd."
    ]


@given(at=st.integers(0, 70), word=st.sampled_from(["not", "only", "never", "5", "unless"]))
def test_a_word_put_in_anywhere_is_noticed_and_quoted(at: int, word: str) -> None:
    body = BIRCH.split("\n\n", 2)[2].split()
    text = " ".join([*body[:at], word, *body[at:]])

    found = identify(text, index())

    assert not found.exact
    assert all(
        text[start:end] == text[start:end].strip() for f in found.found for start, end in f.added
    )
    assert not found.found or any(word in quote.split() for quote in _quotes(text, found))


@given(at=st.integers(0, 200))
def test_a_word_left_out_anywhere_is_noticed(at: int) -> None:
    body = BIRCH.split("\n\n", 2)[2].split()
    at %= len(body)

    assert _exact(" ".join(body[:at] + body[at + 1 :])) == ()


@given(st.text(max_size=200), st.text(max_size=200), st.booleans())
def test_spans_lie_in_the_text_and_in_order(before: str, after: str, card: bool) -> None:  # noqa: FBT001
    text = f"{before}\n\n{LINDEN}\n\n{after}"

    found = identify(text, index(), card=card)

    for each in found.found:
        assert 0 <= each.start < each.end <= len(text)
        for start, end in each.added:
            assert 0 <= start < end <= len(text)
    assert [f.start for f in found.found] == sorted(f.start for f in found.found)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "[" * 500_000,
        "[x](a- " * 50_000,
        "<a href=x>" * 50_000,
        "Birch License " * 50_000,
        "copyright (c) 2020 " * 30_000,
        BIRCH.split("\n\n", 2)[2] * 300,
        LINDEN + "c " * 100_000,
        "\u6a21" * 300_000,
    ],
    ids=["words", "brackets", "links", "anchors", "titles", "signs", "copies", "tail", "chinese"],
)
def test_a_long_or_hostile_line_is_read_in_time(text: str) -> None:
    assert not identify(text, index()).exact or BIRCH.split("\n\n", 2)[2][:40] in text
    assert identify(text, index(), card=True) is not None


@pytest.mark.parametrize(
    "appendix",
    [
        "",
        "Put the name of whoever plants in front of the text, and the year of planting. " * 3,
        "Write your name and the year in front of the text and place it anywhere else at all.",
        "Write your name and the year in front of the text",
    ],
)
def test_a_text_is_not_taken_for_one_that_differs_in_having_no_appendix(appendix: str) -> None:
    terms, _ = LINDEN.split("How to put this text on your own weights")
    rowan = terms.replace("an answers", "and answers").replace(
        "and hand\ncopies", "and give\ncopies"
    )
    rowan = rowan.replace("Linden", "Rowan").split("END OF")[0]
    long_appendix = (
        "Write your name and the year in front of the text and " + "keep the tree well. " * 9
    )
    texts = {"linden": f"{terms}How to put it\n\n{long_appendix}", "rowan": rowan}
    known = Index.read(
        encode([LicenseText(i, (f"{i} Public License",), t) for i, t in texts.items()])
    )

    found = identify(f"{terms}How to put it\n\n{appendix}", known).found

    assert [f.id for f in found] == ["linden"]
    assert all(r.position >= len(terms.split()) - 30 for f in found for r in f.removed)


@pytest.mark.parametrize("word", ["Students", "100", "\u041d\u0435\u0442", "Acme"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_word_below_a_copyright_line_is_no_part_of_it(word: str, gap: str) -> None:
    line = "Copyright (c) 2021 Birch Example Ltd."
    text = BIRCH.replace(line, f"{line}{gap}{word}")

    assert not identify(text, index()).exact
    assert not identify(text.replace("Birch License\n", ""), index()).exact


TAGGED = "---\nlicense: birch\n---\n"
POSTCARD = "Whoever uses it sends us a postcard."


@pytest.mark.parametrize("top", ["", TAGGED], ids=["no front matter", "a tag"])
@pytest.mark.parametrize(
    "card",
    [
        f"{BIRCH}\n\n{POSTCARD}\n",
        f"{POSTCARD}\n\n{BIRCH}\n",
        f"```\n{BIRCH}\n```\n\n{POSTCARD}\n",
        f"{BIRCH}\n\n**More**\n\n{POSTCARD}\n\n## Use\n\nWith a spade.\n",
        f"## License\n\n{BIRCH}\n\n{POSTCARD}\n",
    ],
    ids=["below", "above", "below a fence", "below bold words", "in the section"],
)
def test_what_stands_beside_a_license_in_a_card_counts_up_to_the_next_heading(
    top: str, card: str
) -> None:
    [found] = identify(f"{top}{card}", index(), card=True).found

    assert found.match is Match.NEAR
    assert any(POSTCARD[:-1] in f"{top}{card}"[start:end] for start, end in found.added)


@pytest.mark.parametrize("top", ["", TAGGED], ids=["no front matter", "a tag"])
@pytest.mark.parametrize("title", ["", "## License\n\n"], ids=["no heading", "a heading"])
def test_a_license_that_stands_alone_in_its_section_is_exact(top: str, title: str) -> None:
    text = f"{top}{title}{BIRCH}\n\n## Use\n\n{POSTCARD}\n"

    [found] = identify(text, index(), card=True).found

    assert found.match is Match.EXACT
    assert found.start >= len(top)
