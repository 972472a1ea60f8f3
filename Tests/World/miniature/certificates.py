"""The world's own certificate authority, and a certificate for every node that speaks TLS."""

import concurrent.futures
import urllib.parse

from .setup import program, run

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


def names_of(node):
    settings = node.settings
    hosts = {urllib.parse.urlsplit(settings.get("doh") or "").hostname, settings.get("dot"), settings.get("host")}
    return sorted(filter(None, hosts))


def offers_encryption(node):
    return bool(node.settings.get("doh") or node.settings.get("dot"))


def make_all(setup):
    tls = setup.path / "tls"
    tls.mkdir()
    run([program("openssl"), "req", "-x509", *KEY, "-days", "30", "-subj", "/CN=Miniature Internet CA",
         "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
         "-keyout", tls / "ca.key", "-out", tls / "ca.pem"])
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda node: _issue(setup, node), filter(names_of, setup.nodes)))


def _issue(setup, node):
    tls = setup.path / "tls"
    certificate, key = setup.certificate(node)
    names = [f"DNS:{name}" for name in names_of(node)] + [f"IP:{address}" for address in node.addresses]
    run([program("openssl"), "req", "-x509", *KEY, "-days", "30", "-subj", f"/CN={names_of(node)[0]}",
         "-CA", tls / "ca.pem", "-CAkey", tls / "ca.key", "-addext", "basicConstraints=CA:FALSE",
         "-addext", "extendedKeyUsage=serverAuth", "-addext", "subjectAltName=" + ",".join(names),
         "-keyout", key, "-out", certificate])
