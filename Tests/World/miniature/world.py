"""A running world, as the commands see it."""

import os
import subprocess
import sys
import time

from . import internet, sandbox, state, wan, zones
from .setup import program


class World:
    """What `up` wrote down, and ways into the nodes."""

    def __init__(self, path):
        self.path = path
        self.facts = state.load(path)
        self.pid = self.facts["pid"]
        self.nodes = [internet.Node(**node) for node in self.facts["nodes"]]
        self.zones = [zones.Zone(**zone) for zone in self.facts["zones"]]
        self.wan = wan.Wan(path)

    @classmethod
    def open(cls, enter=True):
        """The running world; with `enter` this process then has the rights of its user namespace."""
        here = cls(state.directory())
        if enter and here._in_other_user_namespace():
            if os.environ.get("DNSCONVERGE_WORLD_INSIDE"):
                raise state.WorldError("the world's user namespace cannot be entered")
            # The world's own network namespace comes with it: to a namespace of the host there would be no way back.
            command = [*here._user_entrance(), f"--net=/proc/{here.pid}/ns/net", sys.executable, *sys.argv]
            os.execve(command[0], command, {**os.environ, "DNSCONVERGE_WORLD_INSIDE": "1"})
        return here

    def _in_other_user_namespace(self):
        return os.stat("/proc/self/ns/user").st_ino != self.facts["user_namespace"]

    def _user_entrance(self):
        if not self._in_other_user_namespace():
            return [program("nsenter")]
        return [program("nsenter"), f"--user=/proc/{self.pid}/ns/user", "--preserve-credentials"]

    def node(self, name):
        for node in self.nodes:
            if node.name == name:
                return node
        raise state.WorldError(f"{name}: no such node; `world status` lists them", 3)

    def directory(self, node):
        return self.path / "nodes" / node.name

    def zones_on(self, node):
        """Each zone that a node has, and what it has of it."""
        return [(zone, zone.on[node.name]) for zone in self.zones if node.name in zone.on]

    def entrance(self, name, mounts=False):
        """The words before a command that run it on a node; with `mounts` also with the world's /etc/resolv.conf."""
        words = [*self._user_entrance(), f"--net={self._namespace(name)}"]
        return [*words, f"--mount=/proc/{self.pid}/ns/mnt", f"--wdns={os.getcwd()}"] if mounts else words

    def inside(self, name):
        """A block that runs in a node's network namespace (after `open(enter=True)`)."""
        return sandbox.inside(os.open(self._namespace(name), os.O_RDONLY | os.O_CLOEXEC))

    def _namespace(self, name):
        return f"/proc/{self.pid}/fd/{self.facts['namespace_fds'][self.node(name).name]}"

    def signal(self, name, number):
        """Sends a signal to a node's server, whose process number is one of the world's own process namespace."""
        command = f"kill -{int(number)} {self.facts['processes'][name]}"
        subprocess.run([*self._user_entrance(), f"--pid=/proc/{self.pid}/ns/pid", "sh", "-c", command], check=True)

    def run(self, name, command, **keywords):
        """Runs a program on a node to its end; its complaint is the error."""
        with self.inside(name):
            result = subprocess.run([str(word) for word in command], capture_output=True, text=True, **keywords)
        if result.returncode != 0:
            raise state.WorldError(f"{name}: {command[0]}: {(result.stderr or result.stdout).strip()}")
        return result.stdout

    def addresses(self, target):
        """The addresses of a node, of all nodes of a role, of the `core` resolvers; or the address itself."""
        if ":" in target or target.replace(".", "").isdigit():
            return [target]
        group = [node for node in self.nodes if target == node.role or (target == "core" and node.settings.get("core"))]
        return [address for node in group or [self.node(target)] for address in node.addresses]

    def zone_of(self, name):
        """The lowest zone of the world that a name is in."""
        name = name.rstrip(".").lower()
        found = [zone for zone in self.zones if zones.is_below(name, zone.apex)]
        return max(found, key=lambda zone: len(zone.apex))

    def age(self):
        return round(time.time() - self.facts["started"])

    def ended(self):
        """Names of servers that are gone."""
        file = self.path / "ended"
        return set(file.read_text().split()) if file.exists() else set()

    def summary(self):
        """The world for programs: `world status --json`."""
        ended, hosts = self.ended(), self.wan.hosts()
        return {
            "schema": self.facts["schema"], "up_seconds": self.age(),
            "seconds_to_start": self.facts["seconds_to_start"],
            "directory": str(self.path), "pid": self.pid, "root_hints": str(self.path / "root.hints"),
            "ca_file": str(self.path / "tls/ca.pem"), "update_key": str(self.path / "update.key"),
            "powerdns_key": str(self.path / "powerdns.key"),
            "trust_anchor": str(self.path / "trust-anchor"),
            "nodes": [{
                "name": node.name, "role": node.role, "make": node.make, "alive": node.name not in ended,
                "addresses": node.addresses, "shared_addresses": node.shared,
                "rtt_ms": {address: hosts[address]["rtt_ms"] for address in node.addresses},
                "exec": self.entrance(node.name),
            } for node in self.nodes],
            "zones": self.facts["zones"],
            "wan": hosts,
        }
