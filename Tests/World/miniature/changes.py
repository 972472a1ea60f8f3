"""Commands that change a running world, or show what its WAN does."""

import concurrent.futures
import json
import signal
import socket
import time

from . import internet, probe, servers, state, trace
from .setup import program
from .wan import loss_words
from .world import World

FOLLOW_INTERVAL = 0.02


def update(options):
    """`update NAME TTL TYPE VALUE...`: replaces the RRset, prints zone and serial."""
    world = World.open()
    name, zone = options.name.rstrip("."), world.zone_of(options.name)
    if "primary" not in zone.on.values():
        raise state.WorldError(f"{zone.apex}: not a zone with dynamic updates", 3)
    primary = next(world.node(node) for node, kind in zone.on.items() if kind == "primary")
    if primary.make == "pdns":
        raise state.WorldError(f"{zone.apex}: is changed over PowerDNS's HTTP API", 3)
    server = primary.addresses[0]
    lines = [f"server {server}", f"zone {zone.apex}.", f"update delete {name}. {options.type}"]
    lines += [f"update add {name}. {options.ttl} {options.type} {value}" for value in options.values]
    world.run(primary.name, [program("nsupdate"), "-k", world.path / "update.key"], input="\n".join([*lines, "send", ""]))
    serial = _serial(world, primary.name, zone.apex)
    if options.wait:
        _wait_for(world, zone, serial)
    print(json.dumps({"zone": zone.apex, "serial": serial, "time": trace.clock()}))


def _serial(world, name, apex):
    with world.inside(name):
        message = probe.ask(world.node(name).addresses[0], apex, "SOA", recurse=False)
    values = message.values("SOA") if message else []
    return int(values[0].split()[2]) if values else None


def _wait_for(world, zone, serial, seconds=30):
    waiting = [name for name, kind in zone.on.items() if kind == "secondary"]
    end = time.monotonic() + seconds
    while waiting:
        waiting = [name for name in waiting if (_serial(world, name, zone.apex) or 0) < serial]
        if waiting and time.monotonic() > end:
            raise state.WorldError(f"{zone.apex}: {', '.join(waiting)} did not get serial {serial} in {seconds} s")
        time.sleep(0.02)


def lag(options):
    """Loses NOTIFY messages to a secondary, which then looks once a day; `off` makes it look at once."""
    world = World.open()
    node = world.node(options.node)
    module = servers.module(node.make)
    if not hasattr(module, "refresh"):
        raise state.WorldError(f"{options.node} is no secondary", 3)
    zones = [zone.rstrip(".").lower() for zone in options.zones]
    world.wan.send(*(f"notify {address} {zone} {options.state}" for address in node.addresses
                     for zone in zones or ["*"]))
    if options.state == "off":
        for command in module.refresh(world, node, zones):
            world.run(options.node, command)


def web(options):
    """`web NODE STATE [SECONDS]`: how a web server answers from now on."""
    world = World.open()
    node = world.node(options.node)
    if node.role != internet.WEB:
        raise state.WorldError(f"{options.node} is no web server", 3)
    with socket.socket(socket.AF_UNIX) as channel:
        channel.settimeout(5)
        channel.connect(str(world.directory(node) / "control"))
        channel.sendall(f"{options.state} {options.seconds}\n".encode())
        print(f"{node.name} {channel.recv(100).decode().strip()}")


def flush(options):
    world = World.open()
    everybody = [node for node in world.nodes if node.role == "resolver"]
    for node in everybody if options.node == "all" else [world.node(options.node)]:
        _flush(world, node, options.name.rstrip(".") if options.name else None)


def _flush(world, node, name):
    module = servers.module(node.make) if node.role == "resolver" else None
    if module is None:
        raise state.WorldError(f"{node.name} is no resolver", 3)
    how = module.flush(world, node, name)
    if how is signal.SIGHUP:
        world.signal(node.name, how)
    elif isinstance(how, str):
        _tell_kresd(world, node, how)
    else:
        world.run(node.name, how)


