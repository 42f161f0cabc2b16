"""Whether the license named is the one shipped, and of what: weights or code."""

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.model.document import Document, Role
from openaudit.model.fact import Answer, Fact
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release


def facts(reference: str, *files: str) -> dict[str, Fact]:
    at = parse(reference)
    card = Document("README.md", Role.CARD, "---\nlicense: mit\n---\n# Tiny\n", "0" * 64)
    said = Metadata(files=("README.md", *files))
    one = Release(at, "hub", at.id, None, Origin.HUB, None, said, (card,))
    return {f.id: f for f in audit_release(one, knowledge()).facts}


def test_a_license_that_is_named_and_not_shipped_lacks_its_text() -> None:
    found = facts("acme/tiny", "model.safetensors")

    assert found["usage.declared_vs_text"].value == "text_missing"
    assert found["code.license"].answer is Answer.UNKNOWN


def test_a_text_that_was_not_read_is_not_missing() -> None:
    found = facts("acme/tiny", "model.safetensors", "LICENSE")

    assert found["usage.declared_vs_text"].answer is Answer.UNKNOWN


def test_the_license_of_a_code_repository_is_that_of_the_code() -> None:
    found = facts("gh:acme/tiny", "main.py")

    assert found["code.license"].value == "MIT"
    assert found["code.osd"].answer is Answer.YES
