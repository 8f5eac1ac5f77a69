"""An independent client of MLflow's REST interface, in plain Python: python3 mlflow_client.py http://127.0.0.1:5000

Written from the description of the interface, not from the server. One line a check: "ok NAME" or "FAIL NAME: reason"; exit status 1 if one failed.
Names carry a random suffix, so a server may be asked again and again."""
import base64, inspect, json, math, sys, threading, time, urllib.error, urllib.parse, urllib.request, uuid

BASE = sys.argv[1].rstrip("/")
U = uuid.uuid4().hex[:8]
CHECKS = []


def check(f):
    CHECKS.append(f)
    return f


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


def send(method, path, body=None, headers=None):
    """`path` from the root; `body` is bytes, or anything that becomes JSON."""
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(BASE + path, data=body, headers=headers, method=method)
    if body is not None and "Content-Type" not in headers:
        request.add_unredirected_header("Content-Type", "application/octet-stream")
    try:
        with urllib.request.urlopen(request, timeout=60) as r:
            return Answer(r.status, r.headers, r.read())
    except urllib.error.HTTPError as e:
        return Answer(e.code, e.headers, e.read())


def api(method, path, fields=None, base="/api/2.0/mlflow/"):
    if method == "GET":
        return send("GET", base + path + ("?" + urllib.parse.urlencode(fields, doseq=True) if fields else ""))
    return send(method, base + path, fields if fields is not None else {})


def ok(method, path, fields=None, **more):
    a = api(method, path, fields, **more)
    assert a.status == 200, f"{method} {path}: {a.status} {a.body[:300]!r}"
    assert a.headers["Content-Type"].startswith("application/json"), a.headers["Content-Type"]
    return a.json


def refused(status, code, method, path, fields=None, text=None, **more):
    a = api(method, path, fields, **more)
    assert a.status == status, f"{method} {path} {fields!r}: {a.status} {a.body[:300]!r}, expected {status}"
    e = a.json
    assert e["error_code"] == code, f"{e} expected {code}"
    assert isinstance(e["message"], str) and e["message"], e
    assert text is None or text in e["message"], e["message"]


def eq(a, b):
    assert a == b, f"got {a!r}, expected {b!r}"


def experiment(name=None):
    return ok("POST", "experiments/create", {"name": name or f"e-{uuid.uuid4().hex}"})["experiment_id"]


def run(exp="0", **fields):
    return ok("POST", "runs/create", {"experiment_id": exp, **fields})["run"]["info"]["run_id"]


def get(run_id):
    return ok("GET", "runs/get", {"run_id": run_id})["run"]


def pairs(items):
    return {i["key"]: i["value"] for i in items or []}


def names(found):
    return [r["info"]["run_name"] for r in found.get("runs", [])]


# --- the server itself
@check
def health():
    a = send("GET", "/health")
    eq((a.status, a.body), (200, b"OK"))


@check
def version():
    a = send("GET", "/version")
    eq(a.status, 200)
    major, minor = a.body.decode().split(".")[:2]
    assert int(major) >= 2 and int(minor) >= 0


@check
def unknown_path_is_404():
    eq(send("GET", "/api/2.0/mlflow/nothing/here").status, 404)
    eq(send("GET", "/nothing").status, 404)
    eq(send("POST", "/api/2.0/mlflow/experiments", {}).status, 404)


@check
def ajax_api_is_the_same():
    eq(ok("GET", "experiments/get", {"experiment_id": "0"}, base="/ajax-api/2.0/mlflow/"), ok("GET", "experiments/get", {"experiment_id": "0"}))


@check
def content_type_must_be_json():
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        a = send("POST", "/api/2.0/mlflow/experiments/create", json.dumps({"name": "x"}).encode(), {"Content-Type": kind})
        eq((a.status, a.json["error_code"]), (400, "INVALID_PARAMETER_VALUE"))
    a = send("POST", "/api/2.0/mlflow/experiments/search", b'{"max_results": 1}', {"Content-Type": "application/json; charset=utf-8"})
    eq(a.status, 200)


@check
def broken_json_is_400():
    for body in (b"{", b"[]", b'"x"', b"nonsense", b'{"name": }', b"\xff\xfe", b'{"name": "a\\ud800"}', b'{"a":' * 2000):
        a = send("POST", "/api/2.0/mlflow/experiments/create", body, {"Content-Type": "application/json"})
        eq((a.status, a.json["error_code"]), (400, "INVALID_PARAMETER_VALUE"))
        a = send("POST", "/api/2.0/mlflow/runs/log-batch", body, {"Content-Type": "application/json"})
        eq((a.status, a.json["error_code"]), (400, "INVALID_PARAMETER_VALUE"))
        a = send("POST", "/api/2.0/mlflow/runs/log-metric", body, {"Content-Type": "application/json"})
        eq((a.status, a.json["error_code"]), (400, "INVALID_PARAMETER_VALUE"))


@check
def wrong_types_are_400():
    r = run()
    for path, fields in (
        ("experiments/create", {"name": 5}), ("experiments/create", {"name": ["a"]}), ("experiments/create", {"name": "a" + U, "tags": "x"}),
        ("experiments/create", {"name": "a" + U, "tags": [5]}), ("experiments/create", {"name": "a" + U, "tags": {"a": "b"}}),
        ("runs/create", {"experiment_id": 0}), ("runs/create", {"experiment_id": "0", "start_time": "yesterday"}), ("runs/create", {"experiment_id": "0", "start_time": 1.5}),
        ("runs/log-metric", {"run_id": r, "key": 1, "value": 1, "timestamp": 1}), ("runs/log-metric", {"run_id": r, "key": "a", "value": "x", "timestamp": 1}),
        ("runs/log-metric", {"run_id": r, "key": "a", "value": [1], "timestamp": 1}), ("runs/log-metric", {"run_id": r, "key": "a", "value": True, "timestamp": 1}),
        ("runs/log-metric", {"run_id": r, "key": "a", "value": 1, "timestamp": "now"}), ("runs/log-metric", {"run_id": r, "key": "a", "value": 1, "timestamp": 1, "step": 1.5}),
        ("runs/log-batch", {"run_id": r, "metrics": {}}), ("runs/log-batch", {"run_id": r, "metrics": [1]}), ("runs/log-batch", {"run_id": 1}),
        ("runs/log-batch", {"run_id": r, "params": [{"key": "a", "value": 1}]}), ("runs/log-batch", {"run_id": r, "tags": "a"}),
        ("runs/search", {"experiment_ids": "0"}), ("runs/search", {"experiment_ids": ["0"], "max_results": "many"}), ("runs/search", {"experiment_ids": ["0"], "order_by": [1]}),
        ("runs/search", {"experiment_ids": ["0"], "filter": {}}),
    ):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", path, fields)


