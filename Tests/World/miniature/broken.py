"""The broken zones of zones.json, each with its healthy twin: NAME.org and NAME-ok.org.

`zone` describes the twin; `fault` is what the broken one has instead. Both hold: `nameservers` (at the apex),
`parent_nameservers` (when the delegation differs), `hosts` and `glue` (addresses by name), `on` (what a node has of the
zone, when it is not what follows from the name servers; null for nothing), `records` ([owner, TTL, type, value]),
`versions`, `signed`, `minimum`, `dynamic` (changed with `world update`) and `filtered`. `{zone}` is the zone's name.
"""

import json
import pathlib

from . import internet

TABLE = pathlib.Path(__file__).resolve().parents[1] / "zones.json"
RECORDS = [["www", 30, "A", "192.0.2.1"]]


def rows():
    return json.loads(TABLE.read_text())["rows"]


def zone_name(row, twin=False):
    return f"{row['name']}{'-ok' if twin else ''}.org"


def filled(value, zone):
    """`value` with `{zone}` and the like replaced, at any depth."""
    if isinstance(value, str):
        return value.replace("{zone}", zone).replace("{resolvers}", str(TABLE.with_name("resolvers.json")))
    if isinstance(value, list):
        return [filled(each, zone) for each in value]
    if isinstance(value, dict):
        return {filled(key, zone): filled(each, zone) for key, each in value.items()}
    return value


def filtered_zones():
    return [zone_name(row) for row in rows() if row["fault"].get("filtered")]


def add_all(namespace):
    for row in rows():
        _add(namespace, zone_name(row), {**row["zone"], **row["fault"]})
        _add(namespace, zone_name(row, twin=True), row["zone"])


def _add(namespace, apex, description):
    about = filled(description, apex)
    names = about.get("nameservers", ["ns1.he.net", "ns2.he.net", "ns3.he.net"])
    dynamic = about.get("dynamic")
    on = {}
    for name in names:
        node = internet.NAME_SERVERS.get(name, (None, []))[0]
        if node:
            on[node] = "current" if not dynamic else "primary" if node == "ns1" else "secondary"
    on.update(about.get("on", {}))
    versions = {name: {"serial": version["serial"], "records": _records(version["records"], apex)}
                for name, version in about.get("versions", {}).items()}
    zone = namespace.zone(
        apex, names, {node: kind for node, kind in on.items() if kind}, versions=versions, signed=about.get("signed"),
        parent_nameservers=about.get("parent_nameservers"), glue=about.get("glue", {}), minimum=about.get("minimum", 5))
    zone.records += _records(about.get("records", RECORDS), apex)
    for name, addresses in about.get("hosts", {}).items():
        namespace.add_host(name, addresses)


def _records(records, apex):
    return [(apex if owner == "@" else f"{owner}.{apex}", ttl, kind, value) for owner, ttl, kind, value in records]
