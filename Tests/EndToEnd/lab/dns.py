"""The DNS of the lab: a root and the zone `test` at two addresses, and a resolver with a cache.

The root is BIND at 127.0.0.1. It delegates `test` to 127.0.0.2 and 127.0.0.3, where BIND, Knot DNS or somebody's own server
is authoritative. Unbound at 127.0.0.53 keeps nothing longer than five seconds.
"""
import json
import subprocess

from . import children
from .waiting import until

ZONE, NAME = "test", "cat.test"
SERVERS = ("127.0.0.2", "127.0.0.3")
KEY = "MTIzNDU2Nzg5MDEyMzQ1Ng=="
ZONE_FILE = f"""$ORIGIN {ZONE}.
$TTL 5
@ 60 IN SOA ns1.{ZONE}. admin.{ZONE}. 1 60 60 3600 1
@ 60 IN NS ns1.{ZONE}.
@ 60 IN NS ns2.{ZONE}.
ns1 60 IN A {SERVERS[0]}
ns2 60 IN A {SERVERS[1]}
"""


class DNS:
    """`primary` is bind, knot or none (somebody else serves the zone); `records` are lines of the zone's file."""

    def __init__(self, directory, primary="bind", records=(), zone=ZONE_FILE):
        self.directory, self.primary, self.children = directory, primary, []
        self.log, self.key_file, self.bind_key = directory / "named.log", directory / "key", directory / "key.conf"
        write(directory / "zone", zone + "".join(f"{record}\n" for record in records))
        write(directory / "root", ". 60 IN SOA ns.test. admin.test. 1 60 60 3600 1\n. 60 IN NS ns.root-server.\n"
              "ns.root-server. 60 IN A 127.0.0.1\n"
              f"{ZONE}. 60 IN NS ns1.{ZONE}.\n{ZONE}. 60 IN NS ns2.{ZONE}.\n"
              f"ns1.{ZONE}. 60 IN A {SERVERS[0]}\nns2.{ZONE}. 60 IN A {SERVERS[1]}\n")
        self.hints = write(directory / "hints", ". 60 NS ns.root-server.\nns.root-server. 60 A 127.0.0.1\n")
        write(self.key_file, f"hmac-sha256:engine:{KEY}\n").chmod(0o600)
        write(self.bind_key, f'key "engine" {{ algorithm hmac-sha256; secret "{KEY}"; }};\n')
        self._start_root()
        if primary == "bind":
            self._start_bind()
        elif primary == "knot":
            self._start_knot()
        self.resolvers = self._start_resolver()

    def ready(self, *values):
        until(lambda: all(self.answer(server) == sorted(values) for server in SERVERS), "the zone's servers")

    def answer(self, server=SERVERS[0], name=NAME, kind="A"):
        """What a server says; None when it says nothing."""
        command = ["dig", "+short", "+norecurse", "+tries=1", "+time=1", f"@{server}", name, kind]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        return sorted(run.stdout.split()) if run.returncode == 0 else None

    def serial(self):
        run = subprocess.run(["dig", "+short", "+norecurse", f"@{SERVERS[0]}", ZONE, "SOA"], capture_output=True, text=True,
                             check=True)
        return int(run.stdout.split()[2])

    def added(self):
        """The addresses that updates have added at BIND, in their order."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line.rsplit(" ", 1)[-1] for line in lines if "adding an RR at" in line and f"'{NAME}' A" in line]

    def end(self):
        for child in self.children:
            children.end(child)

    def _start_root(self):
        self._named("root", "127.0.0.1", 'zone "." { type primary; file "root"; };')

    def _start_bind(self):
        self._named("bind", "; ".join(SERVERS), f"""
            logging {{ channel log {{ file "{self.log}"; severity info; print-time iso8601; }};
                category update {{ log; }}; category update-security {{ log; }}; }};
            zone "{ZONE}" {{ type primary; file "zone"; allow-update {{ key engine; }}; notify no; }};""")

    def _named(self, name, addresses, zones):
        path = write(self.directory / f"{name}.conf", f"""
            include "{self.bind_key}";
            options {{ directory "{self.directory}"; listen-on port 53 {{ {addresses}; }}; listen-on-v6 {{ none; }};
                recursion no; pid-file none; session-keyfile none; lock-file none; dnssec-validation no; notify no;
                managed-keys-directory "{self.directory}"; minimal-responses no; }};
            controls {{ }};
            {zones}
            """)
        self.children.append(children.start_quietly([children.program("named"), "-f", "-n", "1", "-U", "1", "-c", path]))

    def _start_knot(self):
        listen = ", ".join(f"{server}@53" for server in SERVERS)
        path = write(self.directory / "knot.conf", f"""
server:
    rundir: {self.directory}
    listen: [ {listen} ]
    udp-workers: 1
    tcp-workers: 1
database:
    storage: {self.directory}
    journal-db-max-size: 8M
    timer-db-max-size: 4M
    catalog-db-max-size: 5M
key:
  - id: engine
    algorithm: hmac-sha256
    secret: {KEY}
acl:
  - id: all
    action: [ update ]
    key: engine
zone:
  - domain: {ZONE}
    storage: {self.directory}
    file: zone
    zonefile-sync: -1
    acl: all
""")
        self.children.append(children.start_quietly([children.program("knotd"), "-c", path]))

    def _start_resolver(self):
        path = write(self.directory / "unbound.conf", f"""
server:
    directory: "{self.directory}"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    interface: 127.0.0.53
    access-control: 127.0.0.0/8 allow
    do-not-query-localhost: no
    do-ip6: no
    num-threads: 1
    local-zone: "test." nodefault
    module-config: "iterator"
    root-hints: "{self.hints}"
    cache-max-ttl: 5
    cache-max-negative-ttl: 1
    infra-host-ttl: 1
remote-control:
    control-enable: no
""")
        self.children.append(children.start_quietly([children.program("unbound"), "-d", "-c", path]))
        entry = {"id": "lab", "name": "Lab", "operator": "lab", "operator_name": "Lab", "tier": "core",
                 "addresses": ["127.0.0.53"], "filtering": "none", "dnssec": False, "sources": ["L"]}
        return write(self.directory / "resolvers.json", json.dumps(
            {"schema": "dnsconverge.resolvers/1", "updated": "2026-11-21", "sources": {"L": "the lab"}, "resolvers": [entry]}))


def write(path, text):
    path.write_text(text)
    return path
