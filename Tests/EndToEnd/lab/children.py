"""Programs that end when we do."""
import ctypes
import shutil
import signal
import subprocess

_libc = ctypes.CDLL(None)


def die_with_parent():
    _libc.prctl(1, signal.SIGKILL)


def program(name):
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/bin")
    if not path:
        raise SystemExit(f"{name} is not installed")
    return path


def start(words, **options):
    return subprocess.Popen([str(word) for word in words], preexec_fn=die_with_parent, **options)


def start_quietly(words, log=subprocess.DEVNULL):
    return start(words, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)


def end(process):
    process.kill()
    process.wait()
