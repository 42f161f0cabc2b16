"""Run as `openaudit` or `python -m openaudit`."""

import gc
import sys

from openaudit import __version__

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> None:
    """Run the command line. The version is answered before anything is imported for it."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"openaudit {__version__}\n")
        return
    # A run builds its knowledge once and keeps it; looking for garbage in it every few hundred
    # objects, as the collector does unasked, costs a twentieth of a short run.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from openaudit.cli import run  # noqa: PLC0415  # the reason is in the docstring

    sys.exit(run())


if __name__ == "__main__":
    main()
