"""dbt as a process of its own, watched from outside: which node runs, and how it ends.

A process, not a call: its memory is then its own, and it can be killed without warning.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from benchmarks.workspace import Workspace

POLL_SECONDS = 0.1
"""How often a process is looked at."""
LAST_WORDS = 20
"""Lines of dbt's that are kept, to be shown when it fails."""


class DbtFailedError(RuntimeError):
    """A build that should have succeeded did not."""


class DbtProcess:
    """A running dbt command.

    Attributes
    ----------
    run_id
        dbt's invocation id; empty until dbt has said its first word.
    running
        Names of the nodes being built now, with the monotonic second at which each began.
    nodes_begun
        Names of all nodes that have begun, with that second.
    seconds_of
        Name of each node that is done to the seconds it took.
    """

    def __init__(
        self, command: list[str], workspace: Workspace, on_node: Callable[[int, int, str], None]
    ) -> None:
        self.run_id = ""
        self.running: dict[str, float] = {}
        self.nodes_begun: dict[str, float] = {}
        self.seconds_of: dict[str, float] = {}
        self._said: list[str] = []
        self._on_node = on_node
        self._process = subprocess.Popen(
            command,
            cwd=workspace.project_folder,
            env=workspace.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a process group of its own: a kill takes all of it
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Number of the process, and of its group."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether dbt is still at work."""
        return self._process.poll() is None

    @property
    def last_words(self) -> str:
        """What dbt said last."""
        return "\n".join(self._said)

    def kill(self) -> None:
        """Kill dbt and everything it started with SIGKILL, which nobody can catch."""
        if self.is_alive:
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        """Wait for the end, and return the exit code (negative: the signal that killed it)."""
        code = self._process.wait()
        self._listener.join()
        return code

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            try:
                event = json.loads(line)
            except json.JSONDecodeError:
                self._remember(line.rstrip())
            else:
                self._hear(event["info"], event["data"])

    def _hear(self, info: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        self.run_id = info["invocation_id"]
        if info["msg"].strip():
            self._remember(info["msg"])
        if info["name"] == "LogStartLine":
            name = data["node_info"]["node_name"]
            self.running[name] = self.nodes_begun[name] = time.monotonic()
            self._on_node(data["index"], data["total"], name)
        elif info["name"].endswith("Result") and "execution_time" in data:
            name = data["node_info"]["node_name"]
            self.running.pop(name, None)
            self.seconds_of[name] = data["execution_time"]

    def _remember(self, words: str) -> None:
        self._said = [*self._said, words][-LAST_WORDS:]


@contextmanager
def started(
    workspace: Workspace,
    *arguments: str,
    variables: Mapping[str, Any] | None = None,
    on_node: Callable[[int, int, str], None] = lambda *_: None,
) -> Iterator[DbtProcess]:
    """Start dbt; it does not outlive the block, however that is left."""
    command = workspace.command(*arguments, variables=variables)
    process = DbtProcess(command, workspace, on_node)
    try:
        yield process
    finally:
        process.kill()


def require_success(process: DbtProcess) -> None:
    """Wait for the end of ``process``.

    Raises
    ------
    DbtFailedError
        dbt ended otherwise than well; the message holds its last words.
    """
    code = process.wait()
    if code:
        raise DbtFailedError(
            f"dbt ended with exit code {code}. Its last words:\n{process.last_words}"
        )