def _tell_kresd(world, node, expression):
    control = next((world.path / "nodes" / node.name / "control").iterdir())
    with socket.socket(socket.AF_UNIX) as channel:
        channel.settimeout(5)
        channel.connect(str(control))
        channel.sendall(expression.encode() + b"\n")
        channel.recv(4096)


def warm(options):
    """Prints what each said, and how long it took from the client."""
    world = World.open()
    chosen = options.resolvers or [node.name for node in world.nodes if node.settings.get("core")]
    ask = lambda name: _ask_for(world, name, options.name.rstrip("."), options.type, options.until)
    with world.inside("client"), concurrent.futures.ThreadPoolExecutor(len(chosen)) as pool:
        for line in pool.map(ask, chosen):
            print(line)


def _ask_for(world, resolver, name, kind, until, seconds=15):
    end = time.monotonic() + seconds
    while True:
        began = time.monotonic()
        message = probe.ask(world.node(resolver).addresses[0], name, kind, timeout=seconds)
        took = (time.monotonic() - began) * 1000
        values = message.values(kind) if message else []
        if not until or values == [until]:
            break
        if time.monotonic() > end:
            raise state.WorldError(f"{resolver} says {' '.join(values) or 'nothing'} for {name}, and not {until}")
        time.sleep(0.05)
    if message is None:
        return f"{resolver:20} no answer"
    ttl = min((answer[1] for answer in message.answers), default=None)
    return f"{resolver:20} {message.rcode} {' '.join(values) or '-'} ttl {ttl} {took:.0f} ms"


def wan_state(options):
    for address, host in World.open().wan.hosts().items():
        print(f"{address:28} rtt {host['rtt_ms']:g} ms  loss {host['loss']}{'  silent' if host['silent'] else ''}"
              f"  received {host['received']}  sent {host['sent']}  lost {host['lost']}")


def wan_set(options):
    world = World.open()
    lines = []
    for setting in options.settings:
        key, _, value = setting.partition("=")
        for address in world.addresses(options.target):
            lines.append(_wan_line(key, value, address))
    world.wan.send(*lines)


def _wan_line(key, value, address):
    if key == "rtt":
        try:
            return f"rtt {address} {round(float(value) * 1000)}"
        except ValueError:
            raise state.WorldError(f"rtt={value}: give milliseconds", 3) from None
    if key == "loss":
        return f"loss {address} {loss_words(value)}"
    if key == "drop" and value in ("on", "off"):
        return f"drop {address} {value}"
    raise state.WorldError(f"{key}={value}: give rtt=MS, loss=1/N|PERCENT%|0 or drop=on|off", 3)


def wan_cut(options):
    world = World.open()
    world.wan.send(*(f"cut {one} {other} {options.state}" for one in world.addresses(options.one)
                     for other in world.addresses(options.other) if (":" in one) == (":" in other)))


def wan_intercept(options):
    world = World.open()
    number = world.node("middlebox").number
    lines = []
    for source in world.node("client").addresses:
        targets = [address for address in options.addresses if (":" in address) == (":" in source)]
        for target in targets if options.addresses else ["*"]:
            lines.append(f"divert {source} {target} {number} {options.state}")
    world.wan.send(*lines)


def wan_seed(options):
    World.open().wan.send(f"seed {options.number}")


def wan_raw(options):
    print(World.open().wan.send(" ".join(options.words)))


def wan_trace(options):
    world = World.open()
    file = world.path / "trace"
    if options.action == "start":
        world.wan.send(f"trace {file}")
    elif options.action == "stop":
        world.wan.send("trace off")
    elif options.action == "pcap":
        world.wan.send("sync")
        trace.write_pcap(file, options.file or "trace.pcap")
    else:
        def awaken():
            time.sleep(FOLLOW_INTERVAL)
            world.wan.send("sync")
        world.wan.send("sync")
        recorded = trace.packets(file, awaken if options.action == "follow" else None)
        trace.print_all(recorded, [node.name for node in world.nodes], options.json)
