"""No answer has a secret in it: a scheme with many is added over the API, and everything that can be asked is asked."""

import asyncio
import json

from daemon import running

LITERALS = ["secret-of-the-provider", "secret-of-a-heartbeat", "secret-of-a-header"]


def settings():
    return {
        "record": "many.example.org",
        "provider": {"kind": "powerdns", "url": "http://127.0.0.1:9", "zone": "example.org", "key": LITERALS[0]},
        "servers": {
            "a": {"address": "192.0.2.1", "priority": 100, "check": {"heartbeat": "60s", "token": LITERALS[1]}},
            "b": {"address": "192.0.2.2", "priority": 90, "check": {
                "http": "http://192.0.2.2/", "headers": {"Authorization": LITERALS[2]}}},
        },
    }


async def main():
    async with running() as daemon:
        status, answer = await daemon.request("POST", "/api/v1/schemes", {"name": "many", "settings": settings()})
        assert status == 201, (status, answer)
        paths = ["status", "schemes", "schemes/many", "schemes/many/settings", "schemes/many/servers", "settings",
                 "settings?scheme=many", "history", "schemes/many/changes", "schemes/many/reports", "kinds",
                 "openapi.json", "nothing"]
        pages = ["/", "/schemes/many", "/login", "/metrics", "/add-scheme", "/healthz", "/readyz"]
        hidden = LITERALS + [daemon.token]
        for path in [f"/api/v1/{path}" for path in paths] + pages:
            status, answer = await daemon.request("GET", path)
            assert status < 500 or path == "/readyz", (path, status)
            for secret in hidden:
                assert secret.encode() not in answer, (path, secret)
        # The settings that were sent can be sent again as they came back.
        status, answer = await daemon.request("GET", "/api/v1/schemes/many/settings")
        sent = json.loads(answer)["settings"]
        status, answer = await daemon.request("PUT", "/api/v1/schemes/many", sent)
        assert status == 204, (status, answer)
        kept = sorted((daemon.directory / "secrets").iterdir())
        assert len(kept) == len(LITERALS), kept
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept)
        status, answer = await daemon.request("DELETE", "/api/v1/schemes/many")
        assert status == 204, (status, answer)
        assert not list((daemon.directory / "secrets").iterdir())
        for secret in hidden:
            assert secret not in (daemon.directory / "log").read_text()
        for method, path, wanted in [
                ("PUT", "/api/v1/schemes/cat", 409), ("DELETE", "/api/v1/schemes/cat", 409),
                ("DELETE", "/api/v1/schemes/none", 404), ("POST", "/api/v1/okerr/guess", 404)]:
            status, answer = await daemon.request(method, path, settings() if method == "PUT" else None)
            assert status == wanted, (method, path, status, answer)
        status, _ = await daemon.request("POST", "/api/v1/indicators/bravo:cat", token=False)
        assert status == 401, status
        status, _ = await daemon.request("POST", "/api/v1/indicators/bravo:cat")
        assert status == 204, status
        print("no secret in any answer; those that were given are in files of the daemon, and gone with the scheme")


asyncio.run(main())
