"""The programs that ask, each with its command line and how its output is read."""

import re
import shutil
from dataclasses import dataclass, field
from typing import Callable

from machine import Malfunction


@dataclass
class Job:
    """What is asked: the files that list the names, and the server."""

    directory: str
    port: int
    names: str
    typed_names: str
    count: int


@dataclass
class Client:
    """A program that asks for every name of a job once."""

    label: str
    command: Callable[[Job], list]
    """How many queries got no answer, from the program's output; None where it does not say."""
    lost: Callable[[str], int | None] = field(default=lambda output: None)
    """Whether the output shows that it asked all, and that the answers came."""
    answered: Callable[[str, Job], bool] = field(default=lambda output, job: True)


def figures(output):
    """The numbers that our own tool prints."""
    return {name: float(value) for name, value in re.findall(r"(\w+)=(-?[\d.]+)", output)}


def ours(bench, *options, label="dnsconverge"):
    def command(job):
        return [bench, "throughput", "--server", "127.0.0.1", "--port", str(job.port), "--names", job.names, *options]

    return Client(
        label, command, lambda output: int(figures(output)["lost"]),
        lambda output, job: figures(output)["queries"] == job.count and figures(output)["wrong"] == 0)


def dnsperf(outstanding):
    def command(job):
        return [
            "dnsperf", "-s", "127.0.0.1", "-p", str(job.port), "-d", job.typed_names, "-n", "1", "-T", "1", "-c", "1",
            "-q", str(outstanding)]

    def number(output, name):
        match = re.search(rf"Queries {name}: +(\d+)", output)
        return int(match[1]) if match else 0

    return Client(
        f"dnsperf -T 1 -q {outstanding}", command, lambda output: number(output, "lost"),
        lambda output, job: number(output, "sent") == job.count)


def dnsperf_https():
    def command(job):
        return [
            "dnsperf", "-m", "doh", "-O", "doh-method=POST", "-O", "doh-uri=https://localhost/dns-query", "-s",
            "127.0.0.1", "-p", str(job.port), "-d", job.typed_names, "-n", "1", "-T", "1", "-c", "1", "-q", "100"]

    udp = dnsperf(100)
    return Client("dnsperf -m doh -T 1 -q 100", command, udp.lost, udp.answered)


def massdns(concurrency):
    def command(job):
        resolvers = f"{job.directory}/resolvers"
        with open(resolvers, "w") as file:
            file.write(f"127.0.0.1:{job.port}\n")
        return [
            "massdns", "--root", "--norecurse", "-r", resolvers, "-s", str(concurrency), "-o", "B", "-w", "/dev/null",
            "--quiet", job.names]

    return Client(f"massdns -o B -s {concurrency}", command)


def dig():
    def command(job):
        return ["dig", "@127.0.0.1", "-p", str(job.port), "+norecurse", "+noall", "+answer", "-f", job.names]

    return Client("dig -f", command, answered=prints_each_answer)


def kdig():
    def command(job):
        with open(job.names) as names:
            return ["kdig", "@127.0.0.1", "-p", str(job.port), "+norecurse", "+noall", "+answer", *names.read().split()]

    return Client("kdig", command, answered=prints_each_answer)


def ldns(bench):
    def command(job):
        return [bench, "ldns", "--server", "127.0.0.1", "--port", str(job.port), "--names", job.names]

    return Client(
        "ldns_resolver_query", command, lambda output: int(figures(output)["lost"]),
        lambda output, job: figures(output)["queries"] == job.count and figures(output)["wrong"] == 0)


def prints_each_answer(output, job):
    return len(re.findall(r"\sA\s+10\.\d+\.\d+\.\d+", output)) == job.count


def require(program, package):
    if not shutil.which(program):
        raise Malfunction(f"{program} is missing: apt-get install {package}")
