"""Read netlify.toml strictly, and serve a folder on 127.0.0.1 the way Netlify would.

Netlify drops what it does not understand without a word, so a misspelt table is a lost header.
Here it is an error.
"""

import functools
import hashlib
import mimetypes
import re
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import combinations
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

import brotli  # type: ignore[import-untyped]
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

ROOT = Path(__file__).resolve().parents[2]

# Netlify ignores these when a site sets them.
IGNORED = frozenset(
    ("accept-ranges", "age", "allow", "alt-svc", "connection", "content-encoding")
    + ("content-length", "content-range", "date", "location", "server", "trailer")
    + ("transfer-encoding", "upgrade")
)
# The built-in table only: what is installed on a machine must not change the answer.
TYPES = mimetypes.MimeTypes()
for _suffix, _type in {
    ".ics": "text/calendar",
    ".js": "application/javascript",
    ".md": "text/markdown",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".yml": "text/yaml",
}.items():
    TYPES.add_type(_type, _suffix)
# What Netlify sends unless a rule says otherwise.
DEFAULTS = {"Cache-Control": "public,max-age=0,must-revalidate"}
TEXT = re.compile(r"text/.*|application/(javascript|json|xml|manifest\+json)|image/svg\+xml")


def _settable(name: str) -> str:
    """Refuse a header name that Netlify would leave out."""
    if name.lower() in IGNORED:
        raise ValueError(f"Netlify ignores the header {name}")
    return name


Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
Name = Annotated[Token, AfterValidator(_settable)]
# A line break would make two headers of one.
Value = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$")]
Pattern = Annotated[str, StringConstraints(pattern=r"^/\S*$")]


ICON = re.compile(r"/assets/icon\.[0-9a-f]+\.svg")


class Strict(BaseModel):
    """A table in which every key is known and every value already has its type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Build(Strict):
    """The [build] table."""

    command: str
    publish: str
    environment: dict[str, str]


class HeaderRule(Strict):
    """One [[headers]] block: the headers of every path the pattern matches."""

    path: Pattern = Field(alias="for")
    values: Annotated[dict[Name, Value], Field(min_length=1)]


class Redirect(Strict):
    """One [[redirects]] block; without force it only answers where no file does."""

    source: Pattern = Field(alias="from")
    to: str
    status: Literal[200, 301, 302, 404] = 301
    force: bool = False


class Config(Strict):
    """The whole file."""

    build: Build
    headers: list[HeaderRule]
    redirects: list[Redirect] = []

    def headers_for(self, path: str) -> dict[str, str]:
        """Return the headers the rules give to a path such as /quiz/."""
        rules = [rule.values for rule in self.headers if _match(rule.path, path)]
        return {name: value for values in rules for name, value in values.items()}

    def redirect_for(self, path: str, *, force: bool) -> tuple[int, str] | None:
        """Return status and target of the first redirect of that kind for a path, or None."""
        for rule in self.redirects:
            if rule.force is force and (found := _match(rule.source, path)):
                target = rule.to
                for name, value in found.groupdict(default="").items():
                    target = target.replace(f":{name}", value)
                return rule.status, target
        return None


def parse(text: str) -> Config:
    """Read the text of a netlify.toml; a ValueError says what is wrong with it."""
    config = Config.model_validate(tomllib.loads(text))
    for one, two in combinations(config.headers, 2):
        both = {name.lower() for name in one.values} & {name.lower() for name in two.values}
        if both and _may_meet(one.path, two.path):
            raise ValueError(f"{one.path} and {two.path} both set {', '.join(sorted(both))}")
    for rule in config.headers:
        if len({name.lower() for name in rule.values}) < len(rule.values):
            raise ValueError(f"{rule.path} sets a header twice, in two spellings")
    return config


def load() -> Config:
    """Read the project's own netlify.toml."""
    return parse((ROOT / "netlify.toml").read_text(encoding="utf-8"))


def _match(pattern: str, path: str) -> re.Match[str] | None:
    """Match a path by Netlify's rules: * is anything, :name is one segment, /x/* is /x too."""
    regex = re.escape(pattern).replace(r"\*", "(?P<splat>.*)")
    regex = re.sub(r":([a-z_]+)", r"(?P<\1>[^/]+)", regex)
    return re.fullmatch(re.sub(r"/(\(\?P<splat>\.\*\))$", r"(?:/\1)?", regex), path)


def _may_meet(one: str, two: str) -> bool:
    """Tell whether a path could match both patterns, by what stands before any wildcard."""
    one, two = (re.split(r"[*:]", pattern)[0].rstrip("/") for pattern in (one, two))
    return one.startswith(two) or two.startswith(one)


