"""What is answered to a request that is not fulfilled."""

from http import HTTPStatus


class Refusal(Exception):
    """An HTTP status from 400 up; ``wait`` is the pause in seconds that is asked for."""

    def __init__(self, status: int, why: str = "", wait: float = 0) -> None:
        super().__init__(why or HTTPStatus(status).phrase)
        self.status = status
        self.why = why or HTTPStatus(status).phrase
        self.wait = wait
