"""The other side of bench/tracking/TrackingBench.cs: MLflow, if it can be imported, and a plain client for both servers.

usage: peer.py ADDRESS
ADDRESS is our server. Prints one JSON object: metrics a second (single, in batches of 1000) of our server asked by
http.client, of MLflow's stores through MlflowClient, of MLflow's server asked by the same http.client as ours, and
milliseconds of a search; or under "missing" why MLflow is left out. PYTHONPATH may say where it is.
"""
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROUNDS = 3
BATCH = 1000
FILTER = "metrics.acc > 0.9 and params.model = 'boosting'"


def call(connection, path, body):
    connection.request("POST", "/api/2.0/mlflow/" + path, json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    text = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status} {text[:200]!r}")
    return json.loads(text) if text else {}


def best(count, log, per_call, begin):
    rate = 0.0
    for _ in range(ROUNDS):
        run = begin()
        start = time.perf_counter()
        for i in range(count):
            log(run, i)
        rate = max(rate, count * per_call / (time.perf_counter() - start))
    return rate


def plain(address, singles, batches):
    """One keep-alive connection, one request after the other, no MLflow client in the way."""
    connection = http.client.HTTPConnection(urllib.parse.urlparse(address).netloc)
    begin = lambda: call(connection, "runs/create", {"experiment_id": "0"})["run"]["info"]["run_id"]
    point = lambda i: {"key": "loss", "value": 1.0 / (i + 1), "timestamp": 1_700_000_000_000 + i, "step": i}
    single = best(singles, lambda run, i: call(connection, "runs/log-metric", {"run_id": run, **point(i)}), 1, begin)
    batch = best(batches, lambda run, b: call(connection, "runs/log-batch", {"run_id": run, "metrics": [point(b * BATCH + i) for i in range(BATCH)]}), BATCH, begin)
    return {"single": single, "batch": batch}


def store(uri):
    """MLflow's own client on one of its stores."""
    from mlflow import MlflowClient
    from mlflow.entities import Metric

    client = MlflowClient(uri)
    begin = lambda: client.create_run("0").info.run_id
    client.log_metric(begin(), "warm", 1.0)
    single = best(300, lambda run, i: client.log_metric(run, "loss", 1.0 / (i + 1), step=i), 1, begin)
    points = [[Metric("loss", 1.0, 1_700_000_000_000 + i, b * BATCH + i) for i in range(BATCH)] for b in range(10)]
    return {"single": single, "batch": best(10, lambda run, b: client.log_batch(run, metrics=points[b]), BATCH, begin)}


def search(uri, runs=1000):
    """Milliseconds of one search over so many runs."""
    from mlflow import MlflowClient
    from mlflow.entities import Metric, Param

    client = MlflowClient(uri)
    experiment = client.create_experiment("search")
    for i in range(runs):
        client.log_batch(client.create_run(experiment).info.run_id, [Metric("acc", (i * 37 % runs) / runs, 1, 0)], [Param("model", ["boosting", "forest"][i % 2]), Param("lr", str(i % 10))])
    found = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.search_runs([experiment], FILTER, order_by=["metrics.acc DESC"])
        found = min(found, time.perf_counter() - start)
    return 1000 * found


def server(folder):
    """MLflow's server on a SQLite file of its own; what it answers, or why it is left out."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "mlflow", "server", "--backend-store-uri", f"sqlite:///{folder}/server.db", "--artifacts-destination", f"{folder}/artifacts", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    with open(os.path.join(folder, "server.log"), "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(address + "/health", timeout=5).read()
                return plain(address, 300, 10)
            except OSError:
                if process.poll() is not None:
                    return "its server does not start: " + open(os.path.join(folder, "server.log"), errors="replace").read()[-300:]
                time.sleep(0.1)
        return "its server does not answer within a minute"
    finally:
        try:
            os.killpg(process.pid, 15)  # the workers are in its group
        except ProcessLookupError:
            pass
        process.wait()


def main():
    result = {"ours": plain(sys.argv[1], 2000, 50)}
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"  # newer versions ask for it
    try:
        import logging

        import mlflow

        for name in ("mlflow", "alembic"):
            logging.getLogger(name).setLevel(logging.ERROR)
    except ImportError as error:
        result["missing"] = f"{error}; pip install mlflow, or PYTHONPATH=... ./mlops bench tracking"
        json.dump(result, sys.stdout)
        return

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sqlite, files = f"sqlite:///{folder}/peer.db", os.path.join(folder, "mlruns")
        result.update(version=mlflow.__version__, sqlite=store(sqlite), file=store(files), search={"SQLite": search(sqlite), "files": search(files)}, server=server(folder))
    json.dump(result, sys.stdout)


main()
