"""A provider's interface on loopback (Tests/Loopback), which publishes what it takes at the lab's BIND."""
import json
import subprocess
import sys
import urllib.request

from . import children
from .daemon import ROOT
from .dns import NAME, SERVERS


class Service:
    def __init__(self, kind, directory, dns, settings, records=(), publishes=True, environment=None):
        self.log_file = directory / f"{kind}.log"
        options = ["--nsupdate", SERVERS[0], "--key-file", str(dns.bind_key)] if publishes else []
        all_settings = {**settings, "records": list(records), "directory": str(directory)}
        # Debian's own Python has Debian's modules.
        self.process = children.start(
            ["/usr/bin/python3", "-B", ROOT / "Tests/Loopback/serve", kind, "--log", self.log_file,
             "--settings", json.dumps(all_settings), *options],
            stdout=subprocess.PIPE, stderr=sys.stderr, text=True, env=environment)
        line = self.process.stdout.readline()
        if not line.startswith("listening on "):
            raise SystemExit(f"the service {kind} does not start")
        self.url = line.removeprefix("listening on ").strip()

    def order(self, **members):
        request = urllib.request.Request(self.url + "/_control", json.dumps(members).encode(), method="POST")
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)

    def fail(self, *faults):
        self.order(faults=list(faults))

    def heal(self):
        self.order(faults=[])

    def log(self):
        text = self.log_file.read_text() if self.log_file.exists() else ""
        return [json.loads(line) for line in text.splitlines() if line]

    def writes(self):
        """The requests that could change something."""
        return [line for line in self.log() if line["method"] != "GET" or line["path"] == "/nic/update"]

    def taken(self):
        """The values that the record was given, in their order."""
        return [change["values"][0] for line in self.log() for change in line["changed"]
                if (change["name"], change["type"]) == (NAME, "A")]

    def end(self):
        children.end(self.process)
