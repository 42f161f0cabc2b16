"""Made-up releases and limits that the tests of sources share."""

from typing import Final

from openaudit.model.reference import parse
from openaudit.model.release import Release
from openaudit.sources import huggingface
from openaudit.sources.retry import Limits
from tests.hub import LoopbackHub

QUICK: Final = Limits(
    answer=0.6, silence=0.25, text=0.5, texts=1.0, pause=0.01, text_bytes=2_000, answer_bytes=50_000
)
CARD: Final = "---\nlicense: other\n---\n# Tiny\n\nA made-up model.\n"
TERMS: Final = "You may use the Tiny model for anything but weather reports.\n"


def fetch(hub: LoopbackHub, text: str, token: str | None = None, limits: Limits = QUICK) -> Release:
    """Fetch `text` from the loopback hub."""
    return huggingface.fetch(parse(text), endpoint=hub.url, token=token, limits=limits)
