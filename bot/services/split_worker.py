"""Working out a split beside the event loop: in a thread, or a process when there are many."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from multiprocessing import get_context
from multiprocessing.connection import Connection

from bot.domain.split import LARGE, Problem, Split, split

_KEPT = 16
# A split counts its steps, not seconds; a machine that needs longer is not coming back.
_PATIENCE = 300.0

_Asked = tuple[str, int, float]


class SplitWorker:
    """Splits one problem at a time, and remembers the last answers by their fingerprint."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._known: OrderedDict[_Asked, Split] = OrderedDict()

    async def split(
        self, problem: Problem, slack: int, completion: float, fingerprint: str
    ) -> Split:
        """The split of the problem that has this fingerprint. The event loop goes on meanwhile."""
        asked = (fingerprint, slack, completion)
        async with self._turn:
            if asked not in self._known:
                work = _in_process if len(problem.members) > LARGE else split
                self._known[asked] = await asyncio.to_thread(work, problem, slack, completion)
                if len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(asked)
            return self._known[asked]


def _in_process(problem: Problem, slack: int, completion: float) -> Split:
    """In a process of its own, which does not share this one's interpreter lock.

    It is killed when its time is over: TimeoutError.
    """
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(
        target=_work, args=(there, problem, slack, completion), name="split", daemon=True
    )
    worker.start()
    there.close()  # or the end of a worker that died would never be seen here
    try:
        if not here.poll(_PATIENCE):
            raise TimeoutError
        answer = here.recv()
    finally:
        worker.kill()
        worker.join()
        here.close()
    assert isinstance(answer, Split)
    return answer


def _work(there: Connection, problem: Problem, slack: int, completion: float) -> None:
    there.send(split(problem, slack, completion))
