"""A server on 127.0.0.1 for hubs of other kinds: what it answers at which path is laid out first.

`github`, `modelscope` and `ollama` lay out a repository as these hubs speak.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, Self, cast
from urllib.parse import parse_qs, unquote, urlsplit

from tests.hub.repository import Fault
from tests.hub.server import Handler, Request, Server, State


@dataclass(slots=True)
class Reply:
    """One answer. It is given only to requests whose query and headers hold what is `asked`."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class StandIn:
    """A context manager; `url` is its address while it is entered. `always` is in every answer."""

    def __init__(self, always: Mapping[str, str] | None = None) -> None:
        self.always = dict(always or {})
        self.replies: dict[str, list[Reply]] = {}
        self.refused_tokens: set[str] = set()
        self.nothing: Reply = Reply(b'{"message": "Not Found"}', 404)
        self._state = State()
        self._server = _Server(self)

    def __enter__(self) -> Self:
        wait = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=wait, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._state.closed.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    @property
    def state(self) -> State:
        return self._state

    @property
    def log(self) -> list[Request]:
        with self._state.lock:
            return list(self._state.log)

    @property
    def paths(self) -> list[str]:
        """Return the paths that were asked for, without queries."""
        return [urlsplit(r.path).path for r in self.log]

    def reply(self, path: str, body: object, **more: Any) -> Reply:
        """Answer `path` with `body`: bytes, a text, or what becomes JSON."""
        match body:
            case bytes():
                data = body
            case str():
                data = body.encode()
            case _:
                data = json.dumps(body).encode()
        made = Reply(data, **more)
        self.replies.setdefault(path, []).append(made)
        return made

    def found(self, path: str, headers: Message) -> Reply:
        split = urlsplit(path)
        query = {k: v[-1] for k, v in parse_qs(split.query).items()}
        for reply in self.replies.get(unquote(split.path), []):
            right = reply.query.items() <= query.items()
            if right and all(headers.get(k) == v for k, v in reply.asked.items()):
                return reply
        return self.nothing


class _Server(Server):
    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        super().__init__(stand_in.state, 0, _Handler)


class _Handler(Handler):
    def do_GET(self) -> None:  # noqa: N802  # http.server calls it so
        stand_in = cast("_Server", self.server).stand_in
        token = self.headers.get("Authorization", "").removeprefix("Bearer ") or None
        with stand_in.state.lock:
            asked = Request(self.command, self.path, token, self.headers.get("Range"))
            stand_in.state.log.append(asked)
        if token in stand_in.refused_tokens:
            self.send(401, b'{"message": "Bad credentials"}', stand_in.always)
            return
        reply = stand_in.found(self.path, self.headers)
        headers = {**stand_in.always, **reply.headers}
        if reply.status != 200:
            self.send(reply.status, reply.body, headers)
        else:
            self.faulty(reply.faults, reply.body, headers)
