"""Knot DNS: a root, a TLD, and a secondary by NOTIFY and IXFR."""

from ..setup import program

SERVER = """
server:
    rundir: {directory}
    pidfile: {directory}/knot.pid
    identity: {name}
    nsid: {name}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 4
    listen: [ {listen} ]
log:
  - target: stderr
    any: notice
control:
    listen: {directory}/control
database:
    storage: {directory}
    journal-db-max-size: 32M
    timer-db-max-size: 4M
    catalog-db-max-size: 5M
key:
  - id: transfer
    algorithm: hmac-sha256
    secret: {secret}
remote:
  - id: primary
    address: {primary}
    key: transfer
acl:
  - id: notify
    action: notify
    address: {primary}
    key: transfer
template:
  - id: default
    storage: {directory}
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
  - id: secondary
    storage: {directory}
    zonefile-sync: -1
    master: primary
    acl: notify
zone:
"""


def prepare(setup, node):
    directory = setup.directory(node)
    listen = ", ".join(f"{address}@53" for address in node.addresses)
    text = SERVER.format(directory=directory, name=node.name, listen=listen, secret=setup.transfer_secret,
                         primary=setup.node("ns1").first(4))
    for zone, kind in setup.zones_on(node):
        template = "secondary" if kind == "secondary" else "default"
        file = setup.write_zone(node, zone, kind)
        text += f'  - domain: "{zone.apex}."\n    template: {template}\n    file: {file}\n'
    (directory / "knot.conf").write_text(text)
    return [program("knotd"), "-c", directory / "knot.conf"]


def refresh(setup, node, zones):
    """Commands that make it look for a newer version at its primary, now."""
    control = setup.directory(node) / "control"
    return [[program("knotc"), "-s", control, "zone-refresh", *(f"{zone}." for zone in zones)]]
