"""The command line of the test world."""

import argparse
import json
import os
import sys

from . import changes, requirements, state, table, world


def main(arguments):
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except state.WorldError as error:
        print(f"world: {error}", file=sys.stderr)
        return error.code
    except BrokenPipeError:
        return 1
    except OSError as error:
        print(f"world: {error}", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(prog="world", description="A miniature Internet of real servers on one machine.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, run, text):
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    command("up", _up, "make the world; whatever is left of an old one goes first").add_argument(
        "--keep", action="store_true", help="leave the files of a world that could not be made")
    command("down", _down, "end it without a trace")
    command("requirements", _requirements, "say what is missing here, and why; exits 3 when no world can be made")
    command("status", _status, "who is there").add_argument("--json", action="store_true")
    added = command("exec", _exec, "run a command on a node; `client` is where dnsconverge runs")
    added.add_argument("node")
    added.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")
    command("shell", _shell, "a shell on a node").add_argument("node", nargs="?", default="client")
    added = command("update", changes.update, "change a record at the primary (RFC 2136, TSIG); no value deletes it")
    added.add_argument("--wait", action="store_true", help="return when every secondary has it")
    for name, kind in (("name", str), ("ttl", int), ("type", str.upper)):
        added.add_argument(name, type=kind)
    added.add_argument("values", nargs="*", metavar="VALUE")
    added = command("lag", changes.lag, "let a secondary miss changes, or catch up at once")
    added.add_argument("node")
    added.add_argument("state", choices=("on", "off"))
    added.add_argument("zones", nargs="*", metavar="ZONE", help="of these zones only")
    added = command("web", changes.web, "let a web server answer well, with 503, late, or not at all")
    added.add_argument("node")
    added.add_argument("state", choices=("ok", "err", "slow", "closed"))
    added.add_argument("seconds", nargs="?", type=float, default=3, help="how late, when slow")
    added = command("flush", changes.flush, "empty a resolver's cache, at and below NAME when given; `all` means each")
    added.add_argument("node")
    added.add_argument("name", nargs="?")
    added = command("warm", changes.warm, "ask resolvers (the core ones) at their first addresses, which caches it")
    added.add_argument("name")
    added.add_argument("type", nargs="?", default="A", type=str.upper)
    added.add_argument("--resolvers", nargs="+", metavar="NODE")
    added.add_argument("--until", metavar="VALUE", help="again and again, until all of them say this")
    command("rows", table.rows, "the table of broken zones and their twins, as JSON, names and arguments filled in")
    added = command("prime", table.prime, "do what the fault of a row of zones.json needs just before it is looked at")
    added.add_argument("row")
    added = command("restore", table.restore, "undo what `prime` did to the network")
    added.add_argument("row")
    _wan_parser(command("wan", changes.wan_state, "delays, losses and the trace of the network between the nodes"))
    return parser


def _wan_parser(parser):
    parts = parser.add_subparsers(dest="part", metavar="PART")

    def part(name, run, text):
        added = parts.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    added = part("set", changes.wan_set,
                 "rtt=MS, loss=1/N|PERCENT%%|0, drop=on|off of a node, an address, a role or `core`")
    added.add_argument("target")
    added.add_argument("settings", nargs="+", metavar="KEY=VALUE")
    added = part("cut", changes.wan_cut, "lose everything between two nodes or addresses")
    added.add_argument("one")
    added.add_argument("other")
    added.add_argument("state", choices=("on", "off"))
    added = part("intercept", changes.wan_intercept, "let a middlebox answer what the client asks on port 53")
    added.add_argument("state", choices=("on", "off"))
    added.add_argument("addresses", nargs="*", metavar="ADDRESS", help="asked at these addresses only")
    part("seed", changes.wan_seed, "of the random losses").add_argument("number", type=int)
    added = part("trace", changes.wan_trace, "record DNS on the WAN: start (afresh), stop, print, follow, pcap FILE")
    added.add_argument("action", choices=("start", "stop", "print", "follow", "pcap"))
    added.add_argument("file", nargs="?")
    added.add_argument("--json", action="store_true", help="one object a line")
    added = part("raw", changes.wan_raw, "a line of the WAN's own language, see wan.c")
    added.add_argument("words", nargs="+")


def _up(options):
    from . import supervisor
    path = state.directory()
    if lacking := requirements.missing():
        raise state.WorldError("no world can be made here:\n  " + "\n  ".join(lacking), 3)
    with state.exclusive(path):
        state.tear_down(path)
        try:
            supervisor.start(path, lambda text: print(text, file=sys.stderr))
        except BaseException:
            if not options.keep:
                state.tear_down(path)
            raise


def _down(options):
    path = state.directory()
    with state.exclusive(path):
        state.tear_down(path)


def _requirements(options):
    lacking = requirements.missing()
    for sentence in lacking:
        print(sentence)
    return 3 if lacking else 0


def _status(options):
    here = world.World.open(enter=False)
    if options.json:
        print(json.dumps(here.summary(), indent=1))
        return
    print(f"up since {here.age()} s, in {here.path}")
    print(f"root hints  {here.path}/root.hints")
    print(f"CA file     {here.path}/tls/ca.pem")
    print(f"update key  {here.path}/update.key")
    print(f"PowerDNS API key  {here.path}/powerdns.key")
    ended = here.ended()
    for node in here.nodes:
        mark = "DEAD" if node.name in ended else f"{node.rtt:g} ms"
        print(f"{node.name:20} {node.role:13} {node.make:9} {mark:>7}  {' '.join(node.addresses)}")


def _exec(options):
    words = options.words[1:] if options.words[:1] == ["--"] else options.words
    if not words:
        raise state.WorldError("exec: no command", 3)
    here = world.World.open(enter=False)
    command = [*here.entrance(options.node, mounts=True), *words]
    sys.stdout.flush()
    os.execvp(command[0], command)


def _shell(options):
    options.words = [os.environ.get("SHELL", "/bin/sh")]
    _exec(options)
