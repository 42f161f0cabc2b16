from dataclasses import replace

import pytest

from openaudit.licenses.conclude import conclude
from openaudit.licenses.identify import identify
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.evidence import Quote
from openaudit.model.license import (
    ArtifactLicense,
    HubTag,
    Identification,
    Match,
    Statement,
    StatementKind,
)
from openaudit.model.profile import ProfileClause
from tests.licenses.made_up import (
    ALDER,
    ALDER_OLD,
    BIRCH,
    LINDEN,
    RULES,
    document,
    index,
    profiles,
    said,
)

PROFILES = profiles()
TAGS = {"trees": HubTag(None, ("birch", "alder-2025")), "oak-1.0": HubTag("LicenseRef-oak")}
UNKNOWN_TEXT = "Whoever plants a tree may use this for a year."


def _conclude(
    statements: list[Statement],
    documents: list[Document],
    missing: list[Missing] | None = None,
    artifact: str = "weights",
) -> tuple[ArtifactLicense, list[str]]:
    license_, troubles = conclude(
        statements,
        documents,
        missing or [],
        PROFILES,
        TAGS,
        identified=_identified(documents),
        artifact=artifact,
    )
    return license_, sorted(t[0] for t in troubles)


def _identified(documents: list[Document]) -> dict[str, Identification]:
    texts = [d for d in documents if not d.truncated]
    return {d.name: identify(d.text, index(), card=d.role is Role.CARD) for d in texts}


def test_a_known_text_is_exact_and_quotes_its_title() -> None:
    license_, troubles = _conclude([said("birch")], [document(BIRCH)])

    assert license_.concluded.id == "birch"
    assert license_.concluded.match is Match.EXACT
    assert license_.concluded.similarity == 1.0
    assert isinstance(license_.concluded.evidence, Quote)
    assert license_.concluded.evidence.text == "Birch License"
    assert troubles == []


def test_a_name_without_a_text_is_named_and_rests_on_the_statement() -> None:
    statement = said("Birch License", StatementKind.NAME)

    license_, troubles = _conclude([said("other"), statement], [])

    assert license_.concluded.id == "birch"
    assert license_.concluded.match is Match.NAMED
    assert license_.concluded.similarity is None
    assert license_.concluded.evidence == statement.evidence
    assert troubles == []


def test_every_statement_is_declared_known_or_not() -> None:
    license_, _ = _conclude([said("birch"), said("larch", StatementKind.NAME)], [])

    assert [(d.value, d.id) for d in license_.declared] == [("birch", "birch"), ("larch", None)]


def test_a_license_without_a_profile_is_named_by_its_expression() -> None:
    license_, _ = _conclude([said("oak-1.0")], [])

    assert license_.concluded.id is None
    assert license_.concluded.expression == "LicenseRef-oak"
    assert license_.concluded.match is Match.NAMED


def test_an_unknown_text_beats_the_tag() -> None:
    license_, troubles = _conclude([said("birch")], [document(UNKNOWN_TEXT)])

    assert license_.concluded.id is None
    assert license_.concluded.match is Match.NONE
    assert troubles == ["license-text-unknown"]


def test_a_text_with_one_sentence_more_is_near_and_shows_it() -> None:
    license_, troubles = _conclude([said("birch")], [document(BIRCH + "\nNot for companies.\n")])

    assert license_.concluded.id == "birch"
    assert license_.concluded.match is Match.NEAR
    assert license_.concluded.expression is None
    assert [quote.text for quote in license_.added] == ["Not for companies"]
    assert license_.removed == ()
    assert troubles == ["license-text-changed"]


def test_a_file_of_several_changed_licenses_is_near_to_its_first_not_its_longest() -> None:
    first = BIRCH.replace("may run them", "may not run them")
    bundled = LINDEN.replace("irrevocable", "revocable")

    license_, _ = _conclude([], [document(f"{first}\nParts are under this one:\n\n{bundled}")])

    assert (license_.concluded.id, license_.concluded.match) == ("birch", Match.NEAR)


def test_a_finding_on_a_text_of_the_same_words_says_what_else_is_there() -> None:
    text = BIRCH.replace("may run", "may \N{NOT SIGN} run")

    documents = [document(text)]
    _, troubles = conclude(
        [], documents, [], PROFILES, TAGS, identified=_identified(documents), artifact="weights"
    )

    [values] = [t[1] for t in troubles if t[0] == "license-text-changed"]
    assert "signs or markup" in values["how"]