@check
def missing_fields_are_named():
    r = run()
    for path, fields, name in (
        ("experiments/create", {}, "name"), ("experiments/create", {"name": ""}, "name"), ("experiments/create", {"name": None}, "name"),
        ("experiments/delete", {}, "experiment_id"), ("experiments/update", {"experiment_id": "0"}, "new_name"), ("experiments/set-experiment-tag", {"experiment_id": "0"}, "key"),
        ("runs/update", {}, "run_id"), ("runs/delete", {}, "run_id"), ("runs/log-metric", {"key": "a", "value": 1, "timestamp": 1}, "run_id"),
        ("runs/log-metric", {"run_id": r, "value": 1, "timestamp": 1}, "key"), ("runs/log-metric", {"run_id": r, "key": "a", "timestamp": 1}, "value"),
        ("runs/log-metric", {"run_id": r, "key": "a", "value": 1}, "timestamp"), ("runs/log-parameter", {"run_id": r, "value": "1"}, "key"),
        ("runs/set-tag", {"run_id": r, "value": "1"}, "key"), ("runs/delete-tag", {"run_id": r}, "key"), ("runs/log-batch", {}, "run_id"), ("runs/log-model", {"run_id": r}, "model_json"),
        ("registered-models/create", {}, "name"), ("model-versions/create", {"name": "x"}, "source"), ("registered-models/alias", {"name": "x", "version": "1"}, "alias"),
        ("model-versions/transition-stage", {"name": "x", "version": "1"}, "stage"),
    ):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", path, fields, text=f"Missing value for required parameter '{name}'.")
    for path, name in (("runs/get", "run_id"), ("experiments/get", "experiment_id"), ("experiments/get-by-name", "experiment_name"), ("metrics/get-history", "run_id"),
                       ("artifacts/list", "run_id"), ("registered-models/get", "name"), ("model-versions/get", "name")):
        refused(400, "INVALID_PARAMETER_VALUE", "GET", path, {}, text=f"Missing value for required parameter '{name}'.")


# --- experiments
@check
def default_experiment():
    e = ok("GET", "experiments/get", {"experiment_id": "0"})["experiment"]
    eq((e["name"], e["lifecycle_stage"], e["experiment_id"]), ("Default", "active", "0"))
    assert isinstance(e["creation_time"], int) and "tags" not in e


@check
def experiment_life():
    name = f"life-{U}"
    i = ok("POST", "experiments/create", {"name": name, "tags": [{"key": "a", "value": "b"}]})["experiment_id"]
    assert isinstance(i, str)
    e = ok("GET", "experiments/get-by-name", {"experiment_name": name})["experiment"]
    eq((e["experiment_id"], pairs(e["tags"])), (i, {"a": "b"}))
    refused(400, "RESOURCE_ALREADY_EXISTS", "POST", "experiments/create", {"name": name})
    eq(ok("POST", "experiments/update", {"experiment_id": i, "new_name": name + "2"}), {})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "experiments/get-by-name", {"experiment_name": name})
    eq(ok("POST", "experiments/set-experiment-tag", {"experiment_id": i, "key": "c", "value": "ü☃"}), {})
    eq(pairs(ok("GET", "experiments/get", {"experiment_id": i})["experiment"]["tags"]), {"a": "b", "c": "ü☃"})
    eq(ok("POST", "experiments/delete-experiment-tag", {"experiment_id": i, "key": "a"}), {})
    eq(pairs(ok("GET", "experiments/get", {"experiment_id": i})["experiment"]["tags"]), {"c": "ü☃"})
    r = run(i)
    eq(ok("POST", "experiments/delete", {"experiment_id": i}), {})
    eq(ok("GET", "experiments/get", {"experiment_id": i})["experiment"]["lifecycle_stage"], "deleted")
    eq(get(r)["info"]["lifecycle_stage"], "deleted")
    refused(400, "RESOURCE_ALREADY_EXISTS", "POST", "experiments/create", {"name": name + "2"})
    eq(ok("POST", "experiments/restore", {"experiment_id": i}), {})
    eq(get(r)["info"]["lifecycle_stage"], "active")
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "experiments/get", {"experiment_id": "999999999"})


@check
def experiment_locations():
    i = experiment()
    e = ok("GET", "experiments/get", {"experiment_id": i})["experiment"]
    eq(e["artifact_location"], f"mlflow-artifacts:/{i}")
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "experiments/create", {"name": f"bad-{U}", "artifact_location": "mlflow-artifacts:/../../etc"})


@check
def experiment_search():
    ids = [experiment(f"s{n}-{U}") for n in range(5)]
    for n, i in enumerate(ids):
        ok("POST", "experiments/set-experiment-tag", {"experiment_id": i, "key": "grp", "value": U})
    f = f"tags.grp = '{U}'"
    found = lambda **q: [e["name"][:2] for e in ok("POST", "experiments/search", {"filter": f, "max_results": 100, **q}).get("experiments", [])]
    eq(found(order_by=["name ASC"]), ["s0", "s1", "s2", "s3", "s4"])
    eq(found(order_by=["name DESC"]), ["s4", "s3", "s2", "s1", "s0"])
    eq([e["name"][:2] for e in ok("GET", "experiments/search", {"filter": f, "max_results": 2, "order_by": ["name DESC"]})["experiments"]], ["s4", "s3"])
    p = ok("POST", "experiments/search", {"filter": f, "max_results": 2, "order_by": ["name ASC"]})
    q = ok("POST", "experiments/search", {"filter": f, "max_results": 2, "order_by": ["name ASC"], "page_token": p["next_page_token"]})
    eq([e["name"][:2] for e in q["experiments"]], ["s2", "s3"])
    ok("POST", "experiments/delete", {"experiment_id": ids[0]})
    eq(len(found()), 4)
    eq(found(view_type="DELETED_ONLY"), ["s0"])
    eq(len(found(view_type="ALL")), 5)
    eq(len(found(view_type="NO_SUCH_VIEW")), 4)
    assert ok("POST", "experiments/search")["experiments"], "no fields at all"
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "experiments/search", {"filter": "nonsense !!"})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "experiments/search", {"max_results": 50001})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "experiments/search", {"page_token": "garbage"})
    eq(ok("POST", "experiments/search", {"filter": f"name = 'nobody-{U}'"}), {})


# --- runs
@check
def run_shape():
    t = 1700000000123
    a = ok("POST", "runs/create", {"experiment_id": "0", "user_id": "me", "run_name": "n1", "start_time": t, "tags": [{"key": "k", "value": "v"}], "unknown": [1]})["run"]
    i = a["info"]
    eq((i["run_id"], i["run_uuid"], i["status"], i["start_time"], i["run_name"], i["user_id"], i["lifecycle_stage"], i["experiment_id"]),
       (i["run_uuid"], i["run_id"], "RUNNING", t, "n1", "me", "active", "0"))
    assert len(i["run_id"]) == 32 and i["run_id"].lower() == i["run_id"] and "end_time" not in i
    eq(i["artifact_uri"], f"mlflow-artifacts:/0/{i['run_id']}/artifacts")
    eq(pairs(a["data"]["tags"]), {"k": "v", "mlflow.runName": "n1"})
    assert "metrics" not in a["data"] and "params" not in a["data"]
    eq(get(i["run_id"]), a)
    eq(ok("GET", "runs/get", {"run_uuid": i["run_id"]})["run"], a)


