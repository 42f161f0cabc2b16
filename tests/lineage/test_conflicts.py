"""Which terms a release inherits, and which of them its license lets go of."""

from dataclasses import replace

import pytest

from openaudit.data import knowledge
from openaudit.lineage.conflicts import asked, conflicts
from openaudit.model.clause import Confidence, Severity
from openaudit.model.evidence import Quote
from openaudit.model.license import Loss, Match, Removed
from openaudit.model.lineage import Conflict, Edge, Node
from tests.lineage.chains import chain, edge, node, table

RELATIONS = ("finetune", "adapter", "quantized", "merge", "continued", None)


def lost(*nodes: Node, edges: list[Edge]) -> dict[str, Conflict]:
    root, others, terms = chain(*nodes, edges=edges)
    return {c.clause.id: c for c in conflicts(root, others, terms, table())}


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_permissive_name_over_a_restricted_base_loses_its_restrictions(
    relation: str | None,
) -> None:
    found = lost(
        node("me/tuned", "Apache-2.0"),
        node("maker/base", "llama-3.1"),
        edges=[edge("me/tuned", "maker/base", relation)],
    )

    assert {"user-cap", "acceptable-use-policy", "naming", "display-attribution"} <= set(found)
    cap = found["user-cap"]
    assert cap.path == ("me/tuned", "maker/base")
    assert cap.dropped_by == "me/tuned"
    assert cap.declared == "Apache-2.0"
    assert cap.inherited_from == "maker/base"
    assert cap.severity is Severity.HIGH
    assert "maker/base" in cap.cure


