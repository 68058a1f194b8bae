"""One way to speak to a server: within limits of time and size, no redirect followed, credentials kept to where they belong.

Whatever goes wrong becomes an EndpointError of one line, in which neither credentials nor the sender's bytes stand.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Self

import httpx

from kg.errors import EndpointError

_NEVER_HERE = "credentials come from the environment: KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN"
_REMEDIES = {
    401: f"the server wants other credentials; {_NEVER_HERE}",
    403: f"these credentials have no right to that; {_NEVER_HERE}",
    404: "nothing is there; is it the address of the endpoint?",
    405: "that address takes no such request; is it the address of the endpoint?",
    413: "the server takes no body of that size; raise its limit",
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server is told of who asks: a user's name and password, or a token. plain: may go over http to another machine."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    plain: bool = False

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Credentials:
        """Those of KG_ENDPOINT_USER, _PASSWORD and _TOKEN; KG_ENDPOINT_PLAIN=yes lets them go unencrypted."""
        user, password, token, plain = (environment.get(f"KG_ENDPOINT_{name}", "") for name in ("USER", "PASSWORD", "TOKEN", "PLAIN"))
        return cls(user, password, token, plain == "yes")

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.user or self.token)


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of a whole answer; size: of its body, in bytes."""

    seconds: float = 120
    size: int = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server answered. kind: its media type, without parameters."""

    kind: str
    body: bytes = field(repr=False)


class _Login(httpx.Auth):
    """Basic or Digest, whichever the server asks for; nothing is told to a server that does not ask."""

    def __init__(self, user: str, password: str) -> None:
        self._digest, self._basic = httpx.DigestAuth(user, password), httpx.BasicAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """As httpx asks it of a scheme: the requests to be sent, one after the other."""
        if self._chosen is None:
            response = yield request
            schemes = " ".join(response.headers.get_list("www-authenticate")).lower()
            if response.status_code != httpx.codes.UNAUTHORIZED or not re.search("basic|digest", schemes):
                return
            self._chosen = self._digest if "digest" in schemes else self._basic
            flow = self._chosen.auth_flow(request)
            first = next(flow)
            # Digest begins by asking without credentials, which has just been done.
            yield flow.send(response) if self._chosen is self._digest else first
        else:
            yield from self._chosen.auth_flow(request)


class Connection:
    """Requests to the addresses of one server; a context manager that closes what is open to it."""

    def __init__(self, url: str, credentials: Credentials | None = None, limits: Limits = Limits()) -> None:
        """Raise an EndpointError when the address is none, holds credentials, or would carry them unencrypted to another machine."""
        credentials = Credentials.of_environment() if credentials is None else credentials
        self._host, near = _host(url), _is_near(url)
        if credentials and not (url.startswith("https:") or near or credentials.plain):
            message = f"{url}: credentials are not sent over plain http to another machine; use https, or set KG_ENDPOINT_PLAIN=yes"
            raise EndpointError(message)
        self._limits = limits
        headers = {"accept-encoding": "identity"} | ({"authorization": f"Bearer {credentials.token}"} if credentials.token else {})
        login = _Login(credentials.user, credentials.password) if credentials.user and not credentials.token else None
        self._client = httpx.Client(headers=headers, auth=login, timeout=limits.seconds, trust_env=not near)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close what is open to the server."""
        self._client.close()

    def send(self, method: str, url: str, accept: str = "*/*", **request: object) -> Answered:
        """The answer to a request; **request as of `httpx.Client.stream`. An EndpointError says what the server did instead."""
        if _host(url) != self._host:
            message = f"{url}: not on {self._host}; the addresses of one server are on one host"
            raise EndpointError(message)
        try:
            with self._client.stream(method, url, headers={"accept": accept, **request.pop("headers", {})}, **request) as response:  # type: ignore[arg-type,dict-item]
                body = self._read(url, response)
        except httpx.TimeoutException as error:
            raise self._too_slow(url) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            message = f"{url}: no whole answer: {str(error) or type(error).__name__}; is the server running?"
            raise EndpointError(message) from error
        if response.is_success:
            return Answered(response.headers.get("content-type", "").partition(";")[0].strip().lower(), body)
        raise EndpointError(_refusal(url, response, body))

    def _read(self, url: str, response: httpx.Response) -> bytes:
        """The body; httpx limits each wait, here the whole is limited."""
        end, parts, size = time.monotonic() + self._limits.seconds, [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > self._limits.size:
                message = f"{url}: the answer is larger than {self._limits.size:,} bytes; ask for less (LIMIT)"
                raise EndpointError(message)
            if time.monotonic() > end:
                raise self._too_slow(url)
        return b"".join(parts)

    def _too_slow(self, url: str) -> EndpointError:
        return EndpointError(f"{url}: no whole answer within {self._limits.seconds:g} s; ask for less, or ask again later")


def _refusal(url: str, response: httpx.Response, body: bytes) -> str:
    """What a server said instead of an answer, with what to do."""
    if response.is_redirect:
        where = re.sub(r"//[^/@]*@", "//", response.headers.get("location", "")) or "nowhere"
        return f"{url}: redirects to {where}; redirects are not followed: give that address if you trust it"
    words = " ".join(re.sub(r"<[^>]*>", " ", body[:2000].decode(errors="replace")).split())[:200]
    remedy = _REMEDIES.get(response.status_code)
    return f"{url}: {response.status_code} {response.reason_phrase}" + (f"; {remedy}" if remedy else f": {words}" if words else "")


def _host(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address without credentials in it."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        message = f"{url!r}: not an address: {error}; give one such as http://127.0.0.1:7878/store"
        raise EndpointError(message) from error
    if parts.userinfo:
        message = f"{parts.copy_with(userinfo=b'')}: no credentials in an address, where logs would show them; {_NEVER_HERE}"
        raise EndpointError(message)
    if parts.scheme not in {"http", "https"} or not parts.host:
        message = f"{url!r}: not an address; give one such as http://127.0.0.1:7878/store"
        raise EndpointError(message)
    return parts.scheme, parts.host, parts.port


def _is_near(url: str) -> bool:
    host = httpx.URL(url).host
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
