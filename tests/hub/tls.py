"""A certificate of our own, made by the `openssl` command, and a server that shows it."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.hub.stand_in import StandIn


def certificate(directory: Path, host: str) -> Path:
    """Return a file with a key and a certificate for `host`; skip where openssl is absent."""
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("the openssl command, which makes the certificate, is absent")
    made = directory / "own.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}"]
    named = ["-addext", f"subjectAltName=DNS:{host}", "-keyout", str(made)]
    subprocess.run(
        [command, *words, *named, "-out", str(directory / "c.pem")], check=True, capture_output=True
    )
    made.write_bytes(made.read_bytes() + (directory / "c.pem").read_bytes())
    return made


def secured(server: StandIn, pem: Path) -> StandIn:
    """Make `server`, which is not entered yet, speak TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.wrap(context)
    return server
