"""What a person read in a known text against what the rules find in and around it."""

import hashlib

from openaudit.clauses.known import vouched
from openaudit.clauses.match import find_clauses
from openaudit.data import knowledge
from openaudit.model.document import Document, Role

LICENSE = """You may not use outputs of the model to train other models.
You must retain all copyright notices.
"""
AROUND = "\nYou may use the model for non-commercial purposes only.\n"


def test_inside_a_known_text_only_what_a_person_found_counts_and_around_it_all() -> None:
    text = LICENSE + AROUND
    document = Document("TERMS.md", Role.LICENSE, text, hashlib.sha256(text.encode()).hexdigest())
    found = find_clauses(document, knowledge().clauses.values())

    kept = {c.id for c in vouched(found, {"retain-notices"}, 0, len(LICENSE))}

    assert {"training-ban", "retain-notices", "non-commercial"} <= {c.id for c in found}
    assert kept == {"retain-notices", "non-commercial"}
