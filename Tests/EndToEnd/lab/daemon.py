"""`dnsconverge run` with a scheme of three servers, and the commands that talk to it."""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess

from . import children
from .dns import NAME
from .waiting import Failure, until
from .web import PORT

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("DNSCONVERGE_PROGRAM", str(ROOT / ".build/debug/dnsconverge"))
SERVERS = {"charlie": "127.0.0.11", "echo": "127.0.0.12", "bravo": "127.0.0.13"}
CHECK = f"{{http: 'http://{NAME}:{PORT}/', contains: 'status=OK', interval: 500ms, timeout: 400ms}}"
POLICY = "fall: 2, rise: 2, min_interval: 1s, max_changes: 1000"


class Daemon:
    """`provider` is YAML in braces. `servers` are addresses by name, the best first; `checks` has checks of other kinds."""

    def __init__(self, directory, dns, provider, servers=SERVERS, policy=POLICY, ttl=None, checks=None, top="",
                 environment=None):
        directory.mkdir(exist_ok=True)
        self.directory, self.process = directory, None
        self.environment = {**os.environ, **(environment or {}), "DNSCONVERGE_SOCKET": str(directory / "control.sock")}
        lines = "\n".join(
            f"      {name}: {{address: {address}, priority: {100 - index}, check: {(checks or {}).get(name, CHECK)}}}"
            for index, (name, address) in enumerate(servers.items()))
        record = f"{{name: {NAME}" + (f", ttl: {ttl}}}" if ttl else "}")
        self.configuration = directory / "dnsconverge.yaml"
        self.configuration.write_text(f"""
socket: {directory}/control.sock
store: {directory}/journal.sqlite
resolvers: {{root_hints: {dns.hints}, file: {dns.resolvers}}}
{top}
schemes:
  cat:
    record: {record}
    provider: {provider}
    policy: {{{policy}}}
    servers:
{lines}
""")

    def start(self, crash=None):
        environment = {key: value for key, value in self.environment.items() if key != "DNSCONVERGE_CRASH"}
        if crash:
            environment["DNSCONVERGE_CRASH"] = crash
        log = open(self.directory / "daemon.log", "ab")
        self.process = children.start([PROGRAM, "run", "--config", self.configuration], env=environment, stdout=log,
                                      stderr=log, stdin=subprocess.DEVNULL)
        return self

    def command(self, *words, may_fail=False):
        run = subprocess.run([PROGRAM, *words], env=self.environment, capture_output=True, text=True, check=False)
        if run.returncode and not may_fail:
            raise Failure(f"{' '.join(words)}: exit {run.returncode}: {run.stderr}{run.stdout}")
        return run

    def status(self):
        """The scheme's status, as `dnsconverge status` asks for it; an empty one while there is none to ask."""
        try:
            connection = Connection(str(self.directory / "control.sock"))
            connection.request("GET", "/api/v1/schemes/cat")
            reply = connection.getresponse()
            return json.load(reply) if reply.status == 200 else {}
        except (OSError, http.client.HTTPException, ValueError):
            return {}

    def published(self):
        return self.status().get("published", {}).get("A", {}).get("values", [])

    def alerts(self):
        return {alert["code"] for alert in self.status().get("alerts", [])}

    def settled(self, server="charlie"):
        """Waits until all is well, and `server` is published and selected."""
        def is_fine():
            status = self.status()
            return status.get("status") == "OK" and status.get("selected") == [server] and self.is_live(status)
        # Who has seen a foreign value looks again a minute later.
        until(is_fine, f"{server} to be published and all to be well: {self.tail()}", patience=100)

    def is_live(self, status):
        return all(server["health"] != "unknown" for server in status["servers"])

    def converged(self, count):
        """Waits until so many changes have reached every operator."""
        until(lambda: self.log().count("every counted operator has it") >= count, f"change {count} to be everywhere", 90)

    def log(self):
        return (self.directory / "daemon.log").read_text()

    def tail(self):
        path = self.directory / "daemon.log"
        return path.read_text()[-3000:] if path.exists() else ""

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if code := self.process.wait(60):
            raise Failure(f"the daemon ended with {code} after SIGTERM")

    def end(self):
        if self.process and self.process.poll() is None:
            children.end(self.process)


class Connection(http.client.HTTPConnection):
    """To the daemon's socket. Asking by the command would take a hundred times as much, again and again."""

    def __init__(self, path):
        super().__init__("localhost", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)