@dataclass(frozen=True)
class Request:
    """One request as it came in, header names in lower case, and the status of its answer."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    status: int


@dataclass
class Served:
    """A folder being served: its address without a final slash, and every request so far.

    Of a path in `stalls` only so many bytes are sent, as on a line that breaks: the rest comes
    once `over` is set, at the latest when the serving ends.
    """

    root: Path
    config: Config
    linkchecker: bool = False
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    stalls: dict[str, int] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def asked(self) -> list[Request]:
        """Return the requests so far, without those for the icon, which come when a browser likes.

        A request for the icon's address that says anything more is not left out.
        """
        return [r for r in self.requests if r.query or r.body or not ICON.fullmatch(r.path)]

    def find(self, path: str) -> tuple[int, Path | str | None]:
        """Return for a decoded path: the status, and the file to send or the address to go to."""
        if forced := self.config.redirect_for(path, force=True):
            return self._follow(*forced)
        if file := self._file(path):
            return 200, file
        if not path.endswith("/") and self._file(f"{path}/"):
            return 301, f"{path}/"
        if other := self.config.redirect_for(path, force=False):
            return self._follow(*other)
        return 404, self._file("/404.html")

    def _follow(self, status: int, target: str) -> tuple[int, Path | str | None]:
        """Answer a redirect rule: 200 and 404 send the target's file, the others its address."""
        if status not in (200, 404):
            return status, target
        file = self._file(target)
        return (status, file) if file else (404, self._file("/404.html"))

    def _file(self, path: str) -> Path | None:
        """Return the file of an address, if there is one inside the folder."""
        try:
            file = (self.root / f".{path}{'index.html' if path.endswith('/') else ''}").resolve()
            return file if file.is_relative_to(self.root.resolve()) and file.is_file() else None
        except (OSError, ValueError):  # a name too long, a null byte
            return None


@functools.cache
def _squeeze(body: bytes) -> bytes:
    """Compress as a host may that does it on the fly: a tenth larger than the best it can do."""
    return bytes(brotli.compress(body, quality=5))


class _Server(ThreadingTCPServer):
    """TCPServer, not HTTPServer, which looks the address up by DNS first."""

    daemon_threads = True
    request_queue_size = 128
    served: Served

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print what went wrong, unless a browser only hung up, as it may at any time."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One packet for head and body, sent at once: without these two every answer waits 40 ms.
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    server: _Server

    def answer(self) -> None:
        """Answer any method, and record it."""
        served = self.server.served
        address = urlsplit(self.path)
        path = unquote(address.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, found = served.find(path) if self.command in ("GET", "HEAD") else (405, None)
        headers = {**DEFAULTS, **served.config.headers_for(path)}
        content = b""
        if isinstance(found, str):
            headers["Location"] = found + (f"?{address.query}" if address.query else "")
        elif found:
            content = found.read_bytes()
            kind = TYPES.guess_type(found.name)[0] or "application/octet-stream"
            text = TEXT.fullmatch(kind)
            headers["Content-Type"] = f"{kind}; charset=UTF-8" if text else kind
            headers["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            if text:
                headers["Vary"] = "Accept-Encoding"
            if status == 200 and self.headers.get("If-None-Match") == headers["ETag"]:
                status, content = 304, b""
            elif text and re.search(r"\bbr\b", self.headers.get("Accept-Encoding", "")):
                headers["Content-Encoding"] = "br"
                content = _squeeze(content)
        if status != 304:
            headers["Content-Length"] = str(len(content))
        if served.linkchecker:
            headers["LinkChecker"] = "1"
        served.requests.append(
            Request(
                self.command,
                address.path,
                address.query,
                {name.lower(): value for name, value in self.headers.items()},
                body,
                status,
            )
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            if first := served.stalls.get(path):
                self.wfile.write(content[:first])
                self.wfile.flush()
                served.over.wait()
                content = content[first:]
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: tests read the recorded requests."""


@contextmanager
def serve(
    root: Path, config: Config | None = None, *, linkchecker: bool = False
) -> Iterator[Served]:
    """Serve a folder at a free port until the block ends.

    config defaults to the project's netlify.toml; linkchecker adds the header that tells
    LinkChecker not to slow down, which the real host never sends.
    """
    served = Served(root, config or load(), linkchecker)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.served = served
        served.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield served
        finally:
            served.over.set()
            server.shutdown()
            thread.join()
