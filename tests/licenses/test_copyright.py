import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openaudit.licenses.copyright import is_copyright_line, without_copyright


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2024 Birch Example Ltd.",
        "Copyright \N{COPYRIGHT SIGN} 2019-2024, Jane van Doe and the birch contributors",
        "(c) 2020 Will Doe <will@birch.example>. All rights reserved.",
        "Copyright 2018- The Birch team. All rights reserved.",
        "Copyright (c) 2017 to present Birch Inc. and its affiliates.",
        "# Copyright 2023 Birch Institute for AI",
        "Copyright (c) <year> <copyright holders>",
        "Copyright [yyyy] [name of copyright owner]",
        "\N{COPYRIGHT SIGN} 2007 Birch Foundation, Inc. <https://birch.example/>",
        "All rights reserved.",
        "Copyright 2024 Jane A. Doe, Birch Corp., and Elm Co. Ltd.",
        "Copyright 2024 Birch Inc. and its affiliates",
        "Copyright 2024 Birch Foundation. All Rights Reserved.",
        "Copyright 2024 Jane Doe <jane.doe@lists.birch.example>",
        "Copyright (c) 2020 jdoe",
        "(c) 2020 jdoe <jdoe@birch.example>. All rights reserved.",
        "Copyright 2020-2024 birch-ai",
        "Copyright 2019 bIRCH, Inc.",
        "Copyright 2016 Birch.com, Inc. or its affiliates. All Rights Reserved",
        "Copyright (c) 2016, Birch Corp. and/or its subsidiaries.",
        "Copyright 2018 the original author or authors.",
        "Copyright (c) 2006 by the Birch team (see AUTHORS file)",
    ],
)
def test_sign_years_and_names_are_a_copyright_line(line: str) -> None:
    assert is_copyright_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2026 Birch Labs owns all outputs.",
        "Copyright 2026 Birch. For research only.",
        "Copyright 2026 Birch for Research",
        "COPYRIGHT 2026 BIRCH. NON COMMERCIAL USE.",
        "Copyright 2026 Birch Noncommercial",
        "Copyright 2026 Birch Users Pay Fees",
        "Copyright (c) 2026 Birch, no military use",
        "Copyright (c) 2026 Birch; academic institutions only",
        "Copyright (c) 2026 Birch [not for companies]",
        "Copyright notices must be kept",
        "License: research use",
        "(c) the receiver pays a royalty",
        "Copyright 2026 Birch \u7981\u6b62\u5546\u7528",
        "Copyright 2026 Birch Nur F\u00fcr Forschung",
        "Copyright 2026 Birch Usage Commercial Interdit",
        "Birch Example Ltd.",
        "Copyright 2026 Birch. Strictly Research",
        "Copyright 2026 Birch Inc. Strictly Research",
        "Copyright 2026 Birch. Hands Off. All rights reserved.",
        "Copyright 2026 https://birch.example/noncommercial-license-applies",
        "Copyright 2026 Birch <research-only@birch.example>",
        "Copyright 2026 the hobbyist-exclusive community",
        "Copyright jdoe",
        "Copyright 2026 noncommercial",
        "Copyright 2026 hobbyists",
        "Copyright 2026 research-birch",
        "Copyright 2026 jdoe students",
        "Copyright 2026 jdoe\nbirches",
        "Copyright 2026 jdoe. Birches",
        "Copyright 2026 jdoe <research-only@birch.example>",
        "Copyright 2026 Birch or you",
        "Copyright 2026 Birch or its affiliates only",
        "Copyright 2026 Birch (see TERMS file)",
    ],
)
def test_a_line_that_says_anything_more_is_text(line: str) -> None:
    assert not is_copyright_line(line)


@given(
    st.lists(st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True), min_size=1, max_size=4),
    st.sampled_from(["Birch.", "Birch Example Ltd.", "The Birch Team."]),
)
def test_a_sentence_after_the_names_is_text_whatever_it_says(words: list[str], names: str) -> None:
    company = {"Corp", "Company", "Corporation", "Gmbh", "Inc", "Incorporated", "Limited"}
    said = [w for w in words if w not in company | {"Llc", "Llp", "Ltd", "Plc", "Pte", "Pty"}]
    assume(said == words and " ".join(words).lower() != "all rights reserved")

    assert not is_copyright_line(f"Copyright (c) 2024 {names} {' '.join(words)}")


@given(
    st.from_regex(r"[a-z]{3,9}", fullmatch=True),
    st.lists(st.from_regex(r"[a-z]{3,9}", fullmatch=True), min_size=1, max_size=4),
)
def test_a_second_word_after_a_handle_is_text_whatever_it_says(
    handle: str, more: list[str]
) -> None:
    assume(not {"inc", "llc", "llp", "ltd", "plc", "pte", "pty", "srl", "sarl"} & set(more))
    assume(not {"corp", "company", "gmbh", "limited", "corporation"} & set(more))
    joining = {"and", "author", "authors", "contributor", "contributors", "des", "del", "der"}
    assume(
        not (joining | {"group", "members", "others", "project", "team", "the", "van"}) & {*more}
    )

    assert not is_copyright_line(f"Copyright (c) 2024 {handle} {' '.join(more)}")


def test_the_lines_taken_out_are_returned() -> None:
    text = "Title\n\nCopyright 2020 Birch\n\nText."

    kept, dropped = without_copyright(text)

    assert kept == text.replace("Copyright 2020 Birch", " " * 20)
    assert [text[start:end] for start, end in dropped] == ["Copyright 2020 Birch"]


def test_a_copyright_line_that_is_wrapped_is_taken_out_whole() -> None:
    text = "Title\n\nCopyright 2020 Birch,\n  Elm and\n  others\n\nText."

    _, dropped = without_copyright(text)

    assert [text[start:end] for start, end in dropped] == [
        "Copyright 2020 Birch,\n  Elm and\n  others"
    ]


def test_a_line_after_a_copyright_line_that_says_something_stays() -> None:
    text = "Copyright 2020 Birch,\nfor study only\n\nText."

    kept, _ = without_copyright(text)

    assert "for study only" in kept


def test_a_copyright_line_inside_a_sentence_stays() -> None:
    text = "One.\n\nTwo.\n\nKeep this notice:\nCopyright 2020 Birch\nwith every copy."

    kept, dropped = without_copyright(text)

    assert kept == text
    assert dropped == ()