def test_a_text_with_a_sentence_less_says_how_many_words_are_gone() -> None:
    sentence = "1. The giver of the weights promises nothing about them.\n"

    license_, troubles = _conclude([], [document(BIRCH.replace(sentence, ""))])

    assert license_.concluded.match is Match.NEAR
    assert [removed.words for removed in license_.removed] == [10]
    assert troubles == ["license-text-changed"]


def _card(above: str, text: str = BIRCH) -> Document:
    return document(f"# Acme 7B\n\nA model.\n\n{above}\n\n{text}", "README.md", Role.CARD)


def test_a_changed_license_in_a_card_is_near_whatever_the_tag_says() -> None:
    card = _card("## License", BIRCH.rstrip() + " Not for companies.\n")

    license_, troubles = _conclude([said("birch")], [card])

    assert license_.concluded.match is Match.NEAR
    assert [quote.text for quote in license_.added] == ["Not for companies"]
    assert not license_.complete
    assert troubles == ["license-text-changed"]


def test_a_list_out_of_a_license_in_a_card_says_nothing() -> None:
    card = _card("## Terms", "1. The giver of the weights promises nothing about them.\n")

    license_, troubles = _conclude([said("birch")], [card])

    assert license_.concluded.match is Match.NAMED
    assert troubles == []


def test_a_text_in_a_card_confirms_the_tag_and_is_quoted_where_it_stands() -> None:
    license_, troubles = _conclude([said("birch")], [_card("## License")])

    assert license_.concluded.match is Match.EXACT
    assert isinstance(license_.concluded.evidence, Quote)
    assert (license_.concluded.evidence.line, license_.concluded.evidence.text) == (
        7,
        "Birch License",
    )
    assert license_.complete
    assert troubles == []


@pytest.mark.parametrize("tags", [[], [said("other")]])
def test_a_text_in_a_card_that_no_tag_confirms_is_never_complete(tags: list[Statement]) -> None:
    license_, _ = _conclude(tags, [_card("## License")])

    assert license_.concluded.id == "birch"
    assert not license_.complete


@pytest.mark.parametrize(
    "statement", [said("alder"), said("Alder Terms of Use", StatementKind.NAME)]
)
def test_a_text_in_a_card_against_its_tag_settles_nothing(statement: Statement) -> None:
    license_, troubles = _conclude([statement], [_card("## License")])

    assert license_.concluded.match is Match.NONE
    assert not license_.complete
    assert troubles == ["card-text-differs"]


def test_a_card_text_against_its_tag_shows_both() -> None:
    statement, card = said("alder"), _card("## License")

    _, troubles = conclude([statement], [card], [], PROFILES, TAGS, identified=_identified([card]))

    (_, _, (tag, text)) = troubles[0]
    assert tag == statement.evidence
    assert isinstance(text, Quote)
    assert text.text == "Birch License"


def test_a_text_in_a_card_under_a_name_that_nobody_knows_settles_nothing() -> None:
    statements = [said("other"), said("larch", StatementKind.NAME)]

    license_, troubles = _conclude(statements, [_card("## License")])

    assert license_.concluded.match is Match.NONE
    assert "license-name-unknown" in troubles


@pytest.mark.parametrize(
    "above",
    [
        "## License of the code",
        "## License\n\nThe training scripts come under these terms:",
        "## Third-party software",
        "## Third-party software\n\n### Foo",
        "## License of our tokenizer",
        "## License\n\nThis model card quotes the license of Foo:\n\n```",
        "<h2>Notices</h2>",
        "Data\n----",
        "**Software**",
        "## 代码许可",
    ],
)
def test_a_text_in_a_card_that_is_of_something_else_is_not_the_license(above: str) -> None:
    untagged, troubles = _conclude([], [_card(above)])
    tagged, _ = _conclude([said("alder")], [_card(above)])
    agreed, _ = _conclude([said("birch")], [_card(above)])

    assert untagged.concluded.match is Match.NONE
    assert "license-text-quoted" in troubles
    assert (tagged.concluded.id, tagged.concluded.match) == ("alder-2025", Match.NAMED)
    assert not tagged.complete
    assert agreed.concluded.match is Match.NAMED


