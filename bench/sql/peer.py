"""The same drift report the usual way, for bench/sql/SqlBench.cs: pull the rows with pandas, compare them with SciPy.

usage: peer.py PORT
Tables before and now in the database postgres on loopback. Prints one JSON object: seconds in all and of reading, and
D and W₁ of each column; or what is missing.
"""
import json
import sys
import time


def main():
    try:
        import numpy as np
        import pandas
        import psycopg2
        from scipy import stats
    except ImportError as error:
        json.dump({"missing": f"{error}; apt-get install -y python3-psycopg2 python3-pandas python3-scipy"}, sys.stdout)
        return

    connection = psycopg2.connect(host="127.0.0.1", port=int(sys.argv[1]), user="course", dbname="postgres")
    start = time.perf_counter()
    before = pandas.read_sql("SELECT * FROM before", connection)
    now = pandas.read_sql("SELECT * FROM now", connection)
    reading = time.perf_counter() - start
    values = {}
    for name in before.columns:
        a, b = before[name].to_numpy(), now[name].to_numpy()
        edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
        edges = np.concatenate([[-np.inf], edges, [np.inf]])
        p, q = (np.maximum(np.histogram(x, edges)[0] / len(x), 1e-4) for x in (a, b))
        psi = float(np.sum((q - p) * np.log(q / p)))
        values[name] = [float(stats.ks_2samp(a, b).statistic), float(stats.wasserstein_distance(a, b)), psi]
    json.dump({"seconds": time.perf_counter() - start, "reading": reading, "values": values}, sys.stdout)


main()
