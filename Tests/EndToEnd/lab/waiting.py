import time


class Failure(Exception):
    """What a test has found."""


def until(condition, what, patience=60, pause=0.05):
    """Waits until `condition()` is true, and gives it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(pause)
    raise Failure(f"gave up waiting for {what}")


def never(condition, what, seconds):
    """Sees to it that `condition()` stays false for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            raise Failure(what)
        time.sleep(0.1)
