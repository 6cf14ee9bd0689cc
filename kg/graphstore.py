"""A client of the SPARQL 1.1 Graph Store HTTP Protocol: graphs put and deleted one by one, over one connection, again where it failed.

What may be over soon is tried again with growing pauses: broken connections, 408, 429 and 5xx. The rest is an error with its reason.
Credentials go out only when the server asks for them, by the scheme that it asks for.
"""

from __future__ import annotations

import base64
import http.client
import random
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPDigestAuthHandler, HTTPPasswordMgrWithDefaultRealm, Request, parse_http_list, parse_keqv_list

from kg import __version__

TRIPLES: Final = "application/n-triples"
_LONGEST = 60.0
_AT_MOST = 65536
_CHALLENGE = re.compile(r"\s*(basic|digest|bearer)\b\s*(.*)", re.IGNORECASE | re.DOTALL)
_SOON = frozenset({408, 429})
_NEVER = frozenset({501, 505})
_OWN = frozenset({500, 507})
_HINT = "Oxigraph has its graph store at /store, Fuseki at /DATASET/data, Virtuoso at /sparql-graph-crud-auth"


class PublishError(Exception):
    """The server cannot be written to; the message says why."""


class Refusal(PublishError):
    """The server does not take one graph; others it may."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Name and password, or a token (bearer)."""

    username: str | None = None
    password: str = ""
    token: str | None = None

    def __bool__(self) -> bool:
        return self.username is not None or self.token is not None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an answer, how often to try again, and the first pause, which doubles each time (seconds)."""

    timeout: float = 60.0
    retries: int = 6
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    text: str
    location: str
    retry_after: str
    challenges: tuple[str, ...]


def normalized(address: str) -> str:
    """The address of a graph store in ASCII. Raises ValueError with the reason for what is none."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write http://HOST/PATH or https://HOST/PATH")
    if parts.username is not None or parts.password is not None:
        raise ValueError("give name and password by --username and --password, not in the address")
    if parts.fragment:
        raise ValueError("an address with # is no graph store")
    if parts.port is not None and not 0 < parts.port < 65536:
        raise ValueError("no such port")
    host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    return urlunsplit(
        (parts.scheme, netloc, quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"), quote(parts.query, safe="/%:@!$&'()*+,;=~?"), "")
    )


class GraphStore:
    """A graph store of another server. ``on_retry`` is told the reason and the pause before each new try."""

    def __init__(
        self,
        address: str,
        credentials: Credentials,
        patience: Patience,
        on_retry: Callable[[str, float], None] | None = None,
    ) -> None:
        self.address = normalized(address)
        self._parts = urlsplit(self.address)
        self._credentials, self._patience, self._on_retry = credentials, patience, on_retry
        self._connection: http.client.HTTPConnection | None = None
        self._used = False
        self._challenge: tuple[str, dict[str, str]] | None = None
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, self.address, credentials.username or "", credentials.password)
        self._digest = HTTPDigestAuthHandler(passwords)

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def put(self, graph: str, triples: bytes) -> None:
        """Replace a graph by triples (N-Triples). Raises Refusal and PublishError."""
        answer = self._sent("PUT", graph, triples)
        if not 200 <= answer.status < 300:
            raise self._error("PUT", answer)

    def delete(self, graph: str) -> None:
        """Delete a graph; one that is not there is deleted. Raises Refusal and PublishError."""
        answer = self._sent("DELETE", graph, None)
        if not 200 <= answer.status < 300 and answer.status not in (404, 410):
            raise self._error("DELETE", answer)

    def _sent(self, method: str, graph: str, body: bytes | None) -> _Answer:
        tries = self._patience.retries + 1
        answer: _Answer | None = None
        for attempt in range(tries):
            fresh = not self._used
            try:
                answer = self._authorized(method, graph, body)
                reason, asked = f"{answer.status} {http.client.responses.get(answer.status, '')}".strip(), answer.retry_after
                if not (answer.status in _SOON or (answer.status >= 500 and answer.status not in _NEVER)):
                    return answer
                reason += _told(answer.text)
            except (OSError, http.client.HTTPException) as error:
                self._close()
                answer, reason, asked = None, self._reason(error), ""
            if attempt + 1 == tries:
                break
            # A connection that was kept may have been closed meanwhile: that is no failure yet.
            pause = 0.0 if not fresh and attempt == 0 and not asked else self._pause(attempt, asked)
            if pause and self._on_retry is not None:
                self._on_retry(reason, pause)
            time.sleep(pause)
        # Without a gateway's word, it is this graph that the server cannot take.
        failed = Refusal if answer is not None and answer.status in _OWN else PublishError
        raise failed(f"{self.address}: {reason} (tried {tries} times)")

    def _pause(self, attempt: int, asked: str) -> float:
        pause: float = min(_LONGEST, self._patience.pause * 2.0**attempt) * random.uniform(0.5, 1.0)
        return max(pause, min(_LONGEST, float(asked))) if asked.isascii() and asked.isdigit() else pause

    def _authorized(self, method: str, graph: str, body: bytes | None) -> _Answer:
        answer = self._once(method, graph, body)
        if answer.status == 401 and self._credentials:
            # The first time, or the server wants a new nonce.
            self._challenge = self._chosen(answer)
            answer = self._once(method, graph, body)
        return answer

    def _chosen(self, answer: _Answer) -> tuple[str, dict[str, str]]:
        if self._credentials.token is not None:
            return "bearer", {}
        offered = {match[1].lower(): match[2] for text in answer.challenges if (match := _CHALLENGE.fullmatch(text))}
        if "digest" in offered:
            return "digest", parse_keqv_list(parse_http_list(offered["digest"]))
        return "basic", {}

    def _authorization(self, method: str, target: str) -> str | None:
        if self._challenge is None:
            return None
        scheme, values = self._challenge
        if scheme == "bearer":
            return f"Bearer {self._credentials.token}"
        if scheme == "digest":
            return f"Digest {self._digest.get_authorization(Request(target, method=method), values)}"
        pair = f"{self._credentials.username}:{self._credentials.password}".encode()
        return f"Basic {base64.b64encode(pair).decode('ascii')}"

    def _once(self, method: str, graph: str, body: bytes | None) -> _Answer:
        query = f"{self._parts.query}&" if self._parts.query else ""
        path = f"{self._parts.path}?{query}graph={quote(graph, safe='')}"
        headers = {"User-Agent": f"fangzhi/{__version__}", "Accept": "*/*"}
        if body is not None:
            headers["Content-Type"] = TRIPLES
        if (authorization := self._authorization(method, urlunsplit((*self._parts[:2], path, "", "")))) is not None:
            headers["Authorization"] = authorization
        connection = self._connected()
        try:
            connection.request(method, path, body, headers)
        except ConnectionError:
            # A server may answer and hang up before it has read all: then the answer says more.
            if body is None or connection.sock is None:
                raise
        response = connection.getresponse()
        content = response.read(_AT_MOST)
        answer = _Answer(
            response.status,
            content.decode("utf-8", "replace"),
            response.headers.get("Location", ""),
            response.headers.get("Retry-After", "").strip(),
            tuple(response.headers.get_all("WWW-Authenticate", [])),
        )
        self._used = True
        if response.will_close or not response.isclosed():
            self._close()
        return answer

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            host, port, timeout = self._parts.hostname or "", self._parts.port, self._patience.timeout
            if self._parts.scheme == "https":
                self._connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
            else:
                self._connection = http.client.HTTPConnection(host, port, timeout=timeout)
        return self._connection

    def _close(self) -> None:
        self._used = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _reason(self, error: Exception) -> str:
        """What to say of a failure that may be over soon. Raises PublishError for one that will not."""
        host = self._parts.netloc
        if isinstance(error, ssl.SSLCertVerificationError):
            more = "SSL_CERT_FILE may name a file of further authorities"
            raise PublishError(f"{self.address}: the certificate is not trusted: {error.verify_message}; {more}") from error
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            hint = "; perhaps the address is to begin with http://" if error.reason == "WRONG_VERSION_NUMBER" else ""
            raise PublishError(f"{self.address}: no TLS with {host}: {error.reason or error}{hint}") from error
        if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
            raise PublishError(f"{self.address}: there is no host {self._parts.hostname}") from error
        if isinstance(error, ConnectionRefusedError):
            return f"{host} refuses the connection: no server is there"
        if isinstance(error, TimeoutError):
            return f"{host} does not answer within {self._patience.timeout:g} s"
        if isinstance(error, http.client.RemoteDisconnected | ConnectionError | http.client.IncompleteRead | ssl.SSLError):
            return f"{host} broke the connection off"
        if isinstance(error, http.client.HTTPException):
            return f"{host} does not speak HTTP ({type(error).__name__})"
        return f"{host}: {error.strerror or error}" if isinstance(error, OSError) else f"{host}: {error}"

    def _error(self, method: str, answer: _Answer) -> PublishError:
        status, told = answer.status, _told(answer.text)
        if status == 401:
            if not self._credentials:
                reason = "wants to know who writes: give --username and --password, or --token"
            else:
                reason = "does not accept the token" if self._credentials.token is not None else "does not accept this name and password"
        elif status == 403:
            reason = f"forbids to write{told}"
        elif 300 <= status < 400:
            reason = f"is elsewhere: give {answer.location or 'the new address'} instead"
        elif status == 404:
            reason = f"there is no graph store; {_HINT}"
        elif status in (405, 501):
            reason = f"takes no {method}: it is no graph store, or one to be read only; {_HINT}"
        elif status in (406, 415):
            reason = f"does not read {TRIPLES}{told}"
        else:
            return Refusal(f"{status} {http.client.responses.get(status, '')}".strip() + told)
        return PublishError(f"{self.address}: {reason} ({status})")


def _told(text: str) -> str:
    """What a server says, in one short line without markup."""
    words = " ".join(re.sub(r"<[^>]*>|[\x00-\x1f\x7f-\x9f]+", " ", text).split())
    return f": {words[:200]}" if words else ""
