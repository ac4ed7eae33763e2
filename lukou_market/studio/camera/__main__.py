"""Run the camera process: python -m lukou_market.studio.camera --uds /run/lukou/camera.sock"""

import argparse
import os

import django
import uvicorn
from django.utils.module_loading import import_string


def main() -> None:
    """Serve until SIGTERM: then answer what was begun, end every ffmpeg, and end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uds", required=True, help="Unix socket to listen on")
    parser.add_argument("--most", type=int, default=8, help="pictures at the same time")
    parser.add_argument("--idle", type=float, default=15, help="seconds a take may be silent")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lukou_market.settings")
    django.setup()
    camera = import_string("lukou_market.studio.camera.app.Camera")  # needs the settings
    uvicorn.run(
        camera(most=options.most, idle_s=options.idle),
        uds=options.uds,
        loop="asyncio",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
