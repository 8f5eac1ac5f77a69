"""ipykernel through jupyter_client, measured as EngineBench.cs measures the engine. Prints one JSON object.

Usage: peer.py STARTS WARM_CELLS MEMORY_CELLS
"""
import json
import os
import statistics
import sys
import time

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else every kernel prints a debugger notice

from jupyter_client.manager import KernelManager  # noqa: E402


def run(client, code):
    """Runs a cell; returns when its result is there and the kernel is idle again."""
    parent = client.execute(code)
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != parent:
            continue
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return


def start():
    manager = KernelManager(kernel_name="python3")
    begin = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    run(client, "1 + 1")
    return (time.perf_counter() - begin) * 1000, manager, client


def stop(manager, client):
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def resident(manager):
    pid = getattr(manager.provisioner, "pid", None)
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def main(starts, warm_cells, memory_cells):
    start_times = []
    for _ in range(starts):
        elapsed, manager, client = start()
        start_times.append(elapsed)
        stop(manager, client)

    _, manager, client = start()
    warm_times = []
    for _ in range(warm_cells):
        begin = time.perf_counter()
        run(client, "1 + 1")
        warm_times.append((time.perf_counter() - begin) * 1000)
    for i in range(memory_cells):
        run(client, f"v{i} = {i}; v{i} + 1")
    memory = resident(manager)
    stop(manager, client)
    print(json.dumps({
        "startMedian": statistics.median(start_times),
        "startP95": quantile(start_times, 0.95),
        "warmMedian": statistics.median(warm_times),
        "warmP95": quantile(warm_times, 0.95),
        "memory": memory,
    }))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