@check
def run_names():
    a = ok("POST", "runs/create", {"experiment_id": "0"})["run"]
    assert a["info"]["run_name"] and pairs(a["data"]["tags"])["mlflow.runName"] == a["info"]["run_name"]
    assert abs(a["info"]["start_time"] - time.time() * 1000) < 60000
    a = ok("POST", "runs/create", {"experiment_id": "0", "tags": [{"key": "mlflow.runName", "value": "by tag"}]})["run"]
    eq(a["info"]["run_name"], "by tag")
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/create", {"experiment_id": "0", "run_name": "a", "tags": [{"key": "mlflow.runName", "value": "b"}]})
    r = a["info"]["run_id"]
    eq(ok("POST", "runs/update", {"run_id": r, "run_name": "new"})["run_info"]["run_name"], "new")
    eq(pairs(get(r)["data"]["tags"])["mlflow.runName"], "new")
    ok("POST", "runs/set-tag", {"run_id": r, "key": "mlflow.runName", "value": "tagged"})
    eq(get(r)["info"]["run_name"], "tagged")


@check
def run_status():
    r = run()
    i = ok("POST", "runs/update", {"run_id": r, "status": "FINISHED", "end_time": 1700000000999})["run_info"]
    eq((i["status"], i["end_time"], i["run_id"]), ("FINISHED", 1700000000999, r))
    for s in ("FAILED", "KILLED", "SCHEDULED", "RUNNING"):
        eq(ok("POST", "runs/update", {"run_id": r, "status": s})["run_info"]["status"], s)
    eq(ok("POST", "runs/update", {"run_id": r, "status": "NO_SUCH"})["run_info"]["status"], "RUNNING")
    eq(ok("POST", "runs/update", {"run_id": r, "end_time": "1700000001000"})["run_info"]["end_time"], 1700000001000)


@check
def run_delete_restore():
    r = run()
    ok("POST", "runs/delete", {"run_id": r})
    eq(get(r)["info"]["lifecycle_stage"], "deleted")
    for path, fields in (("log-metric", {"key": "a", "value": 1, "timestamp": 1}), ("log-parameter", {"key": "a", "value": "1"}), ("set-tag", {"key": "a", "value": "1"}),
                         ("log-batch", {"metrics": [{"key": "a", "value": 1, "timestamp": 1, "step": 0}]})):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/" + path, {"run_id": r, **fields})
    ok("POST", "runs/restore", {"run_id": r})
    eq(get(r)["info"]["lifecycle_stage"], "active")
    ok("POST", "runs/update", {"run_id": r, "status": "FINISHED", "end_time": 1})
    ok("POST", "runs/log-metric", {"run_id": r, "key": "late", "value": 1, "timestamp": 1})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "runs/get", {"run_id": "0" * 32})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "POST", "runs/log-metric", {"run_id": "0" * 32, "key": "a", "value": 1, "timestamp": 1})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "POST", "runs/create", {"experiment_id": "99999999"})


@check
def params():
    r = run()
    for k, v in (("lr", "0.1"), ("empty", ""), ("a/b.c-d e_f", "häß ☃ \U0001f600"), ("long", "x" * 6001), ("lines", "line\n" * 1000)):
        eq(ok("POST", "runs/log-parameter", {"run_id": r, "key": k, "value": v}), {})
    eq(ok("POST", "runs/log-parameter", {"run_id": r, "key": "lr", "value": "0.1"}), {})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-parameter", {"run_id": r, "key": "lr", "value": "0.2"})
    p = pairs(get(r)["data"]["params"])
    eq((p["lr"], p["empty"], p["a/b.c-d e_f"], len(p["long"])), ("0.1", "", "häß ☃ \U0001f600", 6000))
    for bad in ("../x", "/x", "a//b", "x" * 251, "a\nb", "a;b", ".", "a/../b"):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-parameter", {"run_id": r, "key": bad, "value": "1"})


@check
def tags():
    r = run()
    ok("POST", "runs/set-tag", {"run_id": r, "key": "a", "value": "1"})
    ok("POST", "runs/set-tag", {"run_id": r, "key": "a", "value": "2"})
    ok("POST", "runs/set-tag", {"run_id": r, "key": "long", "value": "y" * 8001})
    t = pairs(get(r)["data"]["tags"])
    eq((t["a"], len(t["long"])), ("2", 8000))
    eq(ok("POST", "runs/delete-tag", {"run_id": r, "key": "a"}), {})
    assert "a" not in pairs(get(r)["data"]["tags"])
    refused(404, "RESOURCE_DOES_NOT_EXIST", "POST", "runs/delete-tag", {"run_id": r, "key": "a"})


@check
def metrics():
    r = run()
    for v, t, s in ((0.5, 1000, 0), (0.25, 1001, 1), (0.125, 999, 2)):
        eq(ok("POST", "runs/log-metric", {"run_id": r, "key": "loss", "value": v, "timestamp": t, "step": s}), {})
    eq(get(r)["data"]["metrics"], [{"key": "loss", "value": 0.125, "timestamp": 999, "step": 2}])
    h = ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "loss"})
    eq([(m["value"], m["timestamp"], m["step"]) for m in h["metrics"]], [(0.5, 1000, 0), (0.25, 1001, 1), (0.125, 999, 2)])
    assert "next_page_token" not in h
    ok("POST", "runs/log-metric", {"run_uuid": r, "key": "by-uuid", "value": "1.5", "timestamp": "1000", "step": "-3"})
    eq(ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "by-uuid"})["metrics"], [{"key": "by-uuid", "value": 1.5, "timestamp": 1000, "step": -3}])
    ok("POST", "runs/log-metric", {"run_id": r, "key": "no-step", "value": 1, "timestamp": 1})
    eq(ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "no-step"})["metrics"][0]["step"], 0)
    eq(ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "no-such"}), {})


@check
def metric_summary():
    r = run()

    def log(v, t, s):
        ok("POST", "runs/log-metric", {"run_id": r, "key": "m", "value": v, "timestamp": t, "step": s})
        return get(r)["data"]["metrics"][0]["value"]
    eq(log(1.0, 1000, 10), 1.0)
    eq(log(2.0, 9999, 5), 1.0)
    eq(log(3.0, 999, 10), 1.0)
    eq(log(0.5, 1000, 10), 1.0)
    eq(log("NaN", 1000, 10), 1.0)
    eq(log(7.0, 1000, 10), 7.0)


@check
def metric_values():
    r = run()
    for k, v in (("nan", "NaN"), ("inf", "Infinity"), ("ninf", "-Infinity")):
        ok("POST", "runs/log-metric", {"run_id": r, "key": k, "value": v, "timestamp": 1, "step": 0})
    values = pairs(get(r)["data"]["metrics"])
    eq(values["nan"], "NaN")
    assert values["inf"] in ("Infinity", 1.7976931348623157e308) and values["ninf"] in ("-Infinity", -1.7976931348623157e308), values
    for n, v in enumerate((1e-300, 0.1 + 0.2, 12345678901234567.0, 5e-324, 1.7976931348623157e308, -1.0)):
        ok("POST", "runs/log-metric", {"run_id": r, "key": f"p{n}", "value": v, "timestamp": 1, "step": 0})
        eq(pairs(get(r)["data"]["metrics"])[f"p{n}"], v)
    ok("POST", "runs/log-metric", {"run_id": r, "key": "zero", "value": -0.0, "timestamp": 1, "step": 0})
    eq(math.copysign(1, pairs(get(r)["data"]["metrics"])["zero"]), -1.0)
    for bad in (b"NaN", b"1e400", b"Infinity"):
        a = send("POST", "/api/2.0/mlflow/runs/log-metric", b'{"run_id":"' + r.encode() + b'","key":"x","timestamp":1,"value":' + bad + b"}", {"Content-Type": "application/json"})
        eq(a.status, 400)


