"""Serve the repositories below a directory until interrupted."""

import sys
import threading
from pathlib import Path

from tests.hub import LoopbackHub
from tests.hub.repository import read_repositories


def main() -> int:
    match sys.argv[1:]:
        case [directory, *port] if len(port) <= 1:
            repositories = read_repositories(Path(directory))
        case _:
            sys.stderr.write("usage: python -m tests.hub DIR [PORT]\n")
            return 2
    with LoopbackHub(*repositories, port=int(port[0]) if port else 0) as hub:
        sys.stdout.write(f"{hub.url}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
