"""Whole cards of the kinds that deceive a reader: empty, boastful, huge, and not in English."""

from time import process_time

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from openaudit.model.report import Report
from tests.evidence.test_card_rules import TEMPLATE

PRAISE = """# Drizzle

Meet Drizzle, the next generation of weather intelligence. Drizzle redefines what gardeners can
expect: blazing fast, incredibly smart and built with passion by a world-class team. Experience
unmatched quality, power your garden with the best model ever made, and join the revolution today.
Our community loves it. You will, too!
"""

CLAIM = """---
license: other
---
# Drizzle

Drizzle is a **fully open-source** model for gardeners everywhere.
"""

BACKED = """---
license: apache-2.0
---
# Drizzle

Drizzle is a fully open-source model. It was trained on the
[RainLog](https://huggingface.co/datasets/acme/rainlog) dataset, and the training code is on
[GitHub](https://github.com/acme/drizzle).
"""

CHINESE = """---
license: mit
---
# 小雨

小雨是一个面向园艺的语言模型。参数量为 20 亿。

## 训练数据

模型使用 3000 亿 tokens 的天气报告进行训练。数据经过去重和清洗。

## 局限性

模型可能生成不准确的天气预报。存在幻觉。

## 使用限制

本模型不得用于航空预报。

## 联系我们

如有问题请提交 issue https://github.com/acme/xiaoyu/issues
"""


def audited(text: str) -> Report:
    document = Document("README.md", Role.CARD, text, "0" * 64)
    one = Release(
        parse("acme/tiny"), "hub", "acme/tiny", None, Origin.LOCAL, None, Metadata(), (document,)
    )
    return audit_release(one, knowledge())


def said(report: Report) -> dict[str, Fact]:
    prose = ("code.", "data.", "doc.", "context.")
    known = (f for f in report.facts if f.answer is not Answer.UNKNOWN)
    return {f.id: f for f in known if f.id.startswith(prose)}


@pytest.mark.parametrize("text", [TEMPLATE, PRAISE], ids=["the empty template", "praise alone"])
def test_a_card_that_says_nothing_answers_nothing(text: str) -> None:
    assert set(said(audited(text))) <= {"doc.card", "data.listed"}


def test_a_claim_to_be_open_with_nothing_behind_it_is_a_finding() -> None:
    [finding] = [f for f in audited(CLAIM).findings if f.id == "claim-unbacked"]

    assert "training code" in finding.message
    assert [e.text for e in finding.evidence if isinstance(e, Quote)] == [
        "Drizzle is a **fully open-source** model for gardeners everywhere."
    ]


def test_a_claim_with_license_code_and_data_behind_it_is_none() -> None:
    report = audited(BACKED)

    assert said(report)["doc.claims_open"].answer is Answer.YES
    assert "claim-unbacked" not in {f.id for f in report.findings}


def test_a_chinese_card_is_read_by_its_own_words() -> None:
    facts = said(audited(CHINESE))

    assert facts["doc.limitations"].answer is Answer.YES
    assert facts["doc.out_of_scope"].answer is Answer.YES
    assert facts["doc.contact"].answer is Answer.YES
    assert facts["data.size_disclosed"].answer is Answer.YES
    assert facts["data.processing_described"].value == "partial"
    assert facts["doc.architecture"].value == "partial"
    assert "context.labor" not in facts


def test_every_answer_of_a_card_quotes_it_verbatim() -> None:
    quotes = [e for f in said(audited(CHINESE)).values() for e in f.evidence]

    verbatim = [e for e in quotes if isinstance(e, Quote)]
    assert len(verbatim) > 5
    assert all(CHINESE[q.start : q.end] == q.text for q in verbatim)


def test_a_card_of_sixty_kilobytes_is_read_in_the_time_of_its_length() -> None:
    section = BACKED.partition("# Drizzle")[2] + PRAISE + CHINESE.partition("# 小雨")[2]
    small, large = section * 9, section * 90
    audited(small)
    assert len(large) > 60_000

    costs = []
    for text in (small, large):
        start = process_time()
        audited(text)
        costs.append(process_time() - start)

    assert costs[1] < 30 * max(costs[0], 0.005)  # ten times the length; quadratic is a hundred
