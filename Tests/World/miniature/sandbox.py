"""Namespaces, and what else the kernel offers that Python 3.11 does not."""

import contextlib
import ctypes
import fcntl
import os
import signal
import struct

NEWNS, NEWUTS, NEWIPC = 0x00020000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result, what):
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


def unshare(flags):
    _checked(_libc.unshare(flags), "unshare")


def enter(descriptor, kind=NEWNET):
    """Moves this thread into the namespace that `descriptor` stands for."""
    _checked(_libc.setns(descriptor, kind), "setns")


def die_with_parent(on=True):
    """SIGKILL for this process when its parent ends (or no longer)."""
    _checked(_libc.prctl(1, signal.SIGKILL if on else 0, 0, 0, 0), "prctl")


def keep_only(*descriptors):
    """Closes every descriptor but these; standard input, output and error lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number not in descriptors:
            with contextlib.suppress(OSError):
                os.close(number)


def name_process(name):
    _libc.prctl(15, name.encode()[:15], 0, 0, 0)


def mount(source, target, kind, flags, data=""):
    _checked(_libc.mount(*(text.encode() for text in (source, target, kind)), flags, data.encode()), f"mount {target}")


def make_mounts_private():
    slave, recursive = 1 << 19, 1 << 14
    mount("none", "/", "", slave | recursive)


def bind_mount(source, target):
    mount(source, target, "", 1 << 12)


def new_user_namespace():
    """A user namespace in which the caller is root and nobody else exists."""
    user, group = os.geteuid(), os.getegid()
    unshare(NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def new_network_namespace():
    """Moves this thread into a new network namespace; returns a descriptor of it."""
    unshare(NEWNET)
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def open_tun(name):
    """Creates the tun device `name` here; it lives as long as the descriptor."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
    set_interface, tun_without_header = 0x400454CA, 0x1001
    fcntl.ioctl(descriptor, set_interface, struct.pack("16sH22x", name.encode(), tun_without_header))
    return descriptor


@contextlib.contextmanager
def inside(descriptor):
    """Runs a block in another network namespace."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        enter(descriptor)
        yield
    finally:
        enter(home)
        os.close(home)
