"""The clauses a person found in a known text against those the rules find in it.

Every difference is listed in the profile with its reason, and nothing is listed that is none.
"""

from pathlib import Path

import pytest

from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.licenses.identify import identify
from openaudit.licenses.index import shipped
from openaudit.licenses.schema import read_profile
from openaudit.model.document import Role
from openaudit.model.license import Match
from tests.known_texts import CORPUS, listed_texts
from tests.licenses.made_up import document

LICENSES = Path(__file__).parents[1] / "licenses"


def _texts() -> dict[str, str]:
    """Return the texts at hand by name: of the SPDX list, and of the corpus where it is here."""
    profiles = knowledge().licenses
    texts = {i: t for i, t in listed_texts().items() if i in profiles}
    return texts | {p.stem: p.read_text("utf-8") for p in sorted(CORPUS.glob("*.txt"))}


@pytest.mark.parametrize("name", sorted(_texts()))
def test_rules_and_profile_agree_but_for_what_the_profile_lists(name: str) -> None:
    text = _texts()[name]
    found = identify(text, shipped()).found
    if len(found) != 1 or found[0].match is not Match.EXACT:
        pytest.skip(f"{name} is not one known text alone")
    profile = read_profile(LICENSES / f"{found[0].id}.yaml")
    if profile.verified is None:
        pytest.skip(f"no person has read {profile.id}")
    role = Role.POLICY if profile.kind == "policy" else Role.LICENSE

    clauses = find_clauses(document(text, role=role), knowledge().clauses.values())

    read, known = {c.id for c in clauses}, {c.id for c in profile.clauses}
    assert known - read == set(profile.known_miss), "missed by the rules"
    assert read - known == set(profile.known_extra), "found by the rules alone"