@check
def metric_history_pages():
    r = run()
    for b in range(3):
        ok("POST", "runs/log-batch", {"run_id": r, "metrics": [{"key": "m", "value": float(b * 1000 + i), "timestamp": b * 1000 + i, "step": b * 1000 + i} for i in range(1000)]})
    every = ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "m"})
    eq([m["step"] for m in every["metrics"]], list(range(3000)))
    eq(len(ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "m", "max_results": 0})["metrics"]), 3000)
    got, token = [], None
    while True:
        page = ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "m", "max_results": 1300, **({"page_token": token} if token else {})})
        got += [m["step"] for m in page["metrics"]]
        token = page.get("next_page_token")
        if not token:
            break
    eq(got, list(range(3000)))
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "metrics/get-history", {"run_id": r, "metric_key": "m", "page_token": "%%%"})


@check
def metric_history_bulk():
    a, b = run(), run()
    for r in (a, b):
        ok("POST", "runs/log-batch", {"run_id": r, "metrics": [{"key": "m", "value": float(i), "timestamp": i, "step": i} for i in range(200)]})
    q = {"run_ids": [a, b], "metric_key": "m"}
    eq(len(ok("GET", "metrics/get-history-bulk-interval", q)["metrics"]), 400)
    few = ok("GET", "metrics/get-history-bulk-interval", {**q, "max_results": 10})["metrics"]
    assert {m["run_id"] for m in few} == {a, b} and {0, 199} <= {m["step"] for m in few} and len(few) <= 2 * 12, len(few)
    part = ok("GET", "metrics/get-history-bulk-interval", {**q, "start_step": 50, "end_step": 60})["metrics"]
    eq(sorted({m["step"] for m in part}), list(range(50, 61)))
    for bad in ({"start_step": 1}, {"start_step": 5, "end_step": 1}, {"max_results": 0}, {"max_results": 2501}):
        refused(400, "INVALID_PARAMETER_VALUE", "GET", "metrics/get-history-bulk-interval", {**q, **bad})
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "metrics/get-history-bulk-interval", {"run_ids": [a] * 101, "metric_key": "m"})
    eq(len(ok("GET", "metrics/get-history-bulk", {"run_id": [a, b], "metric_key": "m", "max_results": 250})["metrics"]), 250)


@check
def batch():
    r = run()
    t = int(time.time() * 1000)
    eq(ok("POST", "runs/log-batch", {
        "run_id": r, "metrics": [{"key": "x", "value": i / 7, "timestamp": t, "step": i} for i in range(100)] + [{"key": "y", "value": "NaN", "timestamp": str(t)}],
        "params": [{"key": f"p{i}", "value": str(i)} for i in range(100)], "tags": [{"key": f"t{i}", "value": "v"} for i in range(100)]}), {})
    d = get(r)["data"]
    eq((len(d["params"]), pairs(d["metrics"])["x"], pairs(d["metrics"])["y"], pairs(d["tags"])["t99"]), (100, 99 / 7, "NaN", "v"))
    eq(ok("POST", "runs/log-batch", {"run_id": r}), {})
    eq(ok("POST", "runs/log-batch", {"run_id": r, "params": [{"key": "p1", "value": "1"}]}), {})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-batch", {"run_id": r, "params": [{"key": "p1", "value": "other"}, {"key": "new", "value": "1"}]})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-batch", {"run_id": r, "params": [{"key": "new", "value": "1"}, {"key": "new", "value": "1"}]})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-batch", {"run_id": r, "metrics": [{"key": "new", "value": 1, "timestamp": 1, "step": 1}, {"key": "../x", "value": 1, "timestamp": 1, "step": 1}]})
    d = get(r)["data"]
    assert "new" not in pairs(d["params"]) and "new" not in pairs(d["metrics"]), "a refused batch left something"


@check
def batch_limits():
    r = run()
    m = lambda n: [{"key": "m", "value": 1.0, "timestamp": i, "step": i} for i in range(n)]
    p = lambda n: [{"key": f"k{i}", "value": "v"} for i in range(n)]
    ok("POST", "runs/log-batch", {"run_id": r, "metrics": m(1000)})
    ok("POST", "runs/log-batch", {"run_id": r, "metrics": m(800), "params": p(100), "tags": p(100)})
    for fields in ({"metrics": m(1001)}, {"params": p(101)}, {"tags": p(101)}, {"metrics": m(801), "params": p(100), "tags": p(100)}):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-batch", {"run_id": r, **fields})
    for fields, name in (({"metrics": [{"value": 1, "timestamp": 1}]}, "metrics[0].key"), ({"metrics": m(2) + [{"key": "a", "timestamp": 1}]}, "metrics[2].value"),
                         ({"metrics": [{"key": "a", "value": 1}]}, "metrics[0].timestamp"), ({"params": [{"value": "a"}]}, "params[0].key"), ({"tags": [{"value": "a"}]}, "tags[0].key")):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-batch", {"run_id": r, **fields}, text=f"Missing value for required parameter '{name}'")


@check
def batch_of_eight_megabytes():
    r = run()
    ok("POST", "runs/log-batch", {"run_id": r, "params": [{"key": f"p{i}", "value": "ü" * 6000} for i in range(100)], "tags": [{"key": f"t{i}", "value": "☃" * 8000} for i in range(100)]})
    d = get(r)["data"]
    eq((pairs(d["params"])["p99"], pairs(d["tags"])["t0"]), ("ü" * 6000, "☃" * 8000))


@check
def batch_repeated_is_one():
    r = run()
    b = {"run_id": r, "metrics": [{"key": "m", "value": float(i), "timestamp": i, "step": i} for i in range(10)]}
    for _ in range(3):
        ok("POST", "runs/log-batch", b)
    eq(len(ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "m"})["metrics"]), 10)


# --- search
def searchable():
    if not hasattr(searchable, "e"):
        searchable.e, searchable.r = experiment(), []
        for i in range(10):
            r = run(searchable.e, run_name=f"r{i}", start_time=1700000000000 + i * 1000, user_id="u", tags=[{"key": "even", "value": str(i % 2 == 0)}])
            ok("POST", "runs/log-batch", {"run_id": r, "metrics": [{"key": "acc", "value": i / 10, "timestamp": 1, "step": 0}, {"key": "my metric", "value": i, "timestamp": 1, "step": 0}],
                                          "params": [{"key": "lr", "value": str(i)}, {"key": "model", "value": "cnn" if i < 5 else "RNN"}]})
            searchable.r.append(r)
        ok("POST", "runs/update", {"run_id": searchable.r[9], "status": "FAILED", "end_time": 1700000100000})
    return searchable.e


