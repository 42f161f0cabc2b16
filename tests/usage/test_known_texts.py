"""The texts of known licenses, where they are at hand, permit what their profiles do."""

from dataclasses import replace
from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.clauses.known import profile_clauses
from openaudit.data import knowledge
from openaudit.licenses.names import policy_of
from openaudit.model.license import Match
from openaudit.model.usage import Use, UseAnswer
from openaudit.sources import local
from openaudit.usage.answers import answers
from openaudit.usage.profile import inline
from tests.known_texts import CORPUS
from tests.usage.made_up import SEEN, rules, terms_of

USER = inline(
    "commercial,distill,hosted,modify,redistribute,research,mau=10M,region=EU,revenue=100M USD",
    knowledge().uses,
)
TEXTS = sorted(CORPUS.rglob("*.txt"))


@pytest.mark.skipif(not TEXTS, reason="no corpus of license texts beside this checkout")
@pytest.mark.parametrize("text", TEXTS, ids=[p.stem for p in TEXTS])
def test_a_text_is_answered_as_its_profile(text: Path, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: other\n---\n# Tiny\n", "utf-8")
    (tmp_path / "LICENSE").write_bytes(text.read_bytes())

    report = audit_release(local.read(tmp_path), knowledge(), use=USER)

    concluded = report.licenses[0].concluded
    if concluded.match is Match.EXACT and concluded.id is not None:
        assert said(report.questions) == of_profile(concluded.id)
    else:
        assert {"yes", "yes-if"}.isdisjoint(said(report.questions).values())


def of_profile(license_id: str) -> dict[Use, str]:
    """Return the answers of a license that is known by name alone, with its use policy."""
    profile = knowledge().licenses[license_id]
    policy = policy_of(profile, knowledge().licenses)
    found = profile_clauses(profile, knowledge().clauses.values(), SEEN)
    if policy is not None:
        inside = profile_clauses(policy, knowledge().clauses.values(), SEEN)
        found += tuple(replace(c, policy=policy.name) for c in inside)
    return said(answers(USER, replace(terms_of(""), profile=profile, clauses=found), rules()))


def said(questions: tuple[UseAnswer, ...]) -> dict[Use, str]:
    return {a.question: a.answer.value for a in questions}
