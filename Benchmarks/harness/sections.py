"""The parts of a benchmark run; each prints its own table."""

import os
import shutil
import statistics
import subprocess
import time

import clients
import rounds
from machine import Malfunction, run
from servers import ZONE, Responders, Unbound


def job(directory, port, names, count):
    """A job for the first `count` names of the zone, with the lists written."""
    plain, typed = f"{directory}/names.{count}", f"{directory}/typed.{count}"
    with open(plain, "w") as plain_file, open(typed, "w") as typed_file:
        for number in range(count):
            plain_file.write(f"n{number % names}.{ZONE}\n")
            typed_file.write(f"n{number % names}.{ZONE} A\n")
    return clients.Job(directory, port, plain, typed, count)


def throughput(server, bench, options):
    """Many names from one server, one client core: plain queries, as the peers send them."""
    clients.require("dnsperf", "dnsperf")
    large = job(server.directory, server.port, server.names, options.queries)
    small = job(server.directory, server.port, server.names, max(1000, options.queries // 10))
    best = rounds.fastest(clients.dnsperf, [50, 100, 400, 1000], small, server)
    contenders = [clients.ours(bench), clients.dnsperf(200), clients.dnsperf(best)]
    if shutil.which("massdns"):
        contenders.append(clients.massdns(rounds.fastest(clients.massdns, [500, 1000, 5000], small, server)))
    else:
        print("  massdns is not on PATH: not compared")
    contenders.append(clients.ours(bench, "--edns", label="dnsconverge, EDNS and NSID"))
    rounds.print_series(rounds.measure(contenders, large, server, options.rounds))


def one_by_one(server, bench, options):
    """Clients that send one query, wait for its answer, and send the next; ours is asked as in `throughput`."""
    small = job(server.directory, server.port, server.names, 2000)
    contenders = [clients.ours(bench), clients.ldns(bench)]
    for program, package, make in (("dig", "bind9-dnsutils", clients.dig), ("kdig", "knot-dnsutils", clients.kdig)):
        clients.require(program, package)
        contenders.append(make())
    rounds.print_series(rounds.measure(contenders, small, server, options.rounds))


def https(directory, bench, options):
    """Many names from one server over HTTPS, by one connection."""
    if not shutil.which("unbound") and not os.access("/usr/sbin/unbound", os.X_OK):
        print("  unbound is not installed: not measured")
        return
    with Unbound(directory, 1000) as server:
        asked = job(directory, server.port, server.names, options.https_queries)
        # As many at once as a connection may have streams (RFC 9113 §6.5.2).
        own = clients.ours(bench, "--https-trust", server.certificate, "--lanes", "2", "--batch", "50")
        rounds.print_series(rounds.measure([own, clients.dnsperf_https()], asked, server, options.rounds))


def many_servers(bench, directory):
    """One check of 60 servers with delays of 5 to 100 ms, many times."""
    with Responders(bench, addresses=60, fastest=5, slowest=100) as responders:
        argv = [bench, "check", *responders.options]
        found = clients.figures(run(argv, directory).check(argv).output)
    print(
        f"  {found['checks']:.0f} checks ended after the slowest server's answer was due: p50 {found['over_p50_ms']:.2f} ms,"
        f" p99 {found['over_p99_ms']:.2f} ms, worst {found['over_max_ms']:.2f} ms; {found['cpu_ms']:.2f} ms CPU each,"
        f" {found['lost']:.0f} lost")


def sweep(bench, directory, options):
    """10,000 names at each of 40 servers that answer after 20 ms."""
    rows = []
    for width in (50, 125, 250):
        with Responders(bench, addresses=40, fastest=20, slowest=20) as responders:
            argv = [bench, "sweep", *responders.options, "--width", str(width), "--names", str(options.sweep_names)]
            found = clients.figures(run(argv, directory).check(argv).output)
        rows.append([
            str(width), f"{found['seconds']:.2f}", f"{found['ideal']:.2f}", f"{found['ratio']:.3f}",
            f"{found['qps']:,.0f}", f"{found['cpu_us']:.2f}", f"{found['retries']:.0f}", f"{found['lost']:.0f}",
            f"{found['rss_early_mb']:.1f}, {found['rss_late_mb']:.1f}, {found['rss_mb']:.1f}"])
    rounds.table(
        ["names at once", "seconds", "ideal", "by ideal", "queries/s", "CPU µs/query", "sent again", "lost",
         "RSS MB: after 10 %, at end, most"], rows)


def start_up(server, program, options):
    """From spawning a program to its end, one question at most."""
    if not program or not os.access(program, os.X_OK):
        print(f"  {program} is not built (make release): not measured")
        return
    where = ["@127.0.0.1", "-p", str(server.port)]
    commands = {
        "dig n1": ["dig", *where, f"n1.{ZONE}"],
        "dig -v": ["dig", "-v"],
        "kdig n1": ["kdig", *where, f"n1.{ZONE}"],
        "dnsconverge --version": [program, "--version"],
        "dnsconverge resolvers list": [program, "resolvers", "list"],
        "dnsconverge check n1": [
            program, "check", f"n1.{ZONE}", "--no-authoritative", "--resolver", f"127.0.0.1:{server.port}", "--expect",
            "10.0.0.1"],
    }
    times = {label: [] for label in commands}
    for _ in range(options.spawns):
        for label, argv in commands.items():
            start = time.perf_counter()
            status = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
            times[label].append((time.perf_counter() - start) * 1000)
            if status != 0:
                raise Malfunction(f"{' '.join(argv)} ended with {status}")
    by = statistics.median(times["dig n1"])
    rounds.table(["", "median ms", "fastest ms", "by dig"], [
        [label, f"{statistics.median(found):.2f}", f"{min(found):.2f}", f"{statistics.median(found) / by:.2f}"]
        for label, found in times.items()])
