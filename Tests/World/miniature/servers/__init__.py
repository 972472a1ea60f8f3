"""One file for each make of server: writes the configuration of a node and gives the command that runs it.

Every module has `prepare(setup, node)`, which returns a command line to run in the node's own directory. Caches have
`flush(setup, node, name)`: a command, a signal, or text for a control socket. Secondaries have
`refresh(setup, node, zones)`: commands that make them look for changes. For these two `setup` is a running world.
"""

import importlib

def module(make):
    return importlib.import_module(f".{make}", __name__)
