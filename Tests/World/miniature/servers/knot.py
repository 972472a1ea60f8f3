"""Knot DNS: a root, a TLD, a secondary by NOTIFY and IXFR, and a primary with dynamic updates."""

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
  - id: world-update
    algorithm: hmac-sha256
    secret: {update_secret}
remote:
  - id: primary
    address: {primary}
    key: transfer
{secondaries}acl:
  - id: notify
    action: notify
    address: {primary}
    key: transfer
  - id: transfer
    action: transfer
    key: transfer
  - id: update
    action: [ update, transfer ]
    key: world-update
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
  - id: primary
    storage: {directory}
    zonefile-sync: -1
    zonefile-load: whole
    acl: [ update, transfer ]
zone:
"""


def prepare(setup, node):
    directory = setup.directory(node)
    listen = ", ".join(f"{address}@53" for address in node.addresses)
    served = {each.name: each for zone, kind in setup.zones_on(node) if kind == "primary"
              for each in setup.secondaries(zone)}
    remotes = "".join(f"  - id: {each.name}\n    address: {each.first(4)}\n    key: transfer\n"
                      for each in served.values())
    text = SERVER.format(directory=directory, name=node.name, listen=listen, secret=setup.transfer_secret,
                         update_secret=setup.update_secret, primary=setup.node("ns1").first(4), secondaries=remotes)
    for zone, kind in setup.zones_on(node):
        template = kind if kind in ("primary", "secondary") else "default"
        file = setup.write_zone(node, zone, kind)
        text += f'  - domain: "{zone.apex}."\n    template: {template}\n    file: {file}\n'
        if kind == "primary":
            text += f"    notify: [ {', '.join(each.name for each in setup.secondaries(zone))} ]\n"
    (directory / "knot.conf").write_text(text)
    return [program("knotd"), "-c", directory / "knot.conf"]


def refresh(setup, node, zones):
    """Commands that make it look for a newer version at its primary, now."""
    control = setup.directory(node) / "control"
    return [[program("knotc"), "-s", control, "zone-refresh", *(f"{zone}." for zone in zones)]]
