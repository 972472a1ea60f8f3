"""dnsmasq: a forwarder with a cache of its own."""

import signal

from ..setup import program


def prepare(setup, node):
    upstream = setup.node(node.settings["upstream"]).first(4)
    lines = ["no-resolv", "no-hosts", "no-daemon", "user=root", "group=root", "pid-file=", "bind-interfaces",
             "cache-size=1000", "edns-packet-max=1232", f"server={upstream}", "except-interface=wan0", "interface=lo"]
    lines += [f"listen-address={address}" for address in node.addresses]
    if told := node.settings.get("told_ttl"):
        # What it tells its clients; it keeps the record for as long as the zone says.
        lines.append(f"max-ttl={told}")
    file = setup.directory(node) / "dnsmasq.conf"
    file.write_text("\n".join(lines) + "\n")
    return [program("dnsmasq"), "--keep-in-foreground", f"--conf-file={file}"]


def flush(setup, node, name):
    """It has only a signal, which empties all of its cache."""
    return signal.SIGHUP
