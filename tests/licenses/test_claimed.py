"""What the prose of a card adds to the tags: a name, a contradiction, and never a permission."""

import hashlib

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.reference import Reference, Scheme
from openaudit.model.release import Metadata, Origin, Release
from openaudit.model.report import Report


def audited(card: str, *texts: Document) -> Report:
    digest = hashlib.sha256(card.encode()).hexdigest()
    files = ("README.md", "model.safetensors", *(t.name for t in texts))
    return audit_release(
        Release(
            reference=Reference(Scheme.HUGGINGFACE, "acme/tiny-7b"),
            hub="example",
            id="acme/tiny-7b",
            origin=Origin.HUB,
            retrieved_at=None,
            revision="0" * 40,
            metadata=Metadata(files=files),
            documents=(Document("README.md", Role.CARD, card, digest), *texts),
        ),
        knowledge(),
    )


def license_of(report: Report) -> ArtifactLicense:
    return report.licenses[0]


def fact(report: Report, fact_id: str) -> Fact:
    return next(f for f in report.facts if f.id == fact_id)


def found(report: Report) -> set[str]:
    return {f.id for f in report.findings}


def test_prose_alone_names_the_license_and_permits_nothing() -> None:
    report = audited("# Tiny\n\nThis model is released under the Apache 2.0 license.\n")

    assert license_of(report).concluded.id == "Apache-2.0"
    assert license_of(report).concluded.match is Match.NAMED
    assert not license_of(report).complete
    assert fact(report, "usage.osd").answer is Answer.UNKNOWN
    assert fact(report, "usage.commercial").answer is Answer.UNKNOWN


def test_prose_alone_restricts() -> None:
    report = audited("# Tiny\n\nThis model is released under CC BY-NC 4.0.\n")

    assert fact(report, "usage.osd").answer is Answer.NO
    assert "non-commercial" in {c.id for c in report.clauses}


def test_what_prose_declares_is_quoted_where_it_stands() -> None:
    card = "---\nlicense: other\n---\n# Tiny\n\nThis model is released under the MIT License.\n"

    declared = license_of(audited(card)).declared

    assert [d.value for d in declared] == ["other", "MIT License"]
    assert isinstance(declared[1].evidence, Quote)
    quote = declared[1].evidence
    assert quote.text == "This model is released under the MIT License"
    assert card[quote.start : quote.end] == quote.text


def test_prose_names_what_the_tag_calls_other() -> None:
    report = audited("---\nlicense: other\n---\nThis model is released under the MIT License.\n")

    assert license_of(report).concluded.id == "MIT"
    assert not license_of(report).complete
    assert "license-unresolved" not in found(report)


def test_prose_that_says_what_the_tag_says_changes_nothing() -> None:
    plain = audited("---\nlicense: mit\n---\n# Tiny\n")
    report = audited("---\nlicense: mit\n---\n# Tiny\n\nThis model is under the MIT license.\n")

    assert license_of(report).concluded.id == license_of(plain).concluded.id == "MIT"
    assert license_of(report).complete
    assert found(report) == found(plain)


def test_prose_against_the_tag_is_a_finding_with_both_and_settles_nothing() -> None:
    report = audited("---\nlicense: mit\n---\nThe weights are licensed under CC BY-NC 4.0.\n")

    (finding,) = [f for f in report.findings if f.id == "license-names-differ"]
    quotes = [e.text for e in finding.evidence if isinstance(e, Quote)]
    assert quotes == ["license: mit", "The weights are licensed under CC BY-NC 4.0"]
    assert license_of(report).concluded.match is Match.NONE
    assert fact(report, "usage.commercial").answer is not Answer.YES


@pytest.mark.parametrize(
    "prose",
    [
        "The base model is licensed under the Llama 2 license.",
        "The code is licensed under the Apache 2.0 license.",
        "The dataset is licensed under CC BY 4.0.",
        "Acme-9B is released under CC BY-NC 4.0.",
        "It was trained with code under the GPL-3.0 license.",
        "This project is licensed under the Apache 2.0 license.",
        "## Datasets\n\nLicense: CC BY 4.0",
        "[![l](https://img.shields.io/badge/license-GPL_3.0-blue)](https://github.com/a/b)",
        "License: CC BY 4.0\n\nLicense: Apache 2.0",
        "This model is not under the GPL-3.0 license.",
    ],
)
def test_prose_about_something_else_is_no_conflict(prose: str) -> None:
    report = audited(f"---\nlicense: mit\n---\n# Tiny\n\n{prose}\n")

    assert license_of(report).concluded.id == "MIT"
    assert "license-names-differ" not in found(report)


def test_a_name_nobody_knows_is_not_replaced_by_prose() -> None:
    card = "---\nlicense: other\nlicense_name: acme-1\n---\nThis model is under the MIT license.\n"

    report = audited(card)

    assert license_of(report).concluded.match is Match.NONE
    assert "license-name-unknown" in found(report)


def test_a_link_to_a_text_nobody_knows_is_not_replaced_by_prose() -> None:
    link = "license_link: https://acme.example/terms"

    report = audited(f"---\nlicense: other\n{link}\n---\nThis model is under the MIT license.\n")

    assert license_of(report).concluded.match is Match.NONE


def test_two_sentences_of_a_card_that_contradict_settle_nothing() -> None:
    report = audited(
        "This model is under the MIT license.\n\nThe weights are under CC BY-NC 4.0.\n"
    )

    assert license_of(report).concluded.match is Match.NONE
    assert "license-names-differ" in found(report)


def test_prose_settles_an_open_tag_only_within_its_candidates() -> None:
    inside = audited("---\nlicense: bsd\n---\nThis model is under the BSD 3-Clause license.\n")
    outside = audited("---\nlicense: bsd\n---\nThis model is under the MIT license.\n")

    assert license_of(inside).concluded.id == "BSD-3-Clause"
    assert license_of(outside).concluded.match is Match.NONE
    assert "license-names-differ" in found(outside)
