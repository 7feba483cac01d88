"""``python -m ortoo_hub CONFIGURATION.json`` runs the hub; ``-`` reads the configuration from standard input."""

import json
import sys
from pathlib import Path

from ortoo_hub.configuration import Configuration, Misconfigured
from ortoo_hub.dispatcher import serve


def main(arguments: list[str]) -> int:
    """0 after an orderly end, 2 when it cannot begin."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        text = sys.stdin.read() if arguments[0] == "-" else Path(arguments[0]).read_text(encoding="utf-8")
        configuration = Configuration.from_data(json.loads(text))
    except (OSError, json.JSONDecodeError, Misconfigured) as error:
        print(f"ortoo_hub: {error}", file=sys.stderr)
        return 2
    return serve(configuration)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
