"""PowerDNS: a secondary of the BIND primary by NOTIFY and AXFR, and a primary whose zones are changed over its HTTP API.

The first have the BIND backend, which the API cannot write; the second are in an SQLite database.
"""

import pathlib
import sqlite3

from ..setup import program

SCHEMA = pathlib.Path("/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql")
SERVER = """
daemon=no
guardian=no
launch=bind,gsqlite3
gsqlite3-database={directory}/zones.sqlite
bind-config={directory}/zones.conf
bind-check-interval=0
local-address={addresses}
socket-dir={directory}
secondary=yes
primary=yes
xfr-cycle-interval=1
allow-unsigned-notify=yes
allow-axfr-ips={secondaries}
only-notify={secondaries}
api=yes
api-key={api_key}
webserver=yes
webserver-address={address}
webserver-port=8081
webserver-allow-from=0.0.0.0/0
cache-ttl=0
query-cache-ttl=0
negquery-cache-ttl=0
zone-cache-refresh-interval=0
receiver-threads=1
distributor-threads=1
signing-threads=1
security-poll-suffix=
server-id={name}
disable-syslog=yes
write-pid=no
loglevel=4
"""


def prepare(setup, node):
    directory = setup.directory(node)
    primary = setup.node("ns1").first(4)
    entries, own = "", []
    for zone, kind in setup.zones_on(node):
        if kind == "primary":
            own.append(zone)
            continue
        source = f"type slave; masters {{ {primary}; }};" if kind == "secondary" else "type native;"
        entries += f'zone "{zone.apex}" {{ {source} file "{directory}/{setup.write_zone(node, zone, kind)}"; }};\n'
    (directory / "zones.conf").write_text(f'options {{ directory "{directory}"; }};\n{entries}')
    secondaries = sorted({each.first(4) for zone in own for each in setup.secondaries(zone)})
    (directory / "pdns.conf").write_text(SERVER.format(
        directory=directory, addresses=", ".join(node.addresses), address=node.first(4), name=node.name,
        api_key=setup.api_key, secondaries=", ".join(secondaries)))
    _fill(directory / "zones.sqlite", own)
    return [program("pdns_server"), f"--config-dir={directory}"]


def _fill(file, zones):
    """Writes the zones that the API changes; every change of theirs raises the serial."""
    database = sqlite3.connect(file)
    database.executescript(SCHEMA.read_text())
    for number, zone in enumerate(zones, 1):
        database.execute("INSERT INTO domains (id, name, type) VALUES (?, ?, 'MASTER')", (number, zone.apex))
        database.execute("INSERT INTO domainmetadata (domain_id, kind, content) VALUES (?, 'SOA-EDIT-API', 'INCREASE')",
                         (number,))
        for line in zone.text().splitlines():
            owner, ttl, _, kind, value = line.split(None, 4)
            name, priority = owner.rstrip("."), 0
            if kind in ("MX", "SRV"):
                priority, value = value.split(None, 1)
            content = " ".join(word.rstrip(".") if kind in ("SOA", "NS", "MX", "CNAME") else word
                               for word in value.split())
            database.execute("INSERT INTO records (domain_id, name, type, content, ttl, prio, disabled, auth) "
                             "VALUES (?, ?, ?, ?, ?, ?, 0, 1)", (number, name, kind, content, int(ttl), int(priority)))
    database.commit()
    database.close()


def refresh(setup, node, zones):
    """Commands that make it look for a newer version at its primary, now."""
    zones = zones or [zone.apex for zone, kind in setup.zones_on(node) if kind == "secondary"]
    base = [program("pdns_control"), f"--socket-dir={setup.directory(node)}", f"--config-dir={setup.directory(node)}"]
    return [[*base, "retrieve", zone] for zone in zones]
