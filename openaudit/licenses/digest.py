"""Print the hashes that a license profile records: `python -m openaudit.licenses.digest FILE...`.

One line a file: the sha256 of its bytes, the digest of its words, the path. `--id` names the
profile whose title lines are left out of the digest; without it none are.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from openaudit.data import knowledge
from openaudit.licenses.titles import body_digest


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the hashes of the files named in `arguments`."""
    parser = argparse.ArgumentParser(prog="python -m openaudit.licenses.digest")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--id", help="leave out the title lines of this license")
    options = parser.parse_args(arguments)
    titles: tuple[str, ...] = ()
    if options.id is not None:
        profile = knowledge().licenses.get(options.id)
        if profile is None:
            parser.error(f"no license {options.id}: licenses/ holds no such profile")
        titles = profile.titles
    for path in options.files:
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        words = body_digest(content.decode("utf-8", "replace"), titles)
        sys.stdout.write(f"{sha256}  {words}  {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