def found(filter=None, **q):
    return names(ok("POST", "runs/search", {"experiment_ids": [searchable()], **({"filter": filter} if filter else {}), **q}))


@check
def search_filters():
    o = {"order_by": ["start_time ASC"]}
    r = lambda *n: [f"r{i}" for i in n]
    eq(found(), r(9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
    for f, expected in (
        ("metrics.acc > 0.65", r(7, 8, 9)), ("metrics.acc >= 0.7 and metrics.acc < 0.9", r(7, 8)), ("metrics.`my metric` = 3", r(3)), ('metrics."my metric" <= 1', r(0, 1)),
        ("metric.acc != 0.5", r(0, 1, 2, 3, 4, 6, 7, 8, 9)), ("metrics.none > 0", []), ("params.lr = '3'", r(3)), ('parameters.lr = "4"', r(4)),
        ("params.model LIKE 'R%'", r(5, 6, 7, 8, 9)), ("params.model LIKE 'r%'", []), ("params.model ILIKE 'rn_'", r(5, 6, 7, 8, 9)), ("param.model != 'RNN'", r(0, 1, 2, 3, 4)),
        ("params.none != 'x'", []), ("tags.even = 'True' AND params.model = 'cnn'", r(0, 2, 4)), ("tag.`even` != 'True'", r(1, 3, 5, 7, 9)), ("tags.mlflow.runName = 'r3'", r(3)),
        ("attributes.status = 'FAILED'", r(9)), ("status != 'FAILED' and attributes.start_time >= 1700000005000", r(5, 6, 7, 8)), ("run_name = 'r2'", r(2)),
        ("attribute.run_name LIKE 'r_'", r(*range(10))), ("attr.end_time > 0", r(9)), ("artifact_uri LIKE '%artifacts'", r(*range(10))),
        ("params.model = 'x; DROP TABLE runs; --'", []),
    ):
        eq((f, found(f, **o)), (f, expected))
    ids = searchable.r
    eq(found(f"run_id = '{ids[4]}'"), r(4))
    eq(found(f"attributes.run_id IN ('{ids[4]}', '{ids[6]}')", **o), r(4, 6))
    eq(found("attributes.run_id NOT IN (" + ", ".join(f"'{i}'" for i in ids[1:]) + ")"), r(0))


@check
def search_refuses():
    searchable()
    for f in ("metrics.acc > 'x'", "params.lr > 3", "foo.bar = 1", "metrics.acc ~ 1", "attributes.nope = 'x'", "metrics.acc >", "params.lr = 'open", "metrics.acc > 1 and", "metrics.acc > 0.5 OR metrics.acc < 0.1"):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/search", {"experiment_ids": [searchable.e], "filter": f})
    for q in ({"max_results": 50001}, {"max_results": 0}, {"max_results": -1}, {"page_token": "garbage"}, {"page_token": base64.b64encode(b"[]").decode()}, {"order_by": ["metrics.acc SIDEWAYS"]}):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/search", {"experiment_ids": [searchable.e], **q})


@check
def search_order_and_pages():
    r = lambda *n: [f"r{i}" for i in n]
    eq(found(order_by=["metrics.acc DESC"], max_results=3), r(9, 8, 7))
    eq(found(order_by=["params.model ASC", "metrics.acc DESC"]), r(9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
    eq(found(order_by=["params.model DESC", "attributes.start_time ASC"]), r(*range(10)))
    eq(found(order_by=["tags.even", "metrics.`my metric` DESC"]), r(9, 7, 5, 3, 1, 8, 6, 4, 2, 0))
    got, token, pages = [], None, 0
    while True:
        page = ok("POST", "runs/search", {"experiment_ids": [searchable()], "order_by": ["metrics.acc ASC"], "max_results": 4, **({"page_token": token} if token else {})})
        got, token, pages = got + names(page), page.get("next_page_token"), pages + 1
        if not token:
            break
    eq((got, pages), (r(*range(10)), 3))
    eq(names(ok("GET", "runs/search", {"experiment_ids": [searchable(), "0"], "order_by": ["metrics.acc ASC"], "max_results": 1, "filter": "tags.even = 'True'"})), r(0))
    eq(ok("POST", "runs/search", {"experiment_ids": []}), {})


@check
def search_missing_last_and_nan_before():
    e = experiment()
    for i, v in enumerate((1.0, "NaN", "-Infinity", "Infinity", None)):
        r = run(e, run_name=f"r{i}", start_time=1700000000000 + i)
        if v is not None:
            ok("POST", "runs/log-metric", {"run_id": r, "key": "m", "value": v, "timestamp": 1, "step": 0})
    by = lambda o: names(ok("POST", "runs/search", {"experiment_ids": [e], "order_by": [o]}))
    eq(by("metrics.m ASC"), ["r2", "r0", "r3", "r1", "r4"])
    eq(by("metrics.m DESC"), ["r3", "r0", "r2", "r1", "r4"])


@check
def search_views():
    e = experiment()
    a, b = run(e, run_name="a"), run(e, run_name="b")
    ok("POST", "runs/delete", {"run_id": b})
    view = lambda v: sorted(names(ok("POST", "runs/search", {"experiment_ids": [e], "run_view_type": v})))
    eq((view("ACTIVE_ONLY"), view("DELETED_ONLY"), view("ALL"), view("NONSENSE")), (["a"], ["b"], ["a", "b"], ["a"]))


@check
def inputs():
    r = run()
    d = {"name": f"ds{U}", "digest": "d1", "source_type": "local", "source": '{"uri": "/x"}', "schema": '{"s": 1}', "profile": '{"rows": 5}'}
    t = [{"key": "mlflow.data.context", "value": "training"}]
    for _ in range(2):
        eq(ok("POST", "runs/log-inputs", {"run_id": r, "datasets": [{"dataset": d, "tags": t}]}), {})
    eq(get(r)["inputs"]["dataset_inputs"], [{"tags": t, "dataset": d}])
    eq(len(ok("POST", "runs/search", {"experiment_ids": ["0"], "filter": f"dataset.name = 'ds{U}' and datasets.digest = 'd1' and dataset.context = 'training'"})["runs"]), 1)
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-inputs", {"run_id": r, "datasets": [{"tags": t}]})


@check
def log_model():
    r = run()
    model = {"artifact_path": "m", "flavors": {"python_function": {}}, "utc_time_created": "2026-01-01", "run_id": r}
    for path in ("m", "m2"):
        eq(ok("POST", "runs/log-model", {"run_id": r, "model_json": json.dumps({**model, "artifact_path": path})}), {})
    eq([m["artifact_path"] for m in json.loads(pairs(get(r)["data"]["tags"])["mlflow.log-model.history"])], ["m", "m2"])
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-model", {"run_id": r, "model_json": "{"})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "runs/log-model", {"run_id": r, "model_json": "{}"}, text="artifact_path")


# --- artifacts
def artifact(method, path, body=None, prefix="/api/2.0/mlflow-artifacts/artifacts/"):
    return send(method, prefix + urllib.parse.quote(path), body)


@check
def artifacts():
    r = run()
    root = f"0/{r}/artifacts/"
    for path, content in (("a b+ü.txt", b"hello"), ("sub/dir/x.bin", bytes(range(256)) * 1000), ("sub/empty", b""), ("100%.txt", b"p"), ("page.html", b"<script>alert(1)</script>")):
        a = artifact("PUT", root + path, content)
        eq((a.status, a.body), (200, b"{}"))
        eq(artifact("GET", root + path).body, content)
    a = ok("GET", "artifacts/list", {"run_id": r})
    eq(a["root_uri"], f"mlflow-artifacts:/0/{r}/artifacts")
    eq(sorted((f["path"], f["is_dir"], f.get("file_size")) for f in a["files"]),
       [("100%.txt", False, 1), ("a b+ü.txt", False, 5), ("page.html", False, 25), ("sub", True, None)])
    eq([f["path"] for f in ok("GET", "artifacts/list", {"run_id": r, "path": "sub"})["files"]], ["sub/dir", "sub/empty"])
    eq(ok("GET", "artifacts/list", {"run_uuid": r, "path": "sub/dir"})["files"], [{"path": "sub/dir/x.bin", "is_dir": False, "file_size": 256000}])
    names = send("GET", "/api/2.0/mlflow-artifacts/artifacts?" + urllib.parse.urlencode({"path": root + "sub"})).json["files"]
    eq([f["path"] for f in names], ["dir", "empty"])
    artifact("PUT", root + "sub/empty", b"more")
    eq(artifact("GET", root + "sub/empty").body, b"more")
    h = artifact("GET", root + "page.html").headers
    assert h["Content-Disposition"].startswith("attachment") and h["X-Content-Type-Options"] == "nosniff", h
    eq(send("GET", "/get-artifact?" + urllib.parse.urlencode({"run_id": r, "path": "a b+ü.txt"})).body, b"hello")
    h = send("GET", "/get-artifact?" + urllib.parse.urlencode({"run_uuid": r, "path": "page.html"})).headers
    assert h["Content-Disposition"].startswith("attachment") and h["X-Content-Type-Options"] == "nosniff", h
    eq(artifact("DELETE", root + "sub/dir/x.bin").status, 200)
    a = artifact("GET", root + "sub/dir/x.bin")
    eq((a.status, a.json["error_code"]), (404, "RESOURCE_DOES_NOT_EXIST"))
    eq(artifact("DELETE", root + "sub").status, 200)
    eq(ok("GET", "artifacts/list", {"run_id": r, "path": "sub"}), {"root_uri": f"mlflow-artifacts:/0/{r}/artifacts"})
    eq(ok("GET", "artifacts/list", {"run_id": run()}).get("files"), None)


@check
def artifact_paths_that_lead_out():
    r = run()
    root = f"0/{r}/artifacts/"
    base = "/api/2.0/mlflow-artifacts/artifacts/"
    for path in ("../x", "a/../../x", "%2e%2e/x", "..%2Fx", "%252e%252e/x", "%252e%252e%252fx", "a/%2e%2e/%2e%2e/x", "..%5Cx", "a%5C..%5Cx", "%2Fetc%2Fpasswd", "x%00y", "./x", "a//b", "x%0Ay"):
        for method in ("PUT", "GET", "DELETE"):
            a = send(method, base + root + path, b"x" if method == "PUT" else None)
            assert a.status == 400, f"{method} {path}: {a.status} {a.body[:200]!r}"
    for path in ("/etc/passwd", "%2fetc/passwd", "C:/x", "file:/etc/passwd"):
        a = send("PUT", base + path, b"x")
        eq((path, a.status), (path, 400))
    for path in ("..", "../..", "/etc", "a/../..", "%2e%2e", "..\\x", "%252e%252e/x"):
        refused(400, "INVALID_PARAMETER_VALUE", "GET", "artifacts/list", {"run_id": r, "path": path})
        eq(send("GET", "/get-artifact?" + urllib.parse.urlencode({"run_id": r, "path": path})).status, 400)
        eq(send("GET", "/api/2.0/mlflow-artifacts/artifacts?" + urllib.parse.urlencode({"path": path})).status, 400)


@check
def multipart_upload_is_declined():
    a = send("POST", "/api/2.0/mlflow-artifacts/mpu/create/0/x", {"path": "x", "num_parts": 2})
    eq(a.status, 501)
    assert a.json["message"].startswith("Multipart upload is not supported"), a.json


@check
def artifact_of_many_megabytes():
    r = run()
    content = bytes(range(256)) * 4096 * 24  # 24 MiB, above the limit of JSON requests
    eq(artifact("PUT", f"0/{r}/artifacts/big.bin", content).status, 200)
    assert artifact("GET", f"0/{r}/artifacts/big.bin").body == content


# --- registry
def model(**fields):
    name = f"m-{uuid.uuid4().hex}"
    ok("POST", "registered-models/create", {"name": name, **fields})
    return name


def version_of(name, **fields):
    r = run()
    return ok("POST", "model-versions/create", {"name": name, "source": f"mlflow-artifacts:/0/{r}/artifacts/model", "run_id": r, **fields})["model_version"]


@check
def model_life():
    name = f"life-{U}"
    m = ok("POST", "registered-models/create", {"name": name, "description": "d", "tags": [{"key": "a", "value": "1"}]})["registered_model"]
    eq((m["name"], m["description"], pairs(m["tags"])), (name, "d", {"a": "1"}))
    assert isinstance(m["creation_timestamp"], int) and isinstance(m["last_updated_timestamp"], int) and "latest_versions" not in m and "aliases" not in m
    refused(400, "RESOURCE_ALREADY_EXISTS", "POST", "registered-models/create", {"name": name})
    eq(ok("PATCH", "registered-models/update", {"name": name, "description": "e"})["registered_model"]["description"], "e")
    eq(ok("POST", "registered-models/set-tag", {"name": name, "key": "b", "value": "2"}), {})
    eq(ok("DELETE", "registered-models/delete-tag", {"name": name, "key": "a"}), {})
    eq(pairs(ok("GET", "registered-models/get", {"name": name})["registered_model"]["tags"]), {"b": "2"})
    v = version_of(name)
    ok("POST", "registered-models/alias", {"name": name, "alias": "champion", "version": "1"})
    eq(ok("POST", "registered-models/rename", {"name": name, "new_name": name + "2"})["registered_model"]["name"], name + "2")
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "registered-models/get", {"name": name})
    eq(ok("GET", "registered-models/alias", {"name": name + "2", "alias": "champion"})["model_version"]["source"], v["source"])
    eq(ok("DELETE", "registered-models/delete", {"name": name + "2"}), {})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "registered-models/get", {"name": name + "2"})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "DELETE", "registered-models/delete", {"name": name + "2"})


@check
def version_life():
    name = model()
    v = version_of(name, description="one", tags=[{"key": "x", "value": "y"}], run_link="http://example.org/run")
    eq((v["name"], v["version"], v["current_stage"], v["status"], v["description"], pairs(v["tags"]), v["run_link"]), (name, "1", "None", "READY", "one", {"x": "y"}, "http://example.org/run"))
    assert "aliases" not in v and isinstance(v["creation_timestamp"], int)
    eq(version_of(name)["version"], "2")
    eq(ok("GET", "model-versions/get", {"name": name, "version": "1"})["model_version"], v)
    eq(ok("PATCH", "model-versions/update", {"name": name, "version": "1", "description": "changed"})["model_version"]["description"], "changed")
    ok("POST", "model-versions/set-tag", {"name": name, "version": "1", "key": "a", "value": "b"})
    ok("DELETE", "model-versions/delete-tag", {"name": name, "version": "1", "key": "x"})
    eq(pairs(ok("GET", "model-versions/get", {"name": name, "version": "1"})["model_version"]["tags"]), {"a": "b"})
    eq(ok("GET", "model-versions/get-download-uri", {"name": name, "version": "1"})["artifact_uri"], v["source"])
    eq([m["version"] for m in ok("GET", "registered-models/get", {"name": name})["registered_model"]["latest_versions"]], ["2"])
    ok("POST", "registered-models/alias", {"name": name, "alias": "gone", "version": "2"})
    eq(ok("DELETE", "model-versions/delete", {"name": name, "version": "2"}), {})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "model-versions/get", {"name": name, "version": "2"})
    assert "aliases" not in ok("GET", "registered-models/get", {"name": name})["registered_model"]
    eq(version_of(name)["version"], "3")
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "model-versions/get", {"name": name, "version": "one"})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "POST", "model-versions/create", {"name": f"nobody-{U}", "source": "mlflow-artifacts:/0/x"})


