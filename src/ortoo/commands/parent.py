"""A child that does not outlive its parent, not even one that was killed."""

import os
import signal
import threading
import time


def end_with_parent(every: float = 1.0) -> None:
    """Watch the parent from a thread; when it is gone, end this process as a stop would."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="watch-parent").start()
