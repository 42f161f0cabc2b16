"""What follows for a release from those behind it, read as whole releases are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.clause import Severity
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer as Said
from openaudit.model.lineage import Absent, Answer, NodeState
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Metadata, Origin, Release
from openaudit.model.report import Report
from openaudit.reporters import terminal

GONE = Absent(NodeState.MISSING, "there is none")


def release(name: str, card: str, *, gated: bool = False) -> Release:
    at = parse(name)
    text = f"---\n{card}\n---\n# A made-up release\n"
    document = Document("README.md", Role.CARD, text, "0" * 64)
    gate = Gate.AUTO if gated else Gate.OPEN
    said = Metadata(files=("model.safetensors", "README.md"), gate=gate)
    return Release(at, "hub", at.id, None, Origin.HUB, None, said, (document,))


def audited(card: str, behind: Mapping[str, Answer]) -> Report:
    def ask(names: Sequence[str]) -> Mapping[str, Answer]:
        return {n: behind.get(n, GONE) for n in names}

    return audit_release(release("me/tuned", card), knowledge(), ask)


def fact(report: Report, name: str) -> Said:
    return next(f.answer for f in report.facts if f.id == name)


def value(report: Report, name: str) -> object:
    return next(f.value for f in report.facts if f.id == name)


def rules(report: Report) -> list[str]:
    return [f.id for f in report.findings]


def grade(report: Report) -> str | None:
    return next(g.grade for g in report.dimensions if g.dimension == "lineage")


def test_all_is_permitted_only_where_every_release_behind_is_known() -> None:
    behind = {
        "you/copy": release("you/copy", "license: apache-2.0\nbase_model: maker/base"),
        "maker/base": release("maker/base", "license: mit"),
    }

    report = audited("license: mit\nbase_model: you/copy", behind)

    assert report.chain.settled
    assert value(report, "usage.commercial") == "allowed"
    assert fact(report, "lineage.parent_license_honored") is Said.YES
    assert grade(report) == "clean"


@pytest.mark.parametrize(
    "base",
    [
        GONE,
        Absent(NodeState.UNREACHABLE, "the hub is down"),
        release("maker/base", "license: other"),
        release("maker/base", "tags: [poems]"),
        release("maker/base", "license: mit\nbase_model: nobody/knows"),
        release("maker/base", "license: mit\nbase_model: ./models/poems"),
    ],
    ids=["missing", "unreachable", "other", "unlicensed", "of-unknown", "of-a-path"],
)
def test_nothing_is_permitted_where_one_release_behind_is_not_known(base: Answer) -> None:
    report = audited("license: mit\nbase_model: maker/base", {"maker/base": base})

    assert not report.chain.settled
    assert fact(report, "usage.commercial") is Said.UNKNOWN
    assert fact(report, "lineage.parent_license_honored") is Said.UNKNOWN
    assert "base-terms-unknown" in rules(report)
    assert report.chain.conflicts == ()
    assert grade(report) == "declared"


def test_a_license_file_that_is_not_known_leaves_the_base_open() -> None:
    base = release("maker/base", "license: mit")
    terms = Document("LICENSE", Role.LICENSE, "You may look at it on Sundays.", "1" * 64)
    with_terms = Release(
        base.reference, "hub", base.id, None, Origin.HUB, None, base.metadata,
        (*base.documents, terms),
    )  # fmt: skip

    report = audited("license: mit\nbase_model: maker/base", {"maker/base": with_terms})

    assert fact(report, "usage.commercial") is Said.UNKNOWN


def test_a_conflict_is_a_fact_a_grade_and_a_finding_that_says_all_of_it() -> None:
    behind = {"maker/base": release("maker/base", "license: llama3.1")}

    report = audited("license: apache-2.0\nbase_model: maker/base", behind)

    lost = value(report, "lineage.lost_terms")
    assert isinstance(lost, list)
    assert {"user-cap", "acceptable-use-policy", "naming"} <= set(lost)
    assert fact(report, "lineage.parent_license_honored") is Said.NO
    assert grade(report) == "conflict"
    finding = next(f for f in report.findings if f.id == "lineage-conflict")
    assert finding.severity is Severity.HIGH
    for word in (
        "me/tuned names apache-2.0",
        "maker/base (llama-3.1 by name)",
        "user-cap",
        "me/tuned ← maker/base",
        "put it under the license of maker/base",
    ):
        assert word in finding.message


def test_a_license_of_its_own_that_nobody_knows_is_not_said_to_keep_or_to_lose() -> None:
    behind = {
        "you/lora": release("you/lora", "license: apache-2.0\nbase_model: maker/base"),
        "maker/base": release("maker/base", "license: llama3.1"),
    }

    report = audited("license: other\nlicense_name: ours\nbase_model: you/lora", behind)

    assert report.chain.conflicts == ()
    assert fact(report, "lineage.parent_license_honored") is Said.UNKNOWN
    assert "user-cap" in {c.id for c in report.clauses if c.via}
    finding = next(f for f in report.findings if f.id == "base-terms-unchecked")
    assert finding.severity is Severity.LOW
    assert "license of me/tuned is not known" in finding.message
    assert "maker/base (llama-3.1 by name)" in finding.message


def test_a_name_other_than_the_license_of_the_base_asks_for_is_a_duty_and_no_conflict() -> None:
    report = audited("license: llama3.1\nbase_model: maker/base", LLAMA)

    assert report.release.id == "me/tuned"  # the license asks for a name that begins with Llama
    assert "naming" in [o.clause.id for o in report.obligations]
    assert report.chain.conflicts == ()
    assert fact(report, "lineage.parent_license_honored") is Said.YES


@pytest.mark.parametrize("base", ["mit", "other"])
def test_a_license_that_nobody_knows_needs_no_check_where_the_base_asks_nothing(base: str) -> None:
    behind = {"maker/base": release("maker/base", f"license: {base}")}

    report = audited("license: other\nlicense_name: ours\nbase_model: maker/base", behind)

    assert "base-terms-unchecked" not in rules(report)


LLAMA = {"maker/base": release("maker/base", "license: llama3.1")}


def test_a_release_whose_license_was_not_read_is_not_said_to_name_none() -> None:
    shut = Missing("LICENSE", Role.LICENSE, Reason.GATED, "gated")
    one = replace(release("me/tuned", "base_model: maker/base"), missing=(shut,))

    report = audit_release(one, knowledge(), lambda names: {n: LLAMA[n] for n in names})

    assert report.chain.conflicts == ()
    assert fact(report, "lineage.parent_license_honored") is Said.UNKNOWN
    assert "user-cap" in {c.id for c in report.clauses if c.via}


def test_a_directory_names_no_license_only_where_its_card_was_read() -> None:
    card = release("me/tuned", "base_model: maker/base")
    at_home = replace(card, origin=Origin.LOCAL)
    part = Metadata(base_models=(("maker/base", "adapter"),))
    found = [
        audit_release(one, knowledge(), lambda names: {n: LLAMA[n] for n in names})
        for one in (at_home, replace(at_home, documents=(), metadata=part))
    ]

    assert ["lineage-conflict" in rules(r) for r in found] == [True, False]
    assert all("user-cap" in {c.id for c in r.clauses if c.via} for r in found)


def test_a_use_that_only_the_card_of_a_base_withholds_is_asked_about_and_not_permitted() -> None:
    text = "license: mit\n---\nYou may not use the model for commercial purposes.\n---"
    behind = {"maker/base": release("maker/base", text)}

    report = audited("license: mit\nbase_model: maker/base", behind)
    same = audited("license: cc-by-nc-4.0\nbase_model: maker/base", behind)

    finding = next(f for f in report.findings if f.id == "lineage-question")
    assert "non-commercial" in finding.message
    assert "its card withholds more than its license" in finding.message
    assert [e.text for e in finding.evidence if isinstance(e, Quote)] != []
    assert report.chain.conflicts == ()
    assert not [c for c in report.clauses if c.via and c.id == "non-commercial"]
    assert value(report, "usage.commercial") is None
    assert "lineage-question" not in rules(same)


def test_data_that_is_not_for_commerce_is_asked_about_and_concludes_nothing() -> None:
    data = release("datasets/them/talk", "license: cc-by-nc-4.0")

    report = audited("license: mit\ndatasets: [them/talk]", {"datasets/them/talk": data})

    finding = next(f for f in report.findings if f.id == "lineage-question")
    assert finding.severity is Severity.LOW
    assert "datasets/them/talk (CC-BY-NC-4.0 by name)" in finding.message
    assert value(report, "usage.commercial") == "allowed"
    assert report.chain.conflicts == ()
    assert value(report, "lineage.parents") == []


def test_data_is_not_asked_about_where_the_license_withholds_as_much() -> None:
    data = release("datasets/them/talk", "license: cc-by-nc-4.0")

    report = audited("license: cc-by-nc-4.0\ndatasets: [them/talk]", {"datasets/them/talk": data})

    assert "lineage-question" not in rules(report)


def test_data_that_is_gated_or_gone_is_told_and_data_that_was_not_asked_for_is_not() -> None:
    behind: dict[str, Answer] = {
        "datasets/them/shut": release("datasets/them/shut", "license: mit", gated=True),
        "datasets/them/later": Absent(NodeState.NOT_FOLLOWED, "offline"),
    }

    report = audited("license: mit\ndatasets: [them/shut, them/gone, them/later]", behind)

    finding = next(f for f in report.findings if f.id == "data-withheld")
    assert "datasets/them/shut (gated), datasets/them/gone (not found)" in finding.message
    assert "datasets/them/later" not in {n.id for n in report.chain.nodes}
    assert value(report, "usage.commercial") == "allowed"


def test_a_base_that_only_prose_names_is_asked_about_and_permits_nothing() -> None:
    base = release("maker/base-7b", "license: llama2")
    text = "license: mit\n---\nThe model was fine-tuned from maker/base-7b.\n---"

    report = audited(text, {"maker/base-7b": base})

    shown = " ".join(terminal.render([report], width=80, color=False, detail=0).split())
    assert "maker/base-7b finetune, not declared · llama-2" in shown
    assert "lineage-question" in rules(report)
    assert report.chain.conflicts == ()
    assert not [c for c in report.clauses if c.via]
    assert fact(report, "usage.commercial") is Said.UNKNOWN


def test_a_merge_that_the_card_shows_the_configuration_of_has_its_parents() -> None:
    from openaudit.sources.described import completed  # noqa: PLC0415  # where cards are completed

    block = "```yaml\nmerge_method: ties\nmodels:\n  - model: maker/base\n  - model: ./local\n```"
    one = completed(release("me/tuned", f"license: mit\n---\n{block}\n---"), ())

    report = audit_release(one, knowledge(), lambda names: dict.fromkeys(names, GONE))

    assert [(e.parent, e.relation) for e in report.chain.edges] == [("maker/base", "merge")]
    [edge] = report.chain.edges
    document = one.documents[0].text
    assert document[edge.evidence.start : edge.evidence.end] == "maker/base"  # type: ignore[union-attr]  # a quote


def test_the_license_of_the_code_is_never_that_of_the_weights() -> None:
    card = "license: other\nlicense_name: ours\n---\nCode: https://github.com/me/tuned (MIT).\n---"

    report = audited(card, {})

    assert [a.artifact for a in report.licenses] == ["weights"]
    assert report.licenses[0].concluded.id is None
    assert fact(report, "usage.commercial") is Said.UNKNOWN
    assert report.chain.edges == ()


def test_code_and_data_are_not_made_from_the_models_their_prose_speaks_of() -> None:
    text = "license: mit\n---\nThe model was fine-tuned from maker/base-7b.\n---"

    for name in ("gh:me/code", "datasets/me/talk"):
        one = release(name, text)
        report = audit_release(one, knowledge(), lambda names: dict.fromkeys(names, GONE))

        assert report.chain.edges == ()


def test_outputs_of_a_service_are_a_fact_and_a_finding() -> None:
    said = "All answers were generated with GPT-4. Distilled from maker/teacher-7b."

    report = audited(f"license: mit\n---\n{said}\n---", {})

    assert value(report, "lineage.synthetic_from") == ["GPT-4", "maker/teacher-7b"]
    assert "synthetic-data" in rules(report)
    assert value(report, "usage.commercial") == "allowed"


def test_a_copy_in_another_format_of_what_may_not_be_changed_is_a_question() -> None:
    behind = {"maker/base": release("maker/base", "license: cc-by-nd-4.0")}
    card = "license: cc-by-nd-4.0\nbase_model: maker/base\nbase_model_relation: "

    copy = audited(f"{card}quantized", behind)
    tuned = audited(f"{card}finetune", behind)

    assert copy.chain.conflicts == ()
    assert "no-derivatives" in [c.clause.id for c in tuned.chain.conflicts]


def test_a_circle_a_missing_and_a_gated_release_are_shown_as_what_they_are() -> None:
    shut = release("maker/shut", "license: mit\nbase_model: me/tuned", gated=True)

    report = audited("license: mit\nbase_model: [maker/shut, maker/gone]", {"maker/shut": shut})

    shown = " ".join(terminal.render([report], width=80, color=False, detail=0).split())
    assert "maker/shut merge · MIT · gated" in shown
    assert "· me/tuned relation not said · see above" in shown
    assert "maker/gone merge · not read: there is none" in shown
    assert "Behind this release stand maker/gone (there is none)" in shown


def test_300_bases_of_a_merge_are_shown_in_part_and_permit_nothing() -> None:
    names = [f"maker/part-{n}" for n in range(300)]
    behind = {n: release(n, "license: mit") for n in names}

    report = audited(f"license: mit\nbase_model: {names}", behind)

    shown = terminal.render([report], width=80, color=False, detail=0)
    assert len(report.chain.edges) == 300
    assert "and 260 more, all in the JSON report" in shown
    assert "maker/part-64 (too many in one chain)" in shown
    assert fact(report, "usage.commercial") is Said.UNKNOWN


def test_a_base_that_is_there_is_published_and_one_that_is_gone_is_not() -> None:
    card = "license: mit\nbase_model: maker/base"

    there = audited(card, {"maker/base": release("maker/base", "license: mit")})
    gone = audited(card, {})

    assert fact(there, "weights.base_released") is Said.YES
    assert fact(gone, "weights.base_released") is Said.NO
    assert fact(audited("license: mit", {}), "weights.base_released") is Said.NOT_APPLICABLE


def test_data_sets_behind_a_release_say_their_licenses_and_that_one_is_gone() -> None:
    card = "license: mit\ndatasets: [acme/rain]"
    data = {"datasets/acme/rain": release("datasets/acme/rain", "license: cc-by-4.0")}

    assert value(audited(card, data), "data.pretrain.license") == "CC-BY-4.0"
    assert fact(audited(card, {}), "data.pretrain.withdrawn") is Said.YES
    assert fact(audited(card, {}), "data.pretrain.license") is Said.UNKNOWN


def test_nothing_is_permitted_where_a_card_goes_on_behind_what_is_read() -> None:
    card = "license: mit\n---\n" + "word " * 100
    longer = card + "word " * 200_000

    whole, part = audited(card, {}), audited(longer, {})

    assert value(whole, "usage.commercial") == "allowed"
    assert fact(part, "usage.commercial") is Said.UNKNOWN
    assert "document-truncated" in rules(part)
