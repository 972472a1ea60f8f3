"""Builds a world and keeps it: the first process of the world's own process namespace.

Everything hangs on this process. Namespaces are anonymous and held open by it, tun devices by the WAN, and when it
ends, however it ends, the kernel kills all others. Until the world is complete it also dies with `world up`.
"""

import os
import signal
import time

from . import sandbox, state
from .construction import Construction


def start(path, report):
    """Makes a world in `path`; returns when it is complete. `report` gets a line for each step."""
    state.make_directory(path)
    reader, writer = os.pipe()
    go_reader, go_writer = os.pipe()
    middle = os.fork()
    if middle == 0:
        os.close(reader)
        _become_outer(path, writer, go_reader, go_writer)
    os.close(writer), os.close(go_reader), os.close(go_writer)
    with os.fdopen(reader) as lines:
        trouble = None
        for line in lines:
            kind, _, text = line.rstrip("\n").partition(" ")
            if kind == "ready":
                os.waitpid(middle, 0)
                return
            if kind == "failed":
                trouble = text
            else:
                report(text)
    os.waitpid(middle, 0)
    raise state.WorldError(trouble or f"the world ended while it was built; logs are in {path}/nodes")


def _become_outer(path, writer, go_reader, go_writer):
    """The process between `up` and the supervisor: makes the namespaces, and goes when the world is complete."""
    try:
        sandbox.die_with_parent()
        sandbox.keep_only(writer, go_reader, go_writer)
        os.setsid()
        if os.geteuid() != 0:
            sandbox.new_user_namespace()
        sandbox.unshare(sandbox.NEWNS | sandbox.NEWPID | sandbox.NEWNET | sandbox.NEWIPC)
        child = os.fork()
        if child == 0:
            os.close(go_writer)
            # Nothing is begun before `down` could find this process.
            if os.read(go_reader, 1) == b"g":
                os.close(go_reader)
                _supervise(path, os.fdopen(writer, "w", buffering=1))
            os._exit(1)
        state.write_process(path / "supervisor.pid", child)
        os.close(writer)
        os.write(go_writer, b"g")
        while state.start_time(child) is not None and not (path / "world.json").exists():
            time.sleep(0.01)
        os._exit(0)
    except OSError as error:
        os.write(writer, f"failed {error}\n".encode())
        os._exit(1)


def _supervise(path, pipe):
    try:
        sandbox.die_with_parent()
        sandbox.name_process("world")
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        world = Construction(path, lambda text: print("step", text, file=pipe))
        world.build()
        sandbox.die_with_parent(False)
        world.write()
        print("ready", file=pipe)
        pipe.close()
    except BaseException as error:
        trouble = str(error).replace("\n", " ") if isinstance(error, state.WorldError) else repr(error)
        print("failed", trouble, file=pipe)
        os._exit(1)
    _keep(path, {process.pid: name for name, process in world.processes.items()})


def _keep(path, names):
    """Collects ended processes, and writes down which servers are gone; without the WAN there is no world."""
    while True:
        ended = os.wait()[0]
        if names.get(ended) == "wan":
            os._exit(1)
        if ended in names:
            with open(path / "ended", "a") as file:
                file.write(names[ended] + "\n")
