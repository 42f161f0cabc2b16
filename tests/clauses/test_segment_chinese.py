"""Chinese texts and mixed ones: numbered like statutes, listed, cut, and quoted verbatim."""

# ruff: noqa: RUF001 - full-width marks are what is tested

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.clauses.fold import fold
from openaudit.clauses.segment import segment
from tests.clauses.test_segment import own, section_of

CHINESE_MARKERS = st.sampled_from(
    [
        "",
        "第一条 ",
        "第十二条 ",
        "（一）",
        "（二）",
        "（ 2 ）",
        "1．",
        "2、",
        "三、",
        "十一、",
        "1.1 ",
        "①",
    ]
)
CHINESE_LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "　　", "  "]),
        CHINESE_MARKERS,
        st.sampled_from(
            [
                "您可以复制“模型”（含权重）；修改后须注明。",
                "不得将模型用于下列目的：",
                "制作恶意软件；",
                "侵犯他人隐私；以及",
                "其他违法用途！",
                "You may use it.",
            ]
        ),
    ),
    max_size=20,
)


MIXED_LINES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [
                "第二条 您不得：（一）出租模型，（二）出售模型；（三）欺诈。",
                "（三）侵犯他人权利；以及",
                "第三章 禁止的用途",
                "3．不得商用！“模型”指权重",
                "1. Grant. You may use it.",
                "You agree not to use it：",
            ]
        ),
    ),
    max_size=30,
).map("\n".join)


@given(MIXED_LINES)
def test_mixed_units_come_in_order_and_stand_where_they_say(text: str) -> None:
    segments = segment(text)

    assert all(a.end <= b.start for a, b in pairwise(segments.units))
    for unit in segments.units:
        start, end = segments.folded.span(unit.start, unit.end)
        assert 0 <= start < end <= len(text)
        assert own(unit) == segments.folded.text[unit.start : unit.end]


@given(CHINESE_LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_chinese_units_hold_every_word_once_and_no_marker(
    parts: list[tuple[str, str, str]], line_end: str
) -> None:
    segments = segment(line_end.join("".join(part) for part in parts))

    words = "".join(own(unit) for unit in segments.units)

    expected = "".join(body for *_, body in parts).replace("“", '"').replace("”", '"')
    assert words.replace(" ", "") == expected.replace(" ", "")


def test_a_line_of_chinese_may_break_within_a_word() -> None:
    folded = fold("不得用于军\n  事用途。\nYou may\n使用")

    assert folded.text == "不得用于军事用途。 You may 使用"


@pytest.mark.parametrize(
    ("text", "words", "section"),
    [
        ("第一章 总则\n第一条 定义。\n第二章 限制\n第二条 不得商用。", "不得商用", "第二条"),
        ("第九条 甲。\n第十条 乙。\n第二十三条 丙。", "丙", "第二十三条"),
        ("第三条 限制\n（一）军事；\n（二）欺诈。", "欺诈", "第三条.二"),
        ("第三条 不得：\n1．军事；\n2．欺诈。\n第四条 其他。", "欺诈", "第三条.2"),
        ("第二条 授权\n2.1 甲。\n2.2 乙。\n第三条 不得商用。", "不得商用", "第三条"),
        ("第二条 授权\n2.1 甲：\n（1）乙。\n第三条 限制\n3.1 丙。", "丙", "3.1"),
        ("第二条 授权\n2.1 甲：\n（1）乙。\n第三条 不得商用。", "不得商用", "第三条"),
        ("三、限制\n（1）不得商用。\n四、其他\n北京。", "不得商用", "三.1"),
        ("九、甲。\n十、乙。\n十一、丙。", "丙", "十一"),
        ("附件一：用途清单\n①军事；\n②欺诈。", "欺诈", "附件一.②"),
        ("第二章 限制\n1.不得商用。\n2.不得转售。", "转售", "第二章.2"),
        ("本协议依据\n第三条的规定终止，\n第二章的规定有效。", "终止", ""),
        ("依照本协议所附许可版本\n2.0版本执行。", "执行", ""),
        ("（一）军事；\n（二）欺诈。\n除此之外可以使用。", "除此之外", ""),
    ],
)
def test_printed_chinese_numbers_are_read(text: str, words: str, section: str) -> None:
    assert section_of(segment(text), words) == section


@pytest.mark.parametrize(
    "text",
    [
        "您不得将模型用于：\n（一）欺诈；\n（二）军事。",
        "您不得将模型用于：\n1、侵犯他人的\n  权利；以及\n2、军事。",
        "许可协议\n您不得将模型用于：\n欺诈；\n军事。",
        "您不得将模型用于：（一）欺诈；（二）军事。",
        "您不得将模型用于：（一）欺诈，或（二）军事。",
        "您不得将模型用于：欺诈；军事。",
        "您不得将模型用于：欺诈;军事。",
        "您不得将模型用于：1. 欺诈；2. 军事。",
        "第三条 禁止的用途\n您不得将模型用于：\n- 欺诈\n- 军事",
    ],
)
def test_chinese_items_carry_the_sentence_that_introduces_them(text: str) -> None:
    last = next(u for u in segment(text).units if "军事" in own(u))

    assert "您不得将模型用于：" in last.lower[: last.own]
    assert "欺诈" not in last.text


def test_a_paragraph_after_a_list_is_no_item_of_it() -> None:
    units = segment("您不得：\n（一）欺诈；\n（二）军事。\n您可以使用模型。").units

    assert units[-1].own == 0


def test_a_chinese_quote_is_cut_from_the_original() -> None:
    text = "　　第三条　您不得：\n　　（一）将“模型”用于军\n事；"
    segments = segment(text)

    start, end = segments.folded.span(segments.units[-1].start, segments.units[-1].end)

    assert text[start:end] == "将“模型”用于军\n事；"
