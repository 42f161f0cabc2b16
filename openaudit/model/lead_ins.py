"""What may stand above a license text and only says that one follows."""

from openaudit.model.frozen import frozen


@frozen
class LeadIns:
    """The words of `rules/license_lead_ins.yaml`, where stands what each is for."""

    words: tuple[bytes, ...]
    subjects: tuple[str, ...]
    sentences: tuple[str, ...]