@pytest.mark.parametrize(
    ("child", "base"),
    [
        ("llama-3.1", "llama-3.1"),
        ("MIT", "Apache-2.0"),
        ("Apache-2.0", "MIT"),
        ("Apache-2.0", "CC-BY-4.0"),
        ("CC-BY-NC-4.0", "Apache-2.0"),
        ("CC-BY-NC-4.0", "MIT"),
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0"),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0"),
        ("gemma-2025-03", "Apache-2.0"),
        ("GPL-3.0-only", "MIT"),
        ("CC-BY-NC-SA-4.0", "CC-BY-NC-4.0"),
    ],
)
def test_the_license_of_the_base_or_a_stricter_one_is_no_conflict(child: str, base: str) -> None:
    found = lost(
        node("me/tuned", child),
        node("maker/base", base),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert found == {}


@pytest.mark.parametrize(
    ("child", "base", "clause"),
    [
        ("CC-BY-4.0", "CC-BY-NC-4.0", "non-commercial"),
        ("MIT", "CC-BY-SA-4.0", "same-license"),
        ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "same-license"),
        ("llama-3.1", "llama-3", "training-ban"),
        ("MIT", "creativeml-openrail-m", "use-restrictions"),
        ("Apache-2.0", "gemma-2025-03", "pass-on-restrictions"),
        ("CC-BY-NC-ND-4.0", "CC-BY-NC-ND-4.0", "no-derivatives"),
        ("Apache-2.0", "AGPL-3.0-only", "same-license"),
        ("CC-BY-NC-4.0", "qwen-research-2024", "research-only"),
    ],
)
def test_a_term_that_the_license_does_not_hold_is_lost(child: str, base: str, clause: str) -> None:
    found = lost(
        node("me/tuned", child),
        node("maker/base", base),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert clause in found


READ = [i for i, p in knowledge().licenses.items() if p.kind != "policy" and p.clauses]
PERMISSIVE = ("MIT", "Apache-2.0", "BSD-3-Clause", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "AFL-3.0")


@pytest.mark.parametrize("license_id", READ)
def test_no_license_loses_a_term_of_itself_but_by_being_there_at_all(license_id: str) -> None:
    found = lost(
        node("me/tuned", license_id),
        node("maker/base", license_id),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert set(found) <= {"no-derivatives", "no-redistribution"}


@pytest.mark.parametrize("base", PERMISSIVE)
def test_nothing_of_a_permissive_license_can_be_lost(base: str) -> None:
    children = [
        lost(
            node("me/tuned", child),
            node("maker/base", base),
            edges=[edge("me/tuned", "maker/base", "finetune")],
        )
        for child in READ
    ]

    assert not any(children)


@pytest.mark.parametrize(
    ("child", "base"),
    [
        ("GPL-3.0-or-later", "GPL-3.0-only"),
        ("AGPL-3.0-only", "GPL-3.0-or-later"),
        ("CC-BY-SA-4.0", "CC-BY-SA-2.0"),
        ("CC-BY-NC-4.0", "CC-BY-NC-3.0"),
        ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-3.0"),
        ("llama-3.3", "llama-3.1"),
        ("gemma-2025-03", "gemma-2024-02"),
        ("stability-nc-2023-12", "sdxl-turbo"),
        ("GPL-3.0-only", "MPL-2.0"),
        ("MPL-2.0", "EUPL-1.2"),
        ("EUPL-1.2", "EUPL-1.1"),
        ("GFDL-1.3-only", "GFDL-1.2-or-later"),
    ],
)
def test_another_edition_that_keeps_the_terms_is_no_conflict(child: str, base: str) -> None:
    found = lost(
        node("me/tuned", child),
        node("maker/base", base),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert found == {}


def test_a_changed_text_of_the_license_of_the_base_loses_what_was_surely_taken_out() -> None:
    child = node("me/tuned", "llama-3.1")
    assert child.license is not None
    around = Quote("LICENSE", None, "0" * 64, 1, 0, 4, "gone")
    gone = Loss(Removed(0, 90, 2, 2), around, section="2", clauses=("user-cap",), certain=True)
    near = replace(child.license.concluded, match=Match.NEAR)
    changed = replace(child, license=replace(child.license, concluded=near, losses=(gone,)))
    clauses = tuple(c for c in child.clauses if c.id not in ("user-cap", "naming"))

    found = lost(
        replace(changed, clauses=clauses),
        node("maker/base", "llama-3.1"),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert set(found) == {"user-cap"}  # that no rule finds the other is no loss
    assert found["user-cap"].confidence is Confidence.MEDIUM


def test_the_standard_text_over_a_changed_one_loses_what_was_added_to_it() -> None:
    base, withheld = node("maker/base", "MIT"), node("art/verse", "CC-BY-NC-4.0").clauses
    assert base.license is not None
    near = replace(base.license.concluded, match=Match.NEAR)
    added = tuple(c for c in withheld if c.id == "non-commercial")
    changed = replace(
        base, license=replace(base.license, concluded=near), clauses=(*base.clauses, *added)
    )
    over = [edge("me/tuned", "maker/base", "finetune")]

    standard = lost(node("me/tuned", "MIT"), changed, edges=over)
    copy = lost(replace(changed, id="me/tuned"), changed, edges=over)

    assert set(standard) == {"non-commercial"}
    assert copy == {}


def test_a_changed_share_alike_text_is_shared_alike_by_the_standard_one() -> None:
    base = node("maker/base", "CC-BY-SA-4.0")
    assert base.license is not None
    near = replace(base.license.concluded, match=Match.NEAR)
    changed = replace(base, license=replace(base.license, concluded=near))

    found = lost(
        node("me/tuned", "CC-BY-SA-4.0"),
        changed,
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert found == {}


def test_naming_no_license_over_a_base_that_binds_is_a_conflict() -> None:
    found = lost(
        node("me/tuned", None),
        node("maker/base", "llama-2"),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert found["training-ban"].declared is None


def test_a_license_that_may_stand_in_what_was_not_read_is_not_said_to_be_missing() -> None:
    found = lost(
        replace(node("me/tuned", None), unlicensed=False),
        node("maker/base", "llama-2"),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert found == {}


@pytest.mark.parametrize(("owner", "said"), [("me", 3), ("maker", 0)])
def test_of_two_releases_of_one_account_it_says_when_there_is_no_conflict(
    owner: str, said: int
) -> None:
    base = f"{owner}/base"

    found = lost(
        node("me/tuned", "MIT"),
        node(base, "llama-2"),
        edges=[edge("me/tuned", base, "finetune")],
    )

    cures = [c.cure for c in found.values()]
    assert len(cures) == 3
    assert sum(f"unless me holds the rights in {base}" in c for c in cures) == said


def test_a_license_that_nobody_knows_is_not_said_to_lose_anything() -> None:
    found = lost(
        node("me/tuned", None, declared="our-own-license"),
        node("maker/base", "llama-2"),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert found == {}


def test_the_release_that_let_go_first_is_named_and_the_term_is_told_of_its_origin() -> None:
    found = lost(
        node("me/merge", "MIT"),
        node("you/adapter", "Apache-2.0"),
        node("copy/base-4bit", "llama-3.1"),
        node("maker/base", "llama-3.1"),
        edges=[
            edge("me/merge", "you/adapter", "merge"),
            edge("you/adapter", "copy/base-4bit", "adapter"),
            edge("copy/base-4bit", "maker/base", "quantized"),
        ],
    )

    cap = found["user-cap"]
    assert cap.dropped_by == "you/adapter"
    assert cap.inherited_from == "maker/base"
    assert cap.path == ("me/merge", "you/adapter", "copy/base-4bit", "maker/base")


def test_a_term_lost_on_the_way_and_found_again_is_no_conflict() -> None:
    found = lost(
        node("me/again", "llama-3.1"),
        node("you/adapter", "Apache-2.0"),
        node("maker/base", "llama-3.1"),
        edges=[
            edge("me/again", "you/adapter", "merge"),
            edge("you/adapter", "maker/base", "adapter"),
        ],
    )

    assert found == {}


def test_both_parents_of_a_merge_bind() -> None:
    _, _, terms = chain(
        node("me/merge", "Apache-2.0"),
        node("a/llama", "llama-3.1"),
        node("b/art", "CC-BY-NC-4.0"),
        edges=[edge("me/merge", "a/llama", "merge"), edge("me/merge", "b/art", "merge")],
    )

    origins = {(t.clause.id, t.origin) for t in terms}
    assert {("user-cap", "a/llama"), ("non-commercial", "b/art")} <= origins


def test_data_that_is_not_for_commerce_is_a_question_and_no_conflict() -> None:
    root, others, terms = chain(
        node("me/tuned", "MIT"),
        node("datasets/them/talk", "CC-BY-NC-4.0"),
        edges=[edge("me/tuned", "datasets/them/talk", "dataset")],
    )

    assert [(t.clause.id, t.asked) for t in terms] == [("non-commercial", True)]
    assert terms[0].confidence is Confidence.LOW
    assert conflicts(root, others, terms, table()) == ()


@pytest.mark.parametrize(
    ("child", "base", "relation", "questions"),
    [
        ("MIT", "gemma-2025-03", "distilled", {"use-restrictions", "pass-on-restrictions"}),
        ("MIT", "creativeml-openrail-m", "distilled", {"use-restrictions"}),
        ("MIT", "hunyuan-large", "distilled", {"territory", "training-ban", "user-cap"}),
        ("MIT", "llama-3.1", "distilled", {"naming"}),
        ("MIT", "CC-BY-ND-4.0", "dataset", {"no-derivatives"}),
        ("MIT", "ODbL-1.0", "dataset", {"same-license"}),
        ("msr-license", "msr-license", "adapter", {"no-redistribution"}),
    ],
)
def test_what_may_come_along_is_a_question(
    child: str, base: str, relation: str, questions: set[str]
) -> None:
    root, others, terms = chain(
        node("me/tuned", child),
        node("maker/base", base),
        edges=[edge("me/tuned", "maker/base", relation)],
    )

    assert questions <= {t.clause.id for t in asked(root, terms, table())}
    assert conflicts(root, others, terms, table()) == ()


@pytest.mark.parametrize(
    ("base", "relation"),
    [
        ("llama-3.1", "distilled"),  # its caps are on whoever uses it, not on who reads its outputs
        ("ODC-By-1.0", "dataset"),
    ],
)
def test_what_a_license_keeps_for_itself_by_its_own_words_raises_no_question(
    base: str, relation: str
) -> None:
    root, _, terms = chain(
        node("me/tuned", "MIT"),
        node("maker/base", base),
        edges=[edge("me/tuned", "maker/base", relation)],
    )

    found = {t.clause.id for t in asked(root, terms, table())}
    assert not found & {"user-cap", "same-license", "acceptable-use-policy"}


def test_a_base_that_only_prose_names_is_a_question() -> None:
    root, others, terms = chain(
        node("me/tuned", "MIT"),
        node("maker/base", "llama-2"),
        edges=[edge("me/tuned", "maker/base", "finetune", Confidence.LOW)],
    )

    assert all(t.asked for t in terms)
    assert conflicts(root, others, terms, table()) == ()


def test_a_declared_path_binds_even_where_prose_names_another() -> None:
    root, others, terms = chain(
        node("me/tuned", "MIT"),
        node("you/copy", "MIT"),
        node("maker/base", "llama-2"),
        edges=[
            edge("me/tuned", "maker/base", "finetune", Confidence.LOW),
            edge("me/tuned", "you/copy", "finetune"),
            edge("you/copy", "maker/base", "finetune"),
        ],
    )

    bans = [t for t in terms if t.clause.id == "training-ban"]
    assert [t.asked for t in bans] == [False]
    assert "training-ban" in {c.clause.id for c in conflicts(root, others, terms, table())}


def test_a_larger_cap_is_weaker_than_the_one_of_the_base() -> None:
    found = lost(
        node("me/tuned", "llama-3.1"),
        node("maker/base", "qwen-2024"),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert "user-cap" in found


def test_notices_come_along_and_a_permissive_license_does_not_lose_them() -> None:
    root, others, terms = chain(
        node("me/tuned", "MIT"),
        node("maker/base", "Apache-2.0"),
        edges=[edge("me/tuned", "maker/base", "finetune")],
    )

    assert {"include-license", "retain-notices", "state-changes"} <= {t.clause.id for t in terms}
    assert conflicts(root, others, terms, table()) == ()


def test_inherited_clauses_tell_the_way_they_took_nearest_first() -> None:
    _, _, terms = chain(
        node("me/gguf", "llama-2"),
        node("you/tuned", "llama-2"),
        node("maker/base", "llama-2"),
        edges=[
            edge("me/gguf", "you/tuned", "quantized"),
            edge("you/tuned", "maker/base", "finetune"),
        ],
    )

    bans = [t.told.via for t in terms if t.clause.id == "training-ban"]
    assert bans == [("you/tuned", "maker/base")]
