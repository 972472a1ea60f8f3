"""A real PowerDNS with its HTTP API, behind a proxy that logs requests and can misbehave on command."""
import atexit
import ctypes
import http.client
import json
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

from .core import Reply, Service as Base

SCHEMA = pathlib.Path("/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql")
PASSED_ON = ("X-API-Key", "Content-Type")


class Service(Base):
    defaults = {"key": "pdns-api-key", "zone": "example.org"}
    # `nameservers` are the zone's; with `dns_addresses` it answers there on port 53.

    def __init__(self, settings):
        self.settings = {**self.defaults, **settings}
        self.directory = tempfile.mkdtemp(prefix="dnsconverge-pdns-", dir=self.settings.get("directory"))
        atexit.register(shutil.rmtree, self.directory, ignore_errors=True)
        self.api, self.dns = free_port(), free_port()
        self.start()
        zone = self.settings["zone"] + "."
        self.ask("POST", "/api/v1/servers/localhost/zones", {
            "name": zone, "kind": "Native", "nameservers": self.settings.get("nameservers", ["ns1." + zone])})
        super().__init__(settings)

    def start(self):
        database = f"{self.directory}/pdns.sqlite"
        schema = SCHEMA.read_text() if SCHEMA.exists() else ""
        with sqlite3.connect(database) as connection:
            connection.executescript(schema)
        arguments = {
            "config-dir": self.directory, "socket-dir": self.directory, "launch": "gsqlite3", "gsqlite3-database": database,
            "local-address": ",".join(self.settings.get("dns_addresses", ["127.0.0.1"])),
            "local-port": 53 if "dns_addresses" in self.settings else self.dns, "cache-ttl": 0, "query-cache-ttl": 0,
            "negquery-cache-ttl": 0, "api": "yes", "webserver": "yes",
            "webserver-address": "127.0.0.1", "webserver-port": self.api, "api-key": self.settings["key"],
            "webserver-allow-from": "127.0.0.0/8", "daemon": "no", "guardian": "no", "setuid": "", "setgid": "",
            "disable-syslog": "yes", "loglevel": "3"}
        program = shutil.which("pdns_server", path="/usr/sbin:/usr/bin:/sbin") or "pdns_server"
        self.process = subprocess.Popen(
            [program] + [f"--{name}={value}" for name, value in arguments.items()],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)
        for _ in range(200):
            try:
                self.ask("GET", "/api/v1/servers/localhost")
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("pdns_server does not start")

    def ask(self, method, path, body=None):
        """Asks the real server itself."""
        connection = http.client.HTTPConnection("127.0.0.1", self.api, timeout=10)
        connection.request(method, path, json.dumps(body) if body is not None else None, {"X-API-Key": self.settings["key"]})
        response = connection.getresponse()
        text = response.read()
        return json.loads(text) if text.startswith((b"{", b"[")) else None

    def handle(self, request):
        connection = http.client.HTTPConnection("127.0.0.1", self.api, timeout=10)
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        connection.request(request.method, request.target, request.body or None, headers)
        response = connection.getresponse()
        body = response.read().decode()
        if request.method == "PATCH" and response.status == 204:
            for rrset in request.json().get("rrsets", []):
                values = [record["content"] for record in rrset.get("records", []) if not record.get("disabled")]
                self.changed.append({"name": rrset["name"].rstrip("."), "type": rrset["type"],
                                     "ttl": rrset.get("ttl", 0), "values": values})
        return Reply(response.status, body, {"Content-Type": response.headers.get("Content-Type", "text/plain")})

    def put(self, name, kind, ttl, values, told=True):
        records = [{"content": value, "disabled": False} for value in values]
        rrset = {"name": name.rstrip(".") + ".", "type": kind, "ttl": ttl,
                 "changetype": "REPLACE" if values else "DELETE", "records": records}
        self.ask("PATCH", f"/api/v1/servers/localhost/zones/{self.settings['zone']}.", {"rrsets": [rrset]})

    def control(self, order):
        if "rrsets" in order:
            self.ask("PATCH", f"/api/v1/servers/localhost/zones/{self.settings['zone']}.", {"rrsets": order["rrsets"]})

    def snapshot(self):
        zone = self.ask("GET", f"/api/v1/servers/localhost/zones/{self.settings['zone']}.") or {"rrsets": []}
        return [{"name": rrset["name"].rstrip("."), "type": rrset["type"], "ttl": rrset["ttl"],
                 "values": [record["content"] for record in rrset["records"] if not record["disabled"]],
                 "comments": rrset["comments"]}
                for rrset in zone["rrsets"]]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent():
    # PR_SET_PDEATHSIG: whoever kills us takes the server along.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
