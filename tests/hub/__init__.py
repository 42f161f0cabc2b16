"""A Hugging Face hub on 127.0.0.1 that the real client talks to, with faults to order.

`python -m tests.hub DIR` serves the repositories below a directory and prints its address.
"""

import threading
from collections.abc import Mapping
from typing import Any, Self

from tests.hub.repository import Repository
from tests.hub.server import Request, Server, State


class LoopbackHub:
    """A context manager; `url` is its address while it is entered."""

    def __init__(self, *repositories: Repository, port: int = 0) -> None:
        self._state = State()
        for repository in repositories:
            self.serve(repository)
        self._port = port
        self._server: Server | None = None

    def __enter__(self) -> Self:
        self._server = Server(self._state, self._port)
        wait = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=wait, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._state.closed.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError("the hub is not running; enter it with `with`")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    @property
    def log(self) -> list[Request]:
        """Return every request so far, in order of arrival."""
        with self._state.lock:
            return list(self._state.log)

    def add(self, id: str, files: Mapping[str, str | bytes], **more: Any) -> Repository:  # noqa: A002  # the hub's word
        """Serve a repository with these files; `more` are fields of `Repository`."""
        data = {n: f.encode() if isinstance(f, str) else f for n, f in files.items()}
        repository = Repository(id, data, **more)
        self.serve(repository)
        return repository

    def serve(self, repository: Repository) -> None:
        self._state.repositories[repository.kind, repository.id.casefold()] = repository

    def refuse(self, token: str) -> None:
        """Treat `token` as one that was revoked."""
        self._state.refused_tokens.add(token)