@pytest.mark.parametrize(
    "above",
    [
        "## License",
        "## License\n\nModel, code and data come under:",
        "## Code\n\nRun it.\n\n## License",
        "## License of the weights",
    ],
)
def test_a_text_in_a_card_that_nothing_sets_apart_is_the_license(above: str) -> None:
    license_, _ = _conclude([said("birch")], [_card(above)])

    assert license_.concluded.match is Match.EXACT


def test_a_quoted_text_of_the_license_that_the_tag_names_raises_no_doubt() -> None:
    license_, _ = _conclude([said("birch")], [_card("## License of the code")])

    assert (license_.concluded.match, license_.complete) == (Match.NAMED, True)


def test_a_card_never_replaces_what_a_license_file_says() -> None:
    documents = [document(UNKNOWN_TEXT), _card("## License")]

    license_, troubles = _conclude([said("birch")], documents)

    assert license_.concluded.match is Match.NONE
    assert "license-text-unknown" in troubles


def test_a_truncated_text_is_not_called_exact() -> None:
    whole = document(BIRCH)
    cut = Document(whole.name, whole.role, whole.text, whole.sha256, truncated=True)

    license_, _ = _conclude([], [cut])

    assert license_.concluded.match is Match.NONE


def test_text_and_tag_that_differ_are_a_conflict_and_the_text_holds() -> None:
    license_, troubles = _conclude([said("birch")], [document(ALDER)])

    assert license_.concluded.id == "alder-2025"
    assert troubles == ["license-conflict"]


def test_a_name_that_asks_for_more_than_the_text_leaves_it_incomplete() -> None:
    alder = replace(PROFILES["alder-2025"], clauses=[ProfileClause("non-commercial", "2", {})])
    birch = replace(PROFILES["birch"], clauses=[ProfileClause("retain-notices", "1", {})])
    known = {**PROFILES, "alder-2025": alder, "birch": birch}
    prose = said("alder-2025", StatementKind.PROSE)

    for statements, text, complete in (
        ([said("alder-2025")], BIRCH, False),
        ([said("birch"), prose], BIRCH, False),
        ([said("birch")], BIRCH, True),
    ):
        documents = [document(text)]
        license_, _ = conclude(
            statements, documents, [], known, TAGS, identified=_identified(documents)
        )
        assert license_.concluded.id == "birch"
        assert license_.complete is complete


def test_a_name_that_asks_for_less_than_the_text_takes_nothing_from_it() -> None:
    clauses = [ProfileClause("non-commercial", "2", {}), ProfileClause("retain-notices", "1", {})]
    alder = replace(PROFILES["alder-2025"], clauses=clauses)
    birch = replace(PROFILES["birch"], clauses=clauses[1:])
    known = {**PROFILES, "alder-2025": alder, "birch": birch}
    documents = [document(ALDER)]

    license_, _ = conclude(
        [said("birch")], documents, [], known, TAGS, identified=_identified(documents)
    )

    assert (license_.concluded.id, license_.complete) == ("alder-2025", True)


def test_a_conflict_shows_both_sides() -> None:
    statement = said("birch")

    documents = [document(ALDER)]

    _, troubles = conclude(
        [statement], documents, [], PROFILES, TAGS, identified=_identified(documents)
    )

    assert troubles[0][2][0] == statement.evidence
    assert isinstance(troubles[0][2][1], Quote)
    assert troubles[0][2][1].text == "ALDER TERMS OF USE"


def test_an_older_edition_under_the_same_tag_is_no_conflict() -> None:
    license_, troubles = _conclude([said("alder")], [document(ALDER_OLD)])

    assert license_.concluded.id == "alder-2024"
    assert troubles == []


def test_a_family_that_holds_the_text_is_no_conflict() -> None:
    license_, troubles = _conclude([said("trees")], [document(BIRCH)])

    assert license_.concluded.id == "birch"
    assert troubles == []


def test_names_that_contradict_each_other_settle_nothing() -> None:
    license_, troubles = _conclude([said("birch"), said("alder", StatementKind.NAME)], [])

    assert license_.concluded.id is None
    assert license_.concluded.match is Match.NONE
    assert troubles == ["license-names-differ"]


@pytest.mark.parametrize(
    ("statements", "trouble"),
    [
        ([], "license-unstated"),
        ([said("other")], "license-unresolved"),
        ([said("larch")], "license-name-unknown"),
        ([said("trees")], "license-ambiguous"),
        ([said("birch, alder")], "license-ambiguous"),
    ],
)
def test_what_cannot_be_concluded_says_why(statements: list[Statement], trouble: str) -> None:
    license_, troubles = _conclude(statements, [])

    assert license_.concluded.match is Match.NONE
    assert license_.concluded.expression is None
    assert troubles == [trouble]


