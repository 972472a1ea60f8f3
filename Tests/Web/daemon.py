"""A daemon of its own for a test: schemes on its built-in name server, checks of a port of this process, and a token."""

import asyncio
import contextlib
import json
import os
import pathlib
import secrets
import socket
import subprocess
import tempfile

PROGRAM = os.environ.get("DNSCONVERGE_PROGRAM", ".build/release/dnsconverge-daemon")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Daemon:
    def __init__(self, directory, port, checked):
        self.directory, self.port = pathlib.Path(directory), port
        self.token = secrets.token_hex(32)
        self.checked = checked
        self.process = None

    def start(self, schemes):
        path = self.directory / "dnsconverge.yaml"
        path.write_text(self.configuration(schemes))
        self.log = open(self.directory / "log", "wb")
        self.process = subprocess.Popen(
            [PROGRAM, "run", "--config", str(path)], stdout=self.log, stderr=self.log,
            env=dict(os.environ, API_TOKEN=self.token, BEAT_TOKEN="beat-" + self.token))

    def configuration(self, schemes):
        lines = [
            f"listen: 127.0.0.1:{self.port}", "api_token: env:API_TOKEN",
            f"socket: {self.directory}/control.sock", f"store: {self.directory}/journal.sqlite",
            "okerr: {project: test, api_key: env:API_TOKEN, webhook: env:API_TOKEN, url: 'http://127.0.0.1:9'}",
            "schemes:"]
        for number in range(schemes):
            name = "cat" if number == 0 else f"cat{number}"
            check = f"{{tcp: {self.checked}, interval: 1s, timeout: 500ms}}"
            lines += [
                f"  {name}:", f"    record: {{name: {name}.example.test, ttl: 20}}",
                f"    provider: {{kind: sandbox, zone: {name}.example.test}}", "    policy: {min_interval: 0s}",
                "    servers:", f"      charlie: {{address: 127.0.0.11, priority: 100, check: {check}}}",
                f"      echo: {{address: 127.0.0.12, priority: 95, check: {check}}}",
                "      bravo: {address: 127.0.0.13, priority: 90, check: {heartbeat: 10m, token: env:BEAT_TOKEN}}"]
        return "\n".join(lines) + "\n"

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise AssertionError("the daemon did not end within 20 s of SIGTERM")

    @property
    def memory(self):
        """Resident memory in MiB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0

    async def request(self, method, path, body=None, token=True):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        data = json.dumps(body).encode() if body is not None else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(data)}\r\n"
        head += "Content-Type: application/json\r\n" if body is not None else ""
        head += f"Authorization: Bearer {self.token}\r\n" if token else ""
        writer.write(head.encode() + b"\r\n" + data)
        answer = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        top, _, content = answer.partition(b"\r\n\r\n")
        status = int(top.split()[1]) if top else 0
        return status, content

    async def ready(self):
        for _ in range(300):
            if self.process.poll() is not None:
                raise AssertionError("the daemon ended: " + (self.directory / "log").read_text())
            with contextlib.suppress(OSError):
                if (await self.request("GET", "/healthz"))[0] == 200:
                    return
            await asyncio.sleep(0.1)
        raise AssertionError("the daemon does not answer")

    async def checks(self):
        return json.loads((await self.request("GET", "/api/v1/status"))[1])["checks"]


@contextlib.asynccontextmanager
async def running(schemes=1):
    async def accept(_, writer):
        writer.close()

    checked = await asyncio.start_server(accept, "0.0.0.0", 0, backlog=1024)
    with tempfile.TemporaryDirectory(prefix="dnsconverge-web-") as directory:
        daemon = Daemon(directory, free_port(), checked.sockets[0].getsockname()[1])
        daemon.start(schemes)
        try:
            await daemon.ready()
            yield daemon
        finally:
            daemon.stop()
            checked.close()
