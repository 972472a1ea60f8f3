"""Holds the API's document against the running daemon: api.py SCHEMATHESIS REQUESTS SECONDS."""

import asyncio
import pathlib
import os
import subprocess
import sys

from daemon import running

# What a server may answer is in the document; what it must refuse, schemathesis makes up. Not asked: that every odd request
# is refused, for some of what it takes for wrong is only unusual.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance," \
    "response_schema_conformance,unsupported_method"


async def main(schemathesis, examples, seconds):
    async with running() as daemon:
        environment = dict(os.environ, HYPOTHESIS_STORAGE_DIRECTORY=str(daemon.directory / "hypothesis"))
        process = await asyncio.create_subprocess_exec(
            schemathesis, "run", f"http://127.0.0.1:{daemon.port}/api/v1/openapi.json",
            "--header", f"Authorization: Bearer {daemon.token}", "--checks", CHECKS,
            "--max-examples", str(examples), "--phases", "examples,coverage,fuzzing", "--mode", "all",
            "--exclude-path", "/api/v1/events", "--request-timeout", "15", "--continue-on-failure",
            "--generation-database", "none", "--seed", os.environ.get("DNSCONVERGE_SEED", "1"),
            "--max-time", str(seconds - 20),
            "--no-color", cwd=daemon.directory, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            output, _ = await asyncio.wait_for(process.communicate(), seconds)
        except asyncio.TimeoutError:
            process.kill()
            raise AssertionError(f"schemathesis did not end within {seconds} s")
        text = output.decode(errors="replace")
        log = (daemon.directory / "log").read_text(errors="replace")
        assert daemon.token not in text, "the token is in an answer"
        status, _ = await daemon.request("GET", "/api/v1/status")
        assert status == 200, "the daemon no longer answers"
        print("\n".join(line for line in text.splitlines()[-40:]) if process.returncode == 0 else text)
        if process.returncode != 0:
            pathlib.Path("/tmp/dnsconverge-web.log").write_text(log)
            sys.exit(1)


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
