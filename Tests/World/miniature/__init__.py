"""The test world: a miniature Internet of real servers in network namespaces. README.md says how to use it."""
