"""What all parts of a world share while it is built: its directory, nodes, zones and keys."""

import base64
import dataclasses
import json
import os
import pathlib
import secrets
import shutil
import subprocess

from . import internet, state, zones


@dataclasses.dataclass
class Setup:
    path: pathlib.Path
    nodes: list
    namespace: zones.Namespace
    transfer_secret: str
    update_secret: str
    api_key: str
    anchor: str = ""
    signed: dict = dataclasses.field(default_factory=dict)

    @classmethod
    def new(cls, path):
        secret = lambda: base64.b64encode(secrets.token_bytes(32)).decode()
        return cls(path, internet.nodes(), zones.build(), secret(), secret(), secret())

    def node(self, name):
        for node in self.nodes:
            if node.name == name:
                return node
        raise state.WorldError(f"{name}: no such node; `world status` lists them")

    def directory(self, node):
        return self.path / "nodes" / node.name

    def zones_on(self, node):
        """Each zone that a node has, and what it has of it."""
        return [(zone, zone.on[node.name]) for zone in self.namespace.zones.values() if node.name in zone.on]

    def zone_text(self, zone, version):
        if version == "current" and zone.apex in self.signed:
            return self.signed[zone.apex]
        return zone.text("current" if version in ("primary", "secondary") else version)

    def write_zone(self, node, zone, version):
        """Writes a zone's master file into the node's directory; returns the file's name."""
        name = f"{zone.apex or 'root'}.zone"
        (self.directory(node) / name).write_text(self.zone_text(zone, version))
        return name

    def primary(self, zone):
        """The node that a zone is changed at."""
        return self.node(next(name for name, kind in zone.on.items() if kind == "primary"))

    def secondaries(self, zone):
        return [self.node(name) for name, kind in zone.on.items() if kind == "secondary"]

    def certificate(self, node):
        """Certificate chain and key of a node that speaks TLS."""
        return self.directory(node) / "tls.pem", self.directory(node) / "tls.key"


def program(name):
    """Where a server's executable is, sbin included."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin")


def run(arguments, **keywords):
    """Runs a program to its end; its complaint is the error."""
    result = subprocess.run(arguments, capture_output=True, text=True, stdin=subprocess.DEVNULL, **keywords)
    if result.returncode != 0:
        raise state.WorldError(f"{arguments[0]}: {(result.stderr or result.stdout).strip()}")
    return result.stdout


def write_json(path, value):
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(value, indent=1) + "\n")
    temporary.rename(path)
