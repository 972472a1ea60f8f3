"""What the end-to-end tests and some benchmarks share: a network namespace with a small DNS of real servers, web servers
that fail when told to, and `dnsconverge run`."""