@check
def version_files():
    name, r = model(), run()
    artifact("PUT", f"0/{r}/artifacts/model/MLmodel", b"flavors: {}")
    ok("POST", "model-versions/create", {"name": name, "source": f"mlflow-artifacts:/0/{r}/artifacts/model", "run_id": r})
    read = lambda n, v: send("GET", "/model-versions/get-artifact?" + urllib.parse.urlencode({"name": n, "version": v, "path": "MLmodel"}))
    eq(read(name, "1").body, b"flavors: {}")
    copy = model()
    ok("POST", "model-versions/create", {"name": copy, "source": f"models:/{name}/1"})
    eq(ok("GET", "model-versions/get-download-uri", {"name": copy, "version": "1"})["artifact_uri"], f"mlflow-artifacts:/0/{r}/artifacts/model")
    eq(read(copy, "1").body, b"flavors: {}")
    eq(send("GET", "/model-versions/get-artifact?" + urllib.parse.urlencode({"name": name, "version": "1", "path": "../secret"})).status, 400)


@check
def version_sources_that_lead_out():
    name, r = model(), run()
    for source in ("/etc/passwd", "file:///etc", "mlflow-artifacts:/a/../../b", "mlflow-artifacts:/0/%2e%2e/%2e%2e/x", "mlflow-artifacts:/0/..%2f..%2fx", "mlflow-artifacts:/%252e%252e/x",
                   "s3://bucket/../x", "http://host/api/2.0/mlflow-artifacts/artifacts/../../x", "relative/path", "..", "file:relative"):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "model-versions/create", {"name": name, "source": source, "run_id": r})
    ok("POST", "model-versions/create", {"name": name, "source": "s3://bucket/model"})


