"""Where a world keeps its files, and whether it is alive."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import stat
import time


class WorldError(Exception):
    """What went wrong, in words for the user; `code` is the exit code."""

    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code


def directory():
    """`DNSCONVERGE_WORLD_DIR`, else a place of the user's own; short, for Unix sockets have at most 108 octets."""
    chosen = os.environ.get("DNSCONVERGE_WORLD_DIR")
    if chosen:
        path = pathlib.Path(chosen).absolute()
    elif len(os.environ.get("XDG_RUNTIME_DIR", "x" * 99)) < 40 and os.access(os.environ["XDG_RUNTIME_DIR"], os.W_OK):
        path = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "dnsconverge-world"
    else:
        path = pathlib.Path(f"/tmp/dnsconverge-world-{os.getuid()}")
    if len(str(path)) > 64:
        raise WorldError(f"{path}: too long for Unix sockets inside; DNSCONVERGE_WORLD_DIR: 64 characters at most", 3)
    return path


def start_time(pid, ending=False):
    """When a process started, in clock ticks since boot; None when there is none.

    With `ending` a killed process counts until its last thread is gone: the first one is a zombie while the last one
    still ends the other processes of the world.
    """
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
        threads = len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return None
    fields = text[text.rindex(")") + 2:].split()
    is_over = fields[0] in "ZX" and (threads <= 1 or not ending)
    return None if is_over else int(fields[19])


def write_process(path, pid):
    temporary = path.with_suffix(".new")
    temporary.write_text(f"{pid} {start_time(pid)}\n")
    temporary.rename(path)


def read_process(path, ending=False):
    """The process that a file names, when it is still that process."""
    try:
        pid, started = path.read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid) if str(start_time(int(pid), ending)) == started else None


MARK = "miniature-internet"


def make_directory(path):
    """Creates the directory for a new world, for this user only; an empty one that exists is fine."""
    path.mkdir(mode=0o700, exist_ok=True)
    if any(path.iterdir()):
        raise WorldError(f"{path} is not empty; DNSCONVERGE_WORLD_DIR names a directory for the world alone", 3)
    path.chmod(0o700)
    (path / MARK).touch()


def supervisor(path, ending=False):
    """The process that keeps the world, seen from outside; None when it is down."""
    return read_process(path / "supervisor.pid", ending)


def load(path):
    """What a finished `up` wrote down; an error when there is no world."""
    pid = supervisor(path)
    try:
        world = json.loads((path / "world.json").read_text())
    except (OSError, ValueError):
        world = None
    if pid is None or world is None:
        raise WorldError("there is no world; make one with `world up`")
    world["pid"] = pid
    return world


@contextlib.contextmanager
def exclusive(path):
    """One `up` or `down` of a world at a time; the lock is a name that goes with the process and leaves no file."""
    with socket.socket(socket.AF_UNIX) as lock:
        try:
            lock.bind(f"\0dnsconverge-world:{path}")
        except OSError:
            raise WorldError(f"another `up` or `down` of {path} is under way") from None
        yield


def _processes_in(namespaces):
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.stat(entry / "ns/net").st_ino in namespaces:
                yield int(entry.name)
        except OSError:
            continue


def _kill_and_wait(pids, seconds=10):
    waiting = {pid: start_time(pid, ending=True) for pid in pids}
    for pid in waiting:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    end = time.monotonic() + seconds
    while any(start is not None and start_time(pid, ending=True) == start for pid, start in waiting.items()):
        if time.monotonic() > end:
            raise WorldError(f"processes {sorted(waiting)} do not end")
        time.sleep(0.005)


def tear_down(path):
    """Ends every process of the world and removes its files, in whatever state it is; says whether there was one."""
    try:
        details = path.lstat()
    except FileNotFoundError:
        return False
    if details.st_uid != os.geteuid() or not stat.S_ISDIR(details.st_mode):
        raise WorldError(f"{path} is not a directory of yours")
    if any(path.iterdir()) and not (path / MARK).exists():
        raise WorldError(f"{path} holds something that is no world; it is left alone", 3)
    pid = supervisor(path, ending=True)
    if pid is not None:
        # Killing the first process of its process namespace, the supervisor, kills all the others.
        _kill_and_wait([pid])
    try:
        namespaces = set(json.loads((path / "world.json").read_text())["namespaces"])
    except (OSError, ValueError, KeyError):
        namespaces = set()
    if namespaces:
        _kill_and_wait(set(_processes_in(namespaces)) - {os.getpid()})
    _remove(path)
    return True


def _remove(path):
    """The mark goes last, so that whatever interrupts this can be done again."""
    for entry in path.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARK:
            entry.unlink()
    (path / MARK).unlink(missing_ok=True)
    path.rmdir()
