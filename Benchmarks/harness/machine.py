"""The machine that is measured on, and how programs are run on it."""

import os
import platform
import subprocess
import time
from dataclasses import dataclass

CLIENT_CPU, SERVER_CPU = 0, 1


def describe():
    """One line about the machine and one about its load: figures mean nothing without them."""
    model = "unknown processor"
    with open("/proc/cpuinfo") as info:
        for line in info:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{model}, {os.cpu_count()} CPUs, Linux {platform.release()}; {time.strftime('%F')}, load {load}"


# Whether programs run before all other work of the machine.
is_realtime = False


def pinned(cpu, argv):
    # Never nice(1): Swift's worker threads set their own, so it would favour the peers.
    priority = ["chrt", "--fifo", "1"] if is_realtime else []
    return [*priority, "taskset", "--cpu-list", str(cpu), *argv]


@dataclass
class Run:
    """One program, from its start to its end."""

    output: str
    errors: str
    status: int
    seconds: float
    cpu_seconds: float

    def check(self, argv):
        if self.status != 0:
            raise Malfunction(f"{' '.join(argv[:6])} … ended with {self.status}: {self.errors.strip()[-400:]}")
        return self


class Malfunction(Exception):
    """Something did not work; being slow is none."""


def run(argv, directory, cpu=CLIENT_CPU):
    """Runs a program on one CPU, and measures all of it: wait4(2) counts what the kernel did for it too."""
    with open(f"{directory}/stdout", "w+") as output, open(f"{directory}/stderr", "w+") as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            pinned(cpu, argv), stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd=directory)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Run(
            output=output.read(), errors=errors.read(), status=process.returncode, seconds=seconds,
            cpu_seconds=usage.ru_utime + usage.ru_stime)
