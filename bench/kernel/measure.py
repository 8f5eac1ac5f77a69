"""Two kernels through jupyter_client, the way front ends use them, taking turns in one run. Prints one JSON object.

Usage: measure.py OURS THEIRS
The numbers are milliseconds: "<what>Median" and "<what>P95" hold one number for each kernel; "memory" is MiB.
"""
import json
import os
import queue
import sys
import time

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else every ipykernel prints a debugger notice

import nbformat  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402
from nbclient import NotebookClient  # noqa: E402

STARTS = 9
WARM_CELLS = 300
BLOCK = 50  # the kernels take turns in blocks, so that a noisy moment hits both
NOTEBOOKS = 5
MEMORY_CELLS = 1000
INTERRUPTS = 7
COMPLETIONS = 60

CSHARP = {"loop": "while (true) { }", "assign": "var v{0} = {0}; v{0} + 1", "complete": "Console.Wri"}
PYTHON = {"loop": "while True: pass", "assign": "v{0} = {0}; v{0} + 1", "complete": "import os; os.get"}


class Kernel:
    def __init__(self, name):
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code):
        """Runs a cell; returns when its reply is there and the kernel is idle again."""
        request = self.client.execute(code)
        self.finish(request)

    def finish(self, request):
        self.wait(self.client.get_iopub_msg, request, lambda m: m["content"].get("execution_state") == "idle")
        return self.wait(self.client.get_shell_msg, request, lambda m: True)

    def complete(self, code):
        reply = self.wait(self.client.get_shell_msg, self.client.complete(code), lambda m: True)
        assert reply["content"]["matches"], reply

    def interrupt(self, code):
        request = self.client.execute(code)
        self.wait(self.client.get_iopub_msg, request, lambda m: m["msg_type"] == "execute_input")
        time.sleep(0.3)  # so that it loops
        begin = time.perf_counter()
        self.manager.interrupt_kernel()
        reply = self.finish(request)
        assert reply["content"]["status"] == "error", reply
        return (time.perf_counter() - begin) * 1000

    @staticmethod
    def wait(get, request, wanted):
        while True:
            try:
                message = get(timeout=60)
            except queue.Empty:
                raise TimeoutError("the kernel did not answer within a minute") from None
            if message["parent_header"].get("msg_id") == request and wanted(message):
                return message

    def mebibytes(self):
        with open(f"/proc/{self.manager.provisioner.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def timed(action, *arguments):
    begin = time.perf_counter()
    action(*arguments)
    return (time.perf_counter() - begin) * 1000


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def start(name):
    begin = time.perf_counter()
    kernel = Kernel(name)
    kernel.run("1 + 1")
    elapsed = (time.perf_counter() - begin) * 1000
    kernel.stop()
    return elapsed


def notebook(name):
    cells = [nbformat.v4.new_code_cell("1 + 1") for _ in range(50)]
    NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=60, kernel_name=name).execute()


def main(*names):
    languages = (CSHARP, PYTHON)
    result = {}

    def keep(what, samples):
        result[what + "Median"] = [quantile(values, 0.5) for values in samples]
        result[what + "P95"] = [quantile(values, 0.95) for values in samples]

    def in_turns(times, measure):
        samples = [[] for _ in names]
        for _ in range(times):
            for i in range(len(names)):
                samples[i] += measure(i)
        return samples

    in_turns(1, lambda i: [start(names[i])])  # fills the disk cache
    keep("start", in_turns(STARTS, lambda i: [start(names[i])]))
    kernels = [Kernel(name) for name in names]
    in_turns(1, lambda i: [timed(kernels[i].run, "1 + 1") for _ in range(20)])
    keep("warm", in_turns(WARM_CELLS // BLOCK, lambda i: [timed(kernels[i].run, "1 + 1") for _ in range(BLOCK)]))
    in_turns(1, lambda i: [timed(kernels[i].complete, languages[i]["complete"]) for _ in range(5)])
    keep("completion", in_turns(COMPLETIONS // 10, lambda i: [timed(kernels[i].complete, languages[i]["complete"]) for _ in range(10)]))
    keep("interrupt", in_turns(INTERRUPTS, lambda i: [kernels[i].interrupt(languages[i]["loop"])]))
    for kernel, language in zip(kernels, languages):
        for n in range(MEMORY_CELLS):
            kernel.run(language["assign"].format(n))
    result["memory"] = [kernel.mebibytes() for kernel in kernels]
    for kernel in kernels:
        kernel.stop()
    keep("notebook", in_turns(NOTEBOOKS, lambda i: [timed(notebook, names[i])]))
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
