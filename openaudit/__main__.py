"""Run as `openaudit` or `python -m openaudit`."""

import sys

from openaudit import __version__


def main() -> None:
    """Run the command line. The version is answered before anything is imported for it."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"openaudit {__version__}\n")
        return
    from openaudit.cli import run  # noqa: PLC0415  # the reason is in the docstring

    sys.exit(run())


if __name__ == "__main__":
    main()
