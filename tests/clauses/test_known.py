"""What a person read in a known text against what the rules find in and around it."""

import hashlib
from dataclasses import replace

from openaudit.clauses.known import profile_clauses, reconcile, vouched
from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.model.clause import Clause, Param
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Witness
from openaudit.model.profile import LicenseProfile, ProfileClause

LICENSE = """You may not use outputs of the model to train other models.
You must retain all copyright notices.
"""
AROUND = "\nYou may use the model for non-commercial purposes only.\n"


TWO_CAPS = """2. Caps. If you have more than 5,000 monthly active users, you must request a license
from us, which we may refuse.
"""


def _profile(*clauses: ProfileClause) -> LicenseProfile:
    return replace(next(iter(knowledge().licenses.values())), clauses=clauses)


def _found(text: str) -> tuple[Clause, ...]:
    document = Document("TERMS.md", Role.LICENSE, text, hashlib.sha256(text.encode()).hexdigest())
    return find_clauses(document, knowledge().clauses.values())


def test_inside_a_known_text_only_what_a_person_found_counts_and_around_it_all() -> None:
    found = _found(LICENSE + AROUND)
    profile = _profile(ProfileClause("retain-notices", "", {}))

    kept = vouched(found, profile, knowledge().clauses, (), (0, len(LICENSE)))

    assert {"training-ban", "retain-notices", "non-commercial"} <= {c.id for c in found}
    assert {c.id for c in kept} == {"retain-notices", "non-commercial"}


def test_the_values_a_person_read_stand_in_the_clause_and_in_its_sentence() -> None:
    read: dict[str, Param] = {
        "count": 5000,
        "unit": "other",
        "who": "licensee+affiliates",
        "measured": "devices",
    }
    profile = _profile(ProfileClause("user-cap", "2", read))

    (cap,) = (
        c
        for c in vouched(_found(TWO_CAPS), profile, knowledge().clauses, (), (0, len(TWO_CAPS)))
        if c.id == "user-cap"
    )

    assert cap.params["unit"] == "other"
    assert "devices" in cap.message
    assert "5,000" in cap.message


def test_a_second_threshold_of_the_profile_is_told_beside_the_one_the_text_shows() -> None:
    profile = _profile(
        ProfileClause("user-cap", "2", {"count": 5000}),
        ProfileClause("user-cap", "2", {"count": 1_000_000}),
    )
    evidence = Observation(Witness.CATALOG, None, "our profile")
    known = profile_clauses(profile, knowledge().clauses.values(), evidence)

    joined = reconcile(_found(TWO_CAPS), known)

    assert [c.params["count"] for c in joined if c.id == "user-cap"] == [5000, 1_000_000]


WITH_APPENDIX = """1. Notices. You must retain all copyright notices.

APPENDIX: How to use this license

We also recommend that you retain all copyright notices in every file.
"""


def test_advice_in_an_appendix_that_a_person_read_no_clause_in_is_none() -> None:
    found = [c for c in _found(WITH_APPENDIX) if c.id == "retain-notices"]
    held = (0, len(WITH_APPENDIX))
    elsewhere = _profile(ProfileClause("retain-notices", "1", {}))
    there = _profile(
        ProfileClause("retain-notices", "1", {}), ProfileClause("state-changes", "Appendix", {})
    )

    kept = vouched(found, elsewhere, knowledge().clauses, (), held)

    assert [c.section for c in found] == ["1", "APPENDIX"]
    assert [c.section for c in kept] == ["1"]
    assert vouched(found, there, knowledge().clauses, (), held) == tuple(found)
