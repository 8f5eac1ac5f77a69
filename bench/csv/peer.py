"""Reads the file named on the command line with pandas each time a line comes in, and answers with the seconds, the rows and a sum."""
import sys
import time

import pandas

print("pandas", pandas.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    frame = pandas.read_csv(sys.argv[1])
    seconds = time.perf_counter() - start
    print(seconds, len(frame), frame["d0"].sum(), flush=True)
    del frame
