"""Kernels that are killed, left alone, or started wrongly: each check has a kernel of its own."""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import cells
from jupyter_client.connect import write_connection_file
from jupyter_client.manager import start_new_kernel
from kernel_case import HANG, KERNEL, KernelCase, Launched, another_client, begin, run, wait_until


def alive(pid):
    """False for a zombie too: nothing runs any more."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Deaths(unittest.TestCase):
    """One manager, whose kernel dies again and again."""

    def test_manager_sees_a_dead_kernel_and_starts_it_again(self):
        manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=HANG)
        for death, code in cells.DEADLY.items():
            with self.subTest(death):
                run(client, cells.SET)
                client.execute(code, allow_stdin=False)
                wait_until(lambda: not manager.is_alive(), "the end of the process")
                manager.restart_kernel(now=True)
                client.wait_for_ready(timeout=HANG)
                self.assertEqual(run(client, "40 + 2").value, "42")
                self.assertEqual(run(client, cells.GET).reply["status"], "error")  # a new session
        client.stop_channels()
        manager.shutdown_kernel()


class Floods(KernelCase):
    def test_ten_thousand_outputs_arrive_in_order(self):
        cell = self.ok(cells.MANY_OUTPUTS)
        shown = [c["data"]["text/plain"].strip("'") for c in cell.of("display_data")]
        kept = len(shown)
        self.assertEqual(shown, [f"output {i}" for i in range(kept)])
        if kept < 10_000:  # cut is fine, silence about it is not
            self.assertIn("more", cell.text("stdout") + cell.text("stderr"))
        self.still_works()

    def test_fifty_megabytes_of_print_come_to_an_end(self):
        cell = self.ok(cells.LONG_PRINT)
        text = cell.text("stdout") + cell.text("stderr")
        self.assertTrue(text.startswith("x" * 1023 + "\n" + "x" * 1023))
        if len(text) < 50 << 20:
            self.assertLess(max(len(c["text"]) for c in cell.of("stream")), 32 << 20)
            self.assertNotEqual(text.strip("x\n"), "", "cut without a word")
        self.still_works()

    def test_fifty_megabytes_of_display_come_to_an_end(self):
        cell = self.ok(cells.LONG_DISPLAY)
        self.assertGreaterEqual(len(cell.outputs), 1)
        self.still_works()

    def test_client_that_vanishes_mid_cell_leaves_a_kernel_for_the_next(self):
        self.ok(cells.SET)
        with tempfile.TemporaryDirectory() as folder:
            for code in (cells.SLEEP.format(1500), cells.MANY_OUTPUTS, cells.READ):
                here = os.path.dirname(os.path.abspath(__file__))
                script = (f"import os, sys; sys.path.insert(0, {here!r}); from kernel_case import *\n"
                          f"client = another_client({self.manager.connection_file!r}); begin(client, {code!r}, allow_stdin=True)\n"
                          "os._exit(0)")
                subprocess.run([sys.executable, "-c", script], check=True, timeout=HANG, cwd=folder)
                if code == cells.READ:
                    time.sleep(0.2)  # the question is out, and nobody will answer
                    self.manager.interrupt_kernel()
                client = another_client(self.manager.connection_file)
                self.assertEqual(run(client, cells.GET).value, "42")
                client.stop_channels()


class Ends(unittest.TestCase):
    def test_shutdown_request_is_answered_and_the_exit_code_is_0(self):
        for running in (False, True):
            with self.subTest(running=running), Launched() as kernel:
                client = kernel.client()
                if running:
                    begin(client, cells.SLEEP.format(600_000))
                client.shutdown()
                reply = client.get_control_msg(timeout=HANG)
                self.assertEqual((reply["msg_type"], reply["content"]), ("shutdown_reply", {"status": "ok", "restart": False}))
                self.assertEqual(kernel.end()[0], 0)
                client.stop_channels()

    def test_sigterm_ends_the_kernel_in_the_middle_of_a_cell(self):
        with Launched() as kernel:
            client = kernel.client()
            begin(client, cells.ENDLESS)
            kernel.process.send_signal(signal.SIGTERM)
            kernel.end()
            client.stop_channels()

    def test_sigterm_ends_what_a_cell_started(self):
        with Launched() as kernel:
            client = kernel.client()
            child = int(run(client, cells.START_CHILD).value)
            self.assertTrue(alive(child))
            kernel.process.send_signal(signal.SIGTERM)
            kernel.end()
            try:
                wait_until(lambda: not alive(child), "the end of the child process", timeout=10)
            finally:
                if alive(child):
                    os.kill(child, signal.SIGKILL)
            client.stop_channels()

    def test_kernel_ends_with_the_process_that_started_it(self):
        # A front end that is killed sends nothing; its kernel must not stay behind.
        here = os.path.dirname(os.path.abspath(__file__))
        script = (f"import os, sys; sys.path.insert(0, {here!r})\nfrom kernel_case import *\n"
                  "manager, client = start_new_kernel(kernel_name=KERNEL, startup_timeout=HANG)\n"
                  "import cells\nprint(run(client, cells.PID).value, flush=True)\nos._exit(1)")
        pid = int(subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=HANG, check=False).stdout)
        wait_until(lambda: not alive(pid), "the end of the orphan", timeout=20)

    def test_sigint_does_not_end_the_kernel(self):
        with Launched() as kernel:
            client = kernel.client()
            kernel.process.send_signal(signal.SIGINT)
            self.assertEqual(run(client, "40 + 2").value, "42")
            client.stop_channels()


class Starts(unittest.TestCase):
    @staticmethod
    def sound():
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            return write_connection_file(file.name)[1]

    def refused(self, connection_file, *mentioned):
        with Launched(connection_file) as kernel:
            code, said = kernel.end()
            self.assertEqual(code, 2, said)
            self.assertNotIn("   at ", said)  # no stack trace
            for word in mentioned:
                self.assertIn(word, said)

    def test_connection_file_that_is_not_there_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "kernel-7.json")
            self.refused(path, path)

    def test_broken_connection_file_is_named_with_what_is_wrong(self):
        sound = self.sound()
        broken = {
            "empty": ("", ""),
            "half": (json.dumps(sound)[:40], ""),
            "list": ("[]", ""),
            "no shell_port": (json.dumps({k: v for k, v in sound.items() if k != "shell_port"}), "shell_port"),
            "port is text": (json.dumps({**sound, "hb_port": "x"}), "hb_port"),
            "port out of range": (json.dumps({**sound, "iopub_port": 70000}), "iopub_port"),
            "unknown transport": (json.dumps({**sound, "transport": "carrier-pigeon"}), "carrier-pigeon"),
            "unknown scheme": (json.dumps({**sound, "signature_scheme": "rot13"}), "rot13"),
        }
        with tempfile.TemporaryDirectory() as folder:
            for name, (text, mentioned) in broken.items():
                with self.subTest(name):
                    path = os.path.join(folder, name + ".json")
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(text)
                    self.refused(path, mentioned or path)

    def test_port_in_use_is_named(self):
        with socket.socket() as taken, tempfile.TemporaryDirectory() as folder:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            path = os.path.join(folder, "kernel.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump({**self.sound(), "control_port": port}, file)
            self.refused(path, str(port))
