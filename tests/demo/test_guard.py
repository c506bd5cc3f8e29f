"""Another web page cannot drive the launcher, nor show it."""

from __future__ import annotations

import pytest

from tests.demo.conftest import Visitor


@pytest.mark.parametrize("path", ["", "launcher.js", "api/state"])
async def test_another_host_name_is_refused(visitor: Visitor, path: str) -> None:
    headers = {**visitor.headers, "Host": "rebound.example:80"}
    async with visitor.http.get(visitor.address + path, headers=headers) as told:
        assert told.status == 403


async def test_another_origin_is_refused(visitor: Visitor) -> None:
    headers = {**visitor.headers, "Origin": "https://evil.example"}
    url = f"{visitor.address}api/time"
    async with visitor.http.post(url, json={"step": "day"}, headers=headers) as told:
        assert told.status == 403


@pytest.mark.parametrize("token", [None, "guessed", "gëraten"])
async def test_without_the_token_nothing_is_told_or_done(
    visitor: Visitor, token: str | None
) -> None:
    headers = {} if token is None else {"X-Theory-Club": token}
    url = f"{visitor.address}api/"
    async with visitor.http.get(f"{url}state", headers=headers) as told:
        assert told.status == 403
    async with visitor.http.post(f"{url}time", json={"step": "day"}, headers=headers) as told:
        assert told.status == 403


async def test_the_page_has_a_strict_policy(visitor: Visitor) -> None:
    preview = (await visitor.look())["address"].split("/#")[0]
    async with visitor.http.get(visitor.address) as page:
        policy = page.headers["Content-Security-Policy"]
        text = await page.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert f"frame-src {preview};" in policy
    assert "frame-ancestors 'none'" in policy
    assert "{{" not in text
    assert "http" not in text.replace(preview, "")


async def test_only_the_launcher_may_frame_the_preview(visitor: Visitor) -> None:
    preview = (await visitor.look())["address"].split("/#")[0]
    port = visitor.address.rstrip("/").rsplit(":", 1)[1]
    async with visitor.http.get(f"{preview}/") as page:
        policy = page.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in page.headers
    own = f"http://127.0.0.1:{port} http://localhost:{port}"
    assert policy.endswith(f"frame-ancestors {own}")


@pytest.mark.parametrize("body", ["", "[]", '{"step": 1}', "{"])
async def test_an_odd_request_is_a_bad_request(visitor: Visitor, body: str) -> None:
    url = f"{visitor.address}api/time"
    async with visitor.http.post(url, data=body.encode(), headers=visitor.headers) as told:
        assert told.status == 400


async def test_localhost_is_a_name_of_the_page_too(visitor: Visitor) -> None:
    port = visitor.address.rstrip("/").rsplit(":", 1)[1]
    headers = {"Host": f"localhost:{port}"}
    async with visitor.http.get(visitor.address, headers=headers) as page:
        assert page.status == 200
