"""PowerDNS Recursor: a cache."""

from ..setup import program

SERVER = """
daemon=no
local-address={addresses}
allow-from=0.0.0.0/0, ::/0
query-local-address={sources}
socket-dir={directory}
hint-file={path}/root.hints
lua-config-file={directory}/anchors.lua
dnssec={dnssec}
threads=1
pdns-distributes-queries=no
tcp-fast-open=0
max-cache-entries=20000
max-packetcache-entries=2000
extended-resolution-errors=yes
security-poll-suffix=
server-id={identity}
disable-syslog=yes
write-pid=no
loglevel=3
quiet=yes
"""


def prepare(setup, node):
    directory = setup.directory(node)
    anchor = setup.anchor.split(" DS ")[1]
    (directory / "anchors.lua").write_text(f'clearTA()\naddTA(".", "{anchor}")\n')
    text = SERVER.format(
        directory=directory, path=setup.path, addresses=", ".join(node.addresses),
        sources=", ".join(filter(None, (node.first(4), node.first(6)))),
        identity=node.settings.get("identity", node.name),
        dnssec="validate" if node.settings.get("validate", True) else "off")
    if cap := node.settings.get("ttl_cap"):
        text += f"max-cache-ttl={cap}\n"
    (directory / "recursor.conf").write_text(text)
    return [program("pdns_recursor"), f"--config-dir={directory}"]


def flush(setup, node, name):
    control = [program("rec_control"), f"--config-dir={setup.directory(node)}", f"--socket-dir={setup.directory(node)}"]
    return [*control, "wipe-cache", f"{name}$" if name else "$"]