@check
def stages():
    name = model()
    for _ in range(3):
        version_of(name)
    move = lambda v, s, **f: ok("POST", "model-versions/transition-stage", {"name": name, "version": v, "stage": s, **f})["model_version"]["current_stage"]
    eq((move("1", "Production"), move("2", "staging")), ("Production", "Staging"))
    eq(move("3", "Production", archive_existing_versions=True), "Production")
    eq(ok("GET", "model-versions/get", {"name": name, "version": "1"})["model_version"]["current_stage"], "Archived")
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "model-versions/transition-stage", {"name": name, "version": "1", "stage": "bogus"})
    latest = lambda method, **f: sorted((v["current_stage"], v["version"]) for v in ok(method, "registered-models/get-latest-versions", {"name": name, **f}).get("model_versions", []))
    eq(latest("POST"), [("Archived", "1"), ("Production", "3"), ("Staging", "2")])
    eq(latest("GET", stages=["Production", "Staging"]), [("Production", "3"), ("Staging", "2")])
    eq(latest("POST", stages=["None"]), [])


@check
def aliases():
    name = model()
    version_of(name), version_of(name)
    setting = lambda a, v: ok("POST", "registered-models/alias", {"name": name, "alias": a, "version": v})
    eq(setting("champion", "1"), {})
    setting("champion", "2"), setting("other", "2")
    eq(ok("GET", "registered-models/alias", {"name": name, "alias": "champion"})["model_version"]["version"], "2")
    eq(sorted((a["alias"], a["version"]) for a in ok("GET", "registered-models/get", {"name": name})["registered_model"]["aliases"]), [("champion", "2"), ("other", "2")])
    eq(sorted(ok("GET", "model-versions/get", {"name": name, "version": "2"})["model_version"]["aliases"]), ["champion", "other"])
    eq(ok("DELETE", "registered-models/alias", {"name": name, "alias": "other"}), {})
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "registered-models/alias", {"name": name, "alias": "other"})
    for bad in ("latest", "LATEST", "v1", "V12", "a b", "a/b", "ä!", "x" * 256):
        refused(400, "INVALID_PARAMETER_VALUE", "POST", "registered-models/alias", {"name": name, "alias": bad, "version": "1"})
    refused(404, "RESOURCE_DOES_NOT_EXIST", "POST", "registered-models/alias", {"name": name, "alias": "x", "version": "99"})
    eq(ok("GET", "registered-models/alias", {"name": name, "alias": "latest"})["model_version"]["version"], "2")


@check
def model_search():
    made = [f"s{n}-{U}" for n in range(5)]
    for n, name in enumerate(made):
        ok("POST", "registered-models/create", {"name": name, "tags": [{"key": "n", "value": str(n)}]})
    found = lambda f, **q: [m["name"] for m in ok("GET", "registered-models/search", {"filter": f, **q}).get("registered_models", [])]
    eq(found(f"name LIKE 's%-{U}'"), made)
    eq(found(f"name ILIKE 'S%-{U.upper()}'", order_by=["name DESC"]), made[::-1])
    eq(found(f"name LIKE 's%-{U}' and tags.n = '2'"), [made[2]])
    eq(found(f"name LIKE 's%-{U}' AND tag.`mlflow.prompt.is_prompt` != 'true'"), made)
    eq(found(f"name = '{made[1]}'"), [made[1]])
    p = ok("GET", "registered-models/search", {"filter": f"name LIKE 's%-{U}'", "max_results": 2})
    q = ok("GET", "registered-models/search", {"filter": f"name LIKE 's%-{U}'", "max_results": 2, "page_token": p["next_page_token"]})
    eq([m["name"] for m in q["registered_models"]], made[2:4])
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "registered-models/search", {"filter": "bogus = 'x'"})
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "registered-models/search", {"max_results": 1001})
    eq(ok("GET", "registered-models/search", {"filter": f"name = 'nobody-{U}'"}), {})


