"""OpenTelemetry, by the switch that FastAPI has for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.conftest import free_port, wait_until_up

SLOWPROP = Path(sys.executable).with_name("slowprop")
SECONDS = 20


class Collector(BaseHTTPRequestHandler):
    """Takes what is exported over OTLP/HTTP."""

    spans: list[str] = []  # noqa: RUF012 — one collector at a time

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/traces":
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    self.spans.extend(span.name for span in scope.spans)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def collector() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_requests_become_spans(collector: str, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        "SLOWPROP_DATABASE_URL": f"sqlite:///{tmp_path / 'slowprop.db'}",
        "FASTAPI_OTEL_AUTO_CONFIGURE": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    command = [SLOWPROP, "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        wait_until_up(url, process)
        made = httpx.post(f"{url}/api/v1/networks", json={"preset": "worked-example"}).json()
        assert httpx.get(f"{url}/api/v1/networks/{made['id']}/trace").is_success
        wanted = {"POST /api/v1/networks", "GET /api/v1/networks/{id}/trace"}
        deadline = time.monotonic() + SECONDS
        while not wanted <= {*Collector.spans} and time.monotonic() < deadline:
            time.sleep(0.05)
        assert wanted <= {*Collector.spans}
    finally:
        process.terminate()
        process.wait(timeout=10)