def test_a_text_that_could_not_be_read_is_not_unstated() -> None:
    gated = Missing("LICENSE", Role.LICENSE, Reason.GATED, "behind a gate")

    _, troubles = _conclude([], [], [gated])

    assert troubles == []


def test_a_text_that_is_not_published_leaves_the_license_unstated() -> None:
    absent = Missing("LICENSE", Role.LICENSE, Reason.NOT_PUBLISHED, "no such file")

    _, troubles = _conclude([], [], [absent])

    assert troubles == ["license-unstated"]


def test_a_file_that_only_points_names_the_license() -> None:
    license_, troubles = _conclude([], [document("https://birch.example/license")])

    assert license_.concluded.id == "birch"
    assert license_.concluded.match is Match.NAMED
    assert troubles == ["license-pointer"]


def test_a_gate_prompt_that_is_the_license_counts_as_its_text() -> None:
    prompt = document(ALDER, "README.md#extra_gated_prompt", Role.GATE)

    license_, troubles = _conclude([said("alder")], [prompt])

    assert license_.concluded.match is Match.EXACT
    assert troubles == []


@pytest.mark.parametrize("role", [Role.GATE, Role.CARD, Role.NOTICE, Role.POLICY])
def test_other_texts_say_nothing_of_the_license(role: Role) -> None:
    license_, troubles = _conclude([said("birch")], [document(UNKNOWN_TEXT, "README.md", role)])

    adds_terms = role in (Role.GATE, Role.POLICY)
    assert license_.concluded.match is Match.NAMED
    assert troubles == (["terms-not-known"] if adds_terms else [])
    assert license_.complete is not adds_terms


def test_a_use_policy_in_a_license_file_is_no_license() -> None:
    license_, troubles = _conclude([said("birch")], [document(RULES, "LICENSE-POLICY")])

    assert license_.concluded.match is Match.NAMED
    assert troubles == []


def test_of_two_texts_the_one_the_tag_names_holds() -> None:
    texts = [document(BIRCH), document(ALDER, "NOTICE-LICENSE")]

    license_, troubles = _conclude([said("alder")], texts)

    assert license_.concluded.id == "alder-2025"
    assert troubles == ["license-several"]


def test_of_two_texts_without_a_tag_the_file_called_license_holds() -> None:
    texts = [document(ALDER, "third/LICENSE-alder"), document(BIRCH)]

    license_, _ = _conclude([], texts)

    assert license_.concluded.id == "birch"


def test_a_file_named_for_the_artifact_holds_for_it() -> None:
    texts = [document(BIRCH), document(ALDER, "LICENSE-MODEL")]

    weights, _ = _conclude([said("birch")], texts)
    code, _ = _conclude([], texts, artifact="code")

    assert weights.concluded.id == "alder-2025"
    assert code.concluded.id == "birch"


def test_two_texts_of_the_same_rank_and_no_tag_settle_nothing() -> None:
    texts = [document(BIRCH, "LICENSE-a"), document(ALDER, "LICENSE-b")]

    license_, troubles = _conclude([], texts)

    assert license_.concluded.match is Match.NONE
    assert troubles == ["license-several"]


def test_an_empty_license_file_is_no_text() -> None:
    license_, _ = _conclude([said("birch")], [document(" \n")])

    assert license_.concluded.match is Match.NAMED


def test_the_copyright_lines_of_the_text_that_decides_are_told() -> None:
    license_, _ = _conclude([said("birch")], [document(BIRCH), document(RULES, "RULES.md")])

    assert [(q.document, q.line, q.text) for q in license_.ignored] == [
        ("LICENSE", 3, "Copyright (c) 2021 Birch Example Ltd.")
    ]


def test_of_a_card_only_the_copyright_lines_in_its_license_are_told() -> None:
    card = f"# Tiny\n\nCopyright 2025 Elm.\n\n## License\n\n{BIRCH}\n"

    license_, _ = _conclude([said("birch")], [document(card, "README.md", Role.CARD)])

    assert [q.text for q in license_.ignored] == ["Copyright (c) 2021 Birch Example Ltd."]


def test_a_name_without_a_text_has_no_copyright_lines() -> None:
    license_, _ = _conclude([said("birch")], [])

    assert license_.ignored == ()
