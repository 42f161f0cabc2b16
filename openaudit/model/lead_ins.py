"""What may stand above a license text and only says that one follows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeadIns:
    """The words of `rules/license_lead_ins.yaml`, where stands what each is for."""

    words: tuple[bytes, ...]
    subjects: tuple[str, ...]
    sentences: tuple[str, ...]
