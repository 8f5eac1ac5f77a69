"""What the checks share: a kernel behind a real client of Jupyter, and what came of a cell."""
import json
import os
import queue
import socket
import subprocess
import tempfile
import time
import unittest
from dataclasses import dataclass, field

from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from jupyter_client.kernelspec import get_kernel_spec
from jupyter_client.manager import start_new_kernel

KERNEL = os.environ.get("KERNEL_NAME", "mlops-csharp")
HANG = 60  # seconds after which something hangs; far above what anything takes here


@dataclass
class Cell:
    """What came of one request: the reply's content and the messages on iopub that name the request as their parent."""

    id: str
    reply: dict = None
    messages: list = field(default_factory=list)

    @property
    def outputs(self):
        return [m for m in self.messages if m["msg_type"] not in ("status", "execute_input")]

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    def text(self, stream="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == stream)

    @property
    def value(self):
        (result,) = self.of("execute_result")
        return result["data"]["text/plain"]

    @property
    def states(self):
        return [c["execution_state"] for c in self.of("status")]


def until(deadline):
    return max(0.01, deadline - time.monotonic())


def reply_to(channel_get, request, deadline):
    """Waits for the reply to a request; replies to others are dropped."""
    while True:
        message = channel_get(timeout=until(deadline))
        if message["parent_header"].get("msg_id") == request:
            return message


def collect(client, request, timeout=HANG):
    """Waits for the idle of a request and for its reply on shell."""
    deadline = time.monotonic() + timeout
    cell = Cell(request)
    while True:
        try:
            message = client.get_iopub_msg(timeout=until(deadline))
        except queue.Empty:
            raise AssertionError(f"no idle within {timeout} s; iopub had {[m['msg_type'] for m in cell.messages]}") from None
        if message["parent_header"].get("msg_id") != request:
            continue
        cell.messages.append(message)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    cell.reply = reply_to(client.get_shell_msg, request, deadline)["content"]
    return cell


def begin(client, code, **options):
    """Starts a cell; returns its request's id once the kernel is at it."""
    options.setdefault("allow_stdin", False)
    request = client.execute(code, **options)
    deadline = time.monotonic() + HANG
    while True:
        message = client.get_iopub_msg(timeout=until(deadline))
        if message["parent_header"].get("msg_id") == request and message["msg_type"] == "execute_input":
            return request


def nothing_came(get, seconds=0.2):
    """True if no message comes on a channel for a while."""
    try:
        get(timeout=seconds)
    except queue.Empty:
        return True
    return False


def run(client, code, timeout=HANG, **options):
    """Runs a cell to its end."""
    options.setdefault("allow_stdin", False)
    return collect(client, client.execute(code, **options), timeout)


def another_client(connection_file):
    client = BlockingKernelClient(connection_file=connection_file)
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=HANG)
    return client


def accepts(ip, port):
    with socket.socket() as probe:
        return probe.connect_ex((ip, port)) == 0


def wait_until(condition, what, timeout=HANG):
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout} s: {what}")
        time.sleep(0.02)


class KernelCase(unittest.TestCase):
    """One kernel for all checks of the class."""

    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name=KERNEL, startup_timeout=HANG)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def run_cell(self, code, **options):
        return run(self.client, code, **options)

    def ok(self, code, **options):
        cell = self.run_cell(code, **options)
        self.assertEqual(cell.reply["status"], "ok", cell.reply)
        return cell

    def still_works(self, client=None):
        self.assertEqual(run(client or self.client, "40 + 2").value, "42")


class Launched:
    """A kernel started as a program, for checks that look at its exit code and at what it says."""

    def __init__(self, connection_file=None):
        if connection_file is None:
            self._folder = tempfile.TemporaryDirectory()
            connection_file = os.path.join(self._folder.name, "kernel.json")
            write_connection_file(connection_file)
        self.connection_file = connection_file
        spec = get_kernel_spec(KERNEL)
        argv = [part.replace("{connection_file}", connection_file) for part in spec.argv]
        self.said = tempfile.TemporaryFile(mode="w+")  # no pipe: a process that a cell started may keep it open
        self.process = subprocess.Popen(argv, env={**os.environ, **spec.env}, stdin=subprocess.DEVNULL, stdout=self.said, stderr=self.said, start_new_session=True)  # as jupyter_client does

    def client(self):
        # Without a manager, jupyter_client takes a silent heartbeat for a dead kernel: it must be there first.
        with open(self.connection_file, encoding="utf-8") as file:
            info = json.load(file)
        wait_until(lambda: self.process.poll() is not None or accepts(info["ip"], info["hb_port"]), "the kernel's ports")
        return another_client(self.connection_file)

    def end(self, timeout=HANG):
        """Waits for the process; returns its exit code and what it said."""
        code = self.process.wait(timeout)
        self.said.seek(0)
        return code, self.said.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.said.close()
