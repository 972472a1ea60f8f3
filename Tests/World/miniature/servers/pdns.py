"""PowerDNS: an authoritative server with the BIND backend, secondary of the BIND primary by NOTIFY and AXFR."""

from ..setup import program

SERVER = """
daemon=no
guardian=no
launch=bind
bind-config={directory}/zones.conf
bind-check-interval=0
local-address={addresses}
socket-dir={directory}
secondary=yes
xfr-cycle-interval=1
allow-unsigned-notify=yes
allow-axfr-ips=
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
    entries = ""
    for zone, kind in setup.zones_on(node):
        source = f"type slave; masters {{ {primary}; }};" if kind == "secondary" else "type native;"
        entries += f'zone "{zone.apex}" {{ {source} file "{directory}/{setup.write_zone(node, zone, kind)}"; }};\n'
    (directory / "zones.conf").write_text(f'options {{ directory "{directory}"; }};\n{entries}')
    (directory / "pdns.conf").write_text(
        SERVER.format(directory=directory, addresses=", ".join(node.addresses), name=node.name))
    return [program("pdns_server"), f"--config-dir={directory}"]


def refresh(setup, node, zones):
    """Commands that make it look for a newer version at its primary, now."""
    zones = zones or [zone.apex for zone, kind in setup.zones_on(node) if kind == "secondary"]
    base = [program("pdns_control"), f"--socket-dir={setup.directory(node)}", f"--config-dir={setup.directory(node)}"]
    return [[*base, "retrieve", zone] for zone in zones]
