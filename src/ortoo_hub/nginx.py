"""The configuration of an nginx with nchan that stands in front of the hub: it holds the viewers, the hub keeps what they say."""

import getpass
import hmac
import os
import shutil
from pathlib import Path

from ortoo_hub.capacity import RESERVED
from ortoo_hub.configuration import Configuration
from ortoo_hub.connection import USUAL_PORT

MODULES = (
    Path("/usr/lib/nginx/modules/ngx_nchan_module.so"),
    Path("/usr/lib64/nginx/modules/ngx_nchan_module.so"),
    Path("/usr/share/nginx/modules/ngx_nchan_module.so"),
)
_NAME = "[A-Za-z0-9_-]+"


class NginxMissing(OSError):
    """There is no nginx here, or it has no nchan."""


def program() -> tuple[str, Path]:
    """nginx and its module; raises ``NginxMissing``, whose sentence says how to get them."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    module = next((path for path in MODULES if path.exists()), None)
    if nginx is None or module is None:
        raise NginxMissing("the engine nchan needs nginx with nchan (Debian: apt-get install libnginx-mod-nchan)")
    return nginx, module


def publishing_path(configuration: Configuration) -> str:
    """Where nginx takes what is to be told. It listens on this machine only, and the path is nobody's guess."""
    return "/tell/" + hmac.digest(configuration.secret.encode(), b"nchan", "sha256").hex()[:32]


def _origins(configuration: Configuration) -> str:
    """Whose pages may read the stream, as the hub itself judges it: the same host's, at the port of the pages."""
    port = configuration.pages_port
    if port is None:
        return "http://$http_host https://$http_host"
    return " ".join(f"{scheme}://$host" + (f":{port}" if port != usual else "") for scheme, usual in USUAL_PORT.items())


def configuration_text(configuration: Configuration, module: Path, files: int, processes: int) -> str:
    """The whole file. ``files`` is the limit of open files of each of ``processes`` workers."""
    folder = Path(configuration.folder).resolve() / "nginx"
    about = configuration
    host = f"[{about.host}]" if ":" in about.host else about.host
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    return f"""# Made by the hub at every start; what is changed here does not last.
{user}
daemon off;
worker_processes {processes};
worker_rlimit_nofile {files};
pid "{folder}/nginx.pid";
error_log "{folder}/error.log" error;
load_module "{module}";

events {{
    worker_connections {files - RESERVED // 2};
}}

http {{
    access_log off;
    server_tokens off;
    default_type text/plain;
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    client_max_body_size {about.body_bytes};
    client_header_timeout {about.request_seconds:.0f}s;
    client_body_timeout {about.request_seconds:.0f}s;
    keepalive_timeout {about.idle_seconds:.0f}s;
    large_client_header_buffers 4 {about.head_bytes};
    nchan_shared_memory_size 256M;

    upstream hub {{
        server 127.0.0.1:{about.inner_port};
        keepalive 64;
    }}

    server {{
        listen {host}:{about.port} backlog=4096 reuseport;

        location ~ "^/live/(?<channel>{_NAME})$" {{
            nchan_subscriber eventsource;
            nchan_channel_id $channel;
            nchan_authorize_request /enter/$channel;
            nchan_subscriber_first_message oldest;
            nchan_subscriber_last_message_id $http_last_event_id $arg_last;
            nchan_access_control_allow_origin "{_origins(about)}";
            nchan_access_control_allow_credentials off;
            nchan_eventsource_ping_interval {about.heartbeat_seconds:.0f};
            add_header X-Content-Type-Options nosniff;
        }}

        location ~ "^/enter/(?<entering>{_NAME})$" {{
            internal;
            proxy_pass http://hub/live/$entering/enter?token=$arg_token;
            proxy_method GET;
            proxy_http_version 1.1;
            proxy_pass_request_body off;
            proxy_set_header Connection "";
            proxy_set_header Content-Length "";
            proxy_set_header X-Forwarded-For $remote_addr;
        }}

        location ~ "^/(health|live/{_NAME}/(say|state))$" {{
            proxy_pass http://hub;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            # Only the address that nginx itself has seen: what a client writes here must not count.
            proxy_set_header X-Forwarded-For $remote_addr;
        }}

        location / {{
            return 404;
        }}
    }}

    server {{
        listen 127.0.0.1:{about.nchan_port};

        location ~ "^{publishing_path(about)}/(?<told>{_NAME})$" {{
            nchan_publisher;
            nchan_channel_id $told;
            nchan_message_buffer_length 4000;
            nchan_message_timeout {about.ring_seconds:.0f}s;
        }}

        location / {{
            return 404;
        }}
    }}
}}
"""
