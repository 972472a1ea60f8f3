"""One file for each make of server: writes the configuration of a node and gives the command that runs it.

Every module has `prepare(setup, node)`, which returns a command line to run in the node's own directory, and may have
`flush(setup, node, name)`, `refresh(setup, node, zones)` and `secondary_delay`.
"""

import importlib

MAKES = ("bind", "nsd", "knot", "pdns", "unbound", "kresd", "recursor", "dnsmasq", "odd")


def module(make):
    return importlib.import_module(f".{make}", __name__)
