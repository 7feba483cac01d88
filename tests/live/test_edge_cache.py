"""The cache in front of picture and sound, with the nginx and the file that are deployed: many ask, the house is asked once."""

import getpass
import os
import re
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.servers.live import ROOT, wait_until
from tests.servers.plugin import needs
from tests.servers.postgres import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nchan")]
PLACE = "/watch/abc123/0123456789abcdef01234567/picture/"
MANY = 60


class House(BaseHTTPRequestHandler):
    """Answers as the pages do (`views.screens.picture`), slowly, and counts."""

    asked: Counter[str] = Counter()

    def do_GET(self) -> None:
        House.asked[self.path] += 1
        time.sleep(0.2)
        there = not self.path.endswith("gone.m4s")
        self.send_response(200 if there else 404)
        self.send_header("Cache-Control", "no-cache" if self.path.endswith(".m3u8") else "max-age=3600")
        self.send_header("Vary", "Accept-Language, Cookie")
        body = f"{self.path} {House.asked[self.path]}".encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_about: object) -> None:
        """In silence."""


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx with the deployed file; names, ports and TLS are this machine's."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    needs("nginx", nginx)
    assert nginx is not None
    folder = tmp_path_factory.mktemp("edge")
    house, port = ThreadingHTTPServer(("127.0.0.1", 0), House), free_port()
    threading.Thread(target=house.serve_forever, daemon=True).start()
    process = subprocess.Popen([nginx, "-c", str(_written(folder, house.server_port, port)), "-e", str(folder / "error.log")])
    address = f"http://127.0.0.1:{port}"
    wait_until(lambda: _status(f"{address}/") == 404, 20)
    yield address
    process.terminate()
    process.wait(20)
    house.shutdown()
    house.server_close()


def _written(folder: Path, house: int, port: int) -> Path:
    text = (ROOT / "deploy" / "nginx" / "ortoo-edge.conf").read_text()
    text = re.sub(r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};", text)
    text = re.sub(r"(?m)^ *ssl_certificate.*$", "", text)
    text = text.replace("https://ortoo.example", f"http://127.0.0.1:{house}").replace("/var/cache/nginx/ortoo", f"{folder}/cache")
    temporary = "".join(f'{name}_temp_path "{folder}/{name}";' for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    main = f'{user} daemon off; pid "{folder}/pid"; events {{ }} http {{ access_log off; {temporary} {text} }}'
    file = folder / "nginx.conf"
    file.write_text(main)
    return file


def _get(address: str) -> tuple[int, dict[str, str], bytes]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=20) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {}, error.read()


def _status(address: str) -> int:
    try:
        return _get(address)[0]
    except OSError:
        return 0


def test_piece_that_many_ask_for_is_fetched_once(edge: str) -> None:
    piece = f"{PLACE}run-7/video/000001.m4s"
    with ThreadPoolExecutor(MANY) as many:
        answers = list(many.map(_get, [edge + piece] * MANY))
    assert {(status, body) for status, _fields, body in answers} == {(200, f"{piece} 1".encode())}
    assert House.asked[piece] == 1
    assert _get(edge + piece)[1]["x-cache"] == "HIT"
    assert answers[0][1]["access-control-allow-origin"] == "*"


def test_list_is_the_same_for_a_moment_and_then_the_next(edge: str) -> None:
    for name in ("video.m3u8", "audio.m3u8"):
        with ThreadPoolExecutor(MANY) as many:
            answers = list(many.map(_get, [edge + PLACE + name] * MANY))
        assert {status for status, _fields, _body in answers} == {200}
        asked = House.asked[PLACE + name]
        assert 1 <= asked < MANY / 4
        wait_until(lambda name=name, asked=asked: _get(edge + PLACE + name)[2] != f"{PLACE}{name} {asked}".encode(), 20)


def test_nothing_else_goes_through_it(edge: str) -> None:
    for path in ("/", "/sign-in/", PLACE, f"{PLACE}recording-20230619.ts", f"{PLACE}run-7/../../../x/plain/"):
        before = sum(House.asked.values())
        assert _get(edge + path)[0] in (400, 404), path
        assert sum(House.asked.values()) == before, path
    assert _get(f"{edge}{PLACE}run-7/video/gone.m4s")[0] == 404
