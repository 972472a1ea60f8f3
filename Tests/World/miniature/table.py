"""The table of broken zones for tests: what to check, and what must come of it."""

import json
import time

from . import broken, state

HEALTHY = {"verdict": "converged", "finding": None, "eta": None, "exit": 0}


def rows(options):
    """Each row of zones.json, then its twin, as one JSON list."""
    cases = []
    for row in broken.rows():
        cases += [_case(row), {**_case(row, twin=True), **HEALTHY}]
    print(json.dumps(cases, indent=1))


def _case(row, twin=False):
    zone = broken.zone_name(row, twin)
    arguments = row.get("twin_arguments", []) if twin else row.get("arguments", [])
    return {
        "row": row["name"], "twin": twin, "broken": None if twin else row["broken"],
        "name": f"{row.get('query', 'www')}.{zone}", "type": row.get("type", "A"), "node": row.get("node", "client"),
        "arguments": broken.filled(arguments, zone), "primed": bool(row.get("prime")) and not twin,
        "verdict": row["verdict"], "finding": row["finding"], "eta": row.get("eta"), "exit": row["exit"],
    }


def prime(options):
    _perform(options.row, "prime")


def restore(options):
    _perform(options.row, "restore")


def _perform(name, what):
    """Runs the steps of a row, which are arguments of this program (or `sleep SECONDS`)."""
    from . import commands
    row = next((row for row in broken.rows() if row["name"] == name), None)
    if row is None:
        raise state.WorldError(f"{name}: no such row in zones.json", 3)
    for step in broken.filled(row.get(what, []), broken.zone_name(row)):
        if step[0] == "sleep":
            time.sleep(float(step[1]))
        elif code := commands.main(step):
            raise state.WorldError(f"{name}: {' '.join(step)} ended with {code}")
