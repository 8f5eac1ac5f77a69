"""The engine under nbgrader, nbclient, on notebooks with seven small exercises and their asserts. Prints submissions a second.

nbgrader itself is in no Debian package. It starts a kernel for every submission and runs its cells through nbclient, as this does;
it then also copies files and writes a database, which this leaves out. Nothing is isolated here.

Usage: peer.py SUBMISSIONS PROCESSES
"""
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else every kernel prints a debugger notice

SOLUTION = "import math\ndef psi(p, q):\n    return sum((b - a) * math.log(b / a) for a, b in zip(p, q))"
TEST = "assert abs(psi([0.15, 0.30, 0.25, 0.20, 0.10], [0.22, 0.28, 0.20, 0.18, 0.12]) - 0.0451) < 0.00005"


def grade(_):
    import nbformat
    from nbclient import NotebookClient

    cells = [nbformat.v4.new_code_cell(source) for _ in range(7) for source in (SOLUTION, TEST)]
    NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=60, kernel_name="python3").execute()


def main(submissions, processes):
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(grade, range(processes)))  # imports and disk cache
        start = time.perf_counter()
        list(pool.map(grade, range(submissions)))
        print(json.dumps({"perSecond": submissions / (time.perf_counter() - start)}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
