"""Licenses as spdx-tools hold them, and the texts that SPDX has no id for."""

import re
from typing import Any, Final

# The same list of licenses by which the document is validated.
from spdx_tools.common.spdx_licensing import (  # type: ignore[import-untyped]  # ships no types
    spdx_licensing,
)
from spdx_tools.spdx.model.extracted_licensing_info import ExtractedLicensingInfo
from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion

from openaudit.reporters.bom_license import Stated
from openaudit.reporters.plain import shown, shown_lines

_OWN: Final = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")


def asserted(expression: str | None) -> Any:
    """Return the expression; no assertion where there is none, or the list lacks an id of it."""
    if expression is None:
        return SpdxNoAssertion()
    unlisted = spdx_licensing.validate(expression).invalid_symbols
    if any(not _OWN.fullmatch(symbol) for symbol in unlisted):
        return SpdxNoAssertion()
    return spdx_licensing.parse(expression)


def extracted(said: Stated) -> tuple[ExtractedLicensingInfo, ...]:
    """Return what SPDX wants to know of each license it has no id for: the text, where read."""
    expressions = f"{asserted(said.declared)} {asserted(said.concluded)}"
    return tuple(_extracted(ref, said) for ref in dict.fromkeys(_OWN.findall(expressions)))


def _extracted(ref: str, said: Stated) -> ExtractedLicensingInfo:
    text = said.text_of(ref)
    read = shown_lines(text.text) if text is not None else ""
    return ExtractedLicensingInfo(
        license_id=ref,
        extracted_text=read if read.strip() else f"The text of {ref} was not read.",
        license_name=said.names.get(ref, SpdxNoAssertion()),
        comment=f"{shown(text.name)}, sha256 {text.sha256}" if text is not None else None,
    )
