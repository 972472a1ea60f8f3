"""Several programs, measured in turns, so that whatever else the machine does hits all of them alike."""

import statistics
from dataclasses import dataclass, field

from clients import Client, Job
from machine import Malfunction, run


@dataclass
class Series:
    """What one client showed, round by round."""

    client: Client
    rate: list = field(default_factory=list)
    cpu: list = field(default_factory=list)
    server_cpu: list = field(default_factory=list)
    lost: list = field(default_factory=list)


def once(client, job, server):
    argv = client.command(job)
    before = server.cpu_seconds()
    result = run(argv, job.directory).check(argv)
    if not client.answered(result.output, job):
        raise Malfunction(f"{client.label} did not get the answers: {result.output.strip()[-400:]}")
    return result, server.cpu_seconds() - before


def measure(clients, job, server, rounds):
    """Each client once a round, each time another one first."""
    all_series = [Series(client) for client in clients]
    for number in range(rounds):
        turn = number % len(all_series)
        for series in all_series[turn:] + all_series[:turn]:
            result, server_cpu = once(series.client, job, server)
            series.rate.append(job.count / result.seconds)
            series.cpu.append(result.cpu_seconds * 1e6 / job.count)
            series.server_cpu.append(server_cpu * 1e6 / job.count)
            series.lost.append(series.client.lost(result.output))
    return all_series


def fastest(make_client, settings, job, server):
    """The setting at which a client gets most answers a second."""
    rates = {}
    for setting in settings:
        client = make_client(setting)
        result, _ = once(client, job, server)
        rates[setting] = (job.count - (client.lost(result.output) or 0)) / result.seconds
    return max(rates, key=rates.get)


def spread(values, form="{:.2f}"):
    """The median, and between what the values lie."""
    middle = form.format(statistics.median(values))
    return f"{middle} ({form.format(min(values))} to {form.format(max(values))})"


def ratios(ours, theirs):
    """Ours by theirs, in each round."""
    return [mine / other for mine, other in zip(ours, theirs) if other > 0]


def table(header, rows):
    """Columns as wide as what is in them; the first is text, the others stand to the right."""
    cells = [header, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        print("  " + "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))))


def print_series(all_series, to_compare=0):
    """Every client's figures, and one client's by those of each other."""
    own = all_series[to_compare]
    rows = []
    for series in all_series:
        is_own = series is own
        lost = [count for count in series.lost if count is not None]
        rows.append([
            series.client.label, spread(series.rate, "{:,.0f}"), spread(series.cpu), spread(series.server_cpu),
            f"{max(lost):,}" if lost else "?",
            "" if is_own else spread(ratios(own.rate, series.rate)),
            "" if is_own else spread(ratios(own.cpu, series.cpu)),
        ])
    table(
        ["", "queries/s", "CPU µs/query", "server µs/query", "lost", "ours by it: queries/s", "ours by it: CPU"],
        rows)