@check
def version_search():
    name = model()
    for n in range(3):
        version_of(name, tags=[{"key": "n", "value": str(n)}])
    found = lambda f, **q: [v["version"] for v in ok("GET", "model-versions/search", {"filter": f, **q}).get("model_versions", [])]
    eq(found(f"name = '{name}'", order_by=["version_number ASC"]), ["1", "2", "3"])
    eq(found(f"name='{name}'", order_by=["version_number DESC"]), ["3", "2", "1"])
    eq(found(f"name='{name}' and version_number > 2"), ["3"])
    eq(found(f"name='{name}' and tags.n = '1'"), ["2"])
    v = ok("GET", "model-versions/get", {"name": name, "version": "2"})["model_version"]
    eq(found(f"run_id = '{v['run_id']}'"), ["2"])
    eq(found(f"run_id IN ('{v['run_id']}', 'x')"), ["2"])
    eq(found(f"source_path = '{v['source']}'"), ["2"])
    eq(found(f"name='{name}'", max_results=2, order_by=["version_number ASC"]), ["1", "2"])
    refused(400, "INVALID_PARAMETER_VALUE", "GET", "model-versions/search", {"max_results": 200001})


# --- newer clients, our own addition, several at once
@check
def logged_models():
    e = experiment()
    r = run(e)
    m = ok("POST", "logged-models", {"experiment_id": e, "name": "lm", "model_type": "agent", "source_run_id": r, "tags": [{"key": "a", "value": "b"}], "params": [{"key": "p", "value": "1"}]})["model"]
    i = m["info"]["model_id"]
    eq((m["info"]["name"], m["info"]["status"], m["info"]["experiment_id"], m["info"]["source_run_id"], pairs(m["info"]["tags"]), pairs(m["data"]["params"])),
       ("lm", "LOGGED_MODEL_PENDING", e, r, {"a": "b"}, {"p": "1"}))
    root = m["info"]["artifact_uri"]
    assert root.startswith("mlflow-artifacts:/") and i in root and i.startswith("m-")
    eq(artifact("PUT", root[len("mlflow-artifacts:/"):] + "/MLmodel", b"x").status, 200)
    eq(ok("PATCH", "logged-models/" + i, {"status": "LOGGED_MODEL_READY"})["model"]["info"]["status"], "LOGGED_MODEL_READY")
    ok("PATCH", f"logged-models/{i}/tags", {"tags": [{"key": "c", "value": "d"}, {"key": "a", "value": "e"}]})
    ok("DELETE", f"logged-models/{i}/tags/c")
    ok("POST", f"logged-models/{i}/params", {"params": [{"key": "q", "value": "2"}]})
    m = ok("GET", "logged-models/" + i)["model"]
    eq((pairs(m["info"]["tags"]), pairs(m["data"]["params"])), ({"a": "e"}, {"p": "1", "q": "2"}))
    eq(ok("GET", f"logged-models/{i}/artifacts/directories"), {"root_uri": root, "files": [{"path": "MLmodel", "is_dir": False, "file_size": 1}]})
    found = lambda f: [x["info"]["model_id"] for x in ok("POST", "logged-models/search", {"experiment_ids": [e], "filter": f}).get("models", [])]
    eq((found(f"source_run_id='{r}'"), found("name = 'lm' AND tags.a = 'e' and params.p != '2'"), found("name = 'other'"), found("")), ([i], [i], [], [i]))
    eq(ok("POST", "logged-models/search", {"experiment_ids": ["0"], "filter": f"source_run_id='{r}'"}), {})
    refused(400, "INVALID_PARAMETER_VALUE", "POST", "logged-models/search", {"experiment_ids": [e], "filter": "metrics.x > 1"})
    name = model()
    ok("POST", "model-versions/create", {"name": name, "source": f"models:/{i}", "model_id": i})
    eq(ok("GET", "model-versions/get-download-uri", {"name": name, "version": "1"})["artifact_uri"], root)
    ok("DELETE", "logged-models/" + i)
    refused(404, "RESOURCE_DOES_NOT_EXIST", "GET", "logged-models/" + i)
    for bad in ("x", "..", "%2e%2e", "m-" + "0" * 31):
        assert api("GET", "logged-models/" + bad).status in (400, 404)


@check
def promotion_log():
    name = model()
    version_of(name), version_of(name)
    note = {"actor": "ada", "reason": "better", "evidence": '{"acc": 0.9}', "is_rollback": False}
    ok("POST", "registered-models/alias", {"name": name, "alias": "champion", "version": "1", "note": note})
    basic = {"Authorization": "Basic " + base64.b64encode(b"grace:whatever").decode()}
    eq(send("POST", "/api/2.0/mlflow/registered-models/alias", {"name": name, "alias": "champion", "version": "2"}, basic).status, 200)
    ok("POST", "promotions/record", {"model": name, "action": "Approved", "target": "champion", "version": 2, "note": {"actor": "eve", "reason": "looked"}}, base="/api/2.0/mlops/")
    log = ok("GET", "promotions", {"name": name}, base="/api/2.0/mlops/")["entries"]
    eq([(e["action"], e["target"], e["version"], e["previous"], e["actor"], e["reason"], e["evidence"]) for e in log],
       [("AliasSet", "champion", 1, None, "ada", "better", '{"acc": 0.9}'), ("AliasSet", "champion", 2, 1, "grace", "", ""), ("Approved", "champion", 2, None, "eve", "looked", "")])
    whole = ok("GET", "promotions", base="/api/2.0/mlops/")["entries"]
    eq([e["number"] for e in whole], list(range(1, len(whole) + 1)))
    for before, after in zip(whole, whole[1:]):
        eq(after["previous_hash"], before["hash"])
    eq(whole[0]["previous_hash"], "0" * 64)


@check
def two_at_once():
    r, faults = run(), []

    def work(k):
        try:
            for i in range(100):
                ok("POST", "runs/log-metric", {"run_id": r, "key": "m", "value": i, "timestamp": i, "step": k * 1000 + i})
                ok("POST", "runs/log-batch", {"run_id": r, "params": [{"key": f"p{k}-{i}", "value": "x"}], "tags": [{"key": "last", "value": str(i)}]})
        except Exception as e:
            faults.append(e)
    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not faults, faults[0]
    eq(len(ok("GET", "metrics/get-history", {"run_id": r, "metric_key": "m"})["metrics"]), 400)
    eq(len(get(r)["data"]["params"]), 400)


failed = 0
for f in CHECKS:
    try:
        f()
        print("ok", f.__name__, flush=True)
    except Exception as e:
        failed += 1
        line = [t for t in inspect.trace() if t.filename == __file__][-1].lineno
        print(f"FAIL {f.__name__}: {type(e).__name__}: {' '.join(str(e).split())[:400]} (line {line})", flush=True)
print(f"{len(CHECKS) - failed} ok, {failed} failed")
sys.exit(1 if failed else 0)
