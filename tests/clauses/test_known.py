"""The clauses of a license that is known by name."""

import subprocess
import sys
from dataclasses import replace

from openaudit.clauses.known import profile_clauses, reconcile
from openaudit.clauses.match import find_clauses
from openaudit.model.clause import Basis, ClauseKind
from openaudit.model.evidence import Observation, Witness
from openaudit.model.profile import LicenseProfile, ProfileClause
from tests.clauses.examples import document, rules

EVIDENCE = Observation(Witness.CATALOG, None, "recorded")
PROFILE = LicenseProfile(
    id="example-1",
    name="Example License",
    expression="LicenseRef-openaudit-example-1",
    category="restricted",
    verified=None,
    osi=False,
    tags=(),
    names=(),
    urls=(),
    texts=(),
    clauses=(
        ProfileClause(
            "user-cap", "2", {"count": 5_000_000, "unit": "MAU", "effect": "separate-license"}
        ),
        ProfileClause("user-cap", "3", {"count": 10, "unit": "users", "effect": "branding"}),
        ProfileClause("include-license", "1.b", {}),
        ProfileClause("not-a-rule", "9", {}),
    ),
)


def test_a_profile_speaks_with_the_words_of_the_rules() -> None:
    cap, branding, copy = profile_clauses(PROFILE, rules().values(), EVIDENCE)

    assert cap.message.startswith("Above 5,000,000 monthly active users")
    assert (cap.section, cap.basis, cap.evidence) == ("2", Basis.PROFILE, EVIDENCE)
    assert branding.kind is ClauseKind.OBLIGATION
    assert copy.id == "include-license"


def test_the_text_wins_over_the_profile() -> None:
    found = find_clauses(
        document("If you exceed 7 million monthly active users you must obtain a license."),
        rules().values(),
    )
    known = profile_clauses(PROFILE, rules().values(), EVIDENCE)

    both = reconcile(found, known)

    assert [(c.id, c.basis) for c in both if c.id == "user-cap"] == [("user-cap", Basis.TEXT)]
    assert [c.id for c in both if c.basis is Basis.PROFILE] == ["include-license"]


def test_a_rule_that_yields_to_another_is_still_known_of_a_profile() -> None:
    rule = replace(rules()["output-claim"], yields_to=("output-disclaim",))
    profile = replace(PROFILE, clauses=(ProfileClause("output-claim", "4", {}),))

    assert [c.id for c in profile_clauses(profile, [rule], EVIDENCE)] == ["output-claim"]


def test_the_path_without_a_text_loads_no_pattern() -> None:
    code = (
        "import sys, openaudit.clauses.known\n"
        "heavy = {'openaudit.clauses.match', 'openaudit.clauses.pattern', 'pydantic', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
