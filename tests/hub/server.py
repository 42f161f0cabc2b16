"""The wire of the loopback hub: paths, error headers and redirects as the real one sends them."""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, cast
from urllib.parse import parse_qs, unquote, urlsplit

from tests.hub.repository import Fault, Repository

_INFO: Final = re.compile(
    r"/api/(models|datasets)/([^/]+(?:/(?!revision/)[^/]+)?)(?:/revision/([^/]+))?"
)
_FILE: Final = re.compile(r"/(datasets/)?([^/]+(?:/[^/]+)?)/resolve/([^/]+)/(.+)")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived. `token` and `part`, the range, are None where none was sent."""

    method: str
    path: str
    token: str | None
    part: str | None = None


@dataclass(slots=True)
class State:
    """What all requests of one hub share."""

    repositories: dict[tuple[str, str], Repository] = field(default_factory=dict)
    refused_tokens: set[str] = field(default_factory=set)
    log: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    closed: threading.Event = field(default_factory=threading.Event)


class Server(ThreadingHTTPServer):
    """A server on 127.0.0.1 whose threads end with the process."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, state: State, port: int = 0, handler: "type[Handler] | None" = None) -> None:
        self.state = state
        super().__init__(("127.0.0.1", port), handler or Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up is what many tests are about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # one send per answer, or delayed acknowledgment costs 40 ms each

    def log_message(self, *_: object) -> None:
        """Keep stderr clean; `State.log` is the log."""

    def do_HEAD(self) -> None:  # http.server calls it so
        self.do_GET()

    def do_GET(self) -> None:  # http.server calls it so
        state = self._state()
        authorization = self.headers.get("Authorization", "")
        token = authorization.removeprefix("Bearer ") or None
        with state.lock:
            state.log.append(Request(self.command, self.path, token, self.headers.get("Range")))
        path = urlsplit(self.path).path
        if token in state.refused_tokens:
            self._refuse(401, "Invalid credentials in Authorization header")
        elif info := _INFO.fullmatch(path):
            self._info(info[1], info[2], info[3], token)
        elif file := _FILE.fullmatch(path):
            self._file("datasets" if file[1] else "models", file[2], file[3], file[4], token)
        else:
            self._refuse(404, "Sorry, we can't find the page you are looking for.")

    def _info(self, kind: str, name: str, revision: str | None, token: str | None) -> None:
        repository = self._repository(kind, name, revision, token)
        if repository is None:
            return
        expand = parse_qs(urlsplit(self.path).query).get("expand", [])
        body = json.dumps(repository.answer(expand)).encode()
        self.faulty(repository.faults, body, {"Content-Type": "application/json"})

    def _file(self, kind: str, name: str, revision: str, path: str, token: str | None) -> None:
        repository = self._repository(kind, name, revision, token)
        if repository is None:
            return
        path = unquote(path, errors="surrogatepass")
        shut = repository.gated and token not in repository.allowed
        if repository.files_at is not None:
            self.send(302, b"", {"Location": f"{repository.files_at}{self.path}"})
        elif path not in repository.files:
            self._refuse(404, "Entry not found", "EntryNotFound")
        elif shut and path not in repository.open_files:
            said = f"Access to {repository.id} is restricted."
            self._refuse(403 if token else 401, said, "GatedRepo")
        else:
            headers = {"X-Repo-Commit": repository.sha, "ETag": f'"{repository.sha}"'}
            faults = repository.file_faults.get(path, [])
            self.faulty(faults, repository.files[path], headers)

    def _repository(
        self, kind: str, name: str, revision: str | None, token: str | None
    ) -> Repository | None:
        """Return the repository, or None after the refusal or redirect was sent."""
        found = self._state().repositories.get((kind, name.casefold()))
        if found is None or (found.private and token not in found.allowed):
            self._refuse(404 if token else 401, "Repository not found", "RepoNotFound")
        elif found.moved_to is not None:
            self.send(307, b"", {"Location": self.path.replace(name, found.moved_to, 1)})
        elif found.disabled:
            self._refuse(403, "Access to this resource is disabled.")
        elif revision is not None and unquote(revision) not in (*found.revisions, found.sha):
            self._refuse(404, f"Invalid rev id: {unquote(revision)}", "RevisionNotFound")
        else:
            return found
        return None

    def faulty(self, faults: list[Fault], body: bytes, headers: Mapping[str, str]) -> None:
        state = self._state()
        fault = _next(state, faults)
        if fault is None:
            return self.send(*self._part(body, headers))
        match fault.how:
            case "status":
                self.send(fault.status, fault.body, fault.headers)
            case "slow":
                state.closed.wait(fault.seconds)
                self.send(200, body, headers)
            case "silence":
                state.closed.wait(fault.seconds)
                self.close_connection = True
            case "cut":
                self._begin(200, {**headers, "Content-Length": str(len(body))})
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                self.close_connection = True
            case "drip":
                self._begin(200, {**headers, "Content-Length": str(len(body))})
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if state.closed.wait(fault.seconds):
                        break
                self.close_connection = True
        return None

    def _part(
        self, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Return status, body and headers; of a part where the first bytes are asked for."""
        asked = re.fullmatch(r"bytes=0-(\d+)", self.headers.get("Range", ""))
        if asked is None or "ETag" not in headers:
            return 200, body, headers
        part = body[: int(asked[1]) + 1]
        said = f"bytes 0-{len(part) - 1}/{len(body)}"
        return 206, part, {**headers, "Content-Range": said}

    def _refuse(self, status: int, message: str, code: str | None = None) -> None:
        headers = {"X-Error-Message": message} | ({"X-Error-Code": code} if code else {})
        self.send(status, json.dumps({"error": message}).encode(), headers)

    def send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self._begin(status, {**headers, "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _state(self) -> State:
        return cast("Server", self.server).state


def _next(state: State, faults: list[Fault]) -> Fault | None:
    with state.lock:
        if not faults:
            return None
        fault = faults[0]
        if fault.times is not None:
            fault.times -= 1
            if not fault.times:
                faults.pop(0)
        return fault
