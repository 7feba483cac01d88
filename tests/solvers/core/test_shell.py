import os
import signal

from ortoo_solvers.core.shell import stop_on_signal


def test_stop_on_signal_says_stop_once_asked_and_gives_the_handler_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stop_on_signal() as stop:
        assert not stop(None)
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop(None)
    assert signal.getsignal(signal.SIGTERM) is before
