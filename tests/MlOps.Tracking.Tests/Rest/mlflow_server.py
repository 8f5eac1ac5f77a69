#!/usr/bin/env python3
"""A small MLflow tracking server to test a client against: REST API 2.0, everything in memory, standard library only.

Written from MLflow's documented and observed behaviour, not from our client or server. Prints "listening PORT" and serves 127.0.0.1.

  --port N             0 takes a free one
  --dialect 3|2        2: no delete-experiment-tag, metrics/get-history answers everything at once (2.17); 3: pages, and nothing at all without max_results
  --int64-strings      whole numbers in answers are JSON strings, as Protocol Buffers' own JSON has them
  --history-page N     the most points of a page of metrics/get-history
  --require-token T    401 without "Authorization: Bearer T"
  --require-basic U:P  401 without that user and password
  --database           MLflow's database store instead of its files: repeated points are one, a repeated NaN and a taken experiment name are 400 BAD_REQUEST with what the database
                       says, the infinities become 1.8e308, a deleted version's aliases stay
  --prefix /P          everything under a path
  --promotions         offers /api/2.0/mlops/promotions as our own server does
  --state FILE         keeps the state there, so that a server that died comes back with what it had acknowledged

Faults, set by POST /_fault, in order; each is used up by the next `times` requests whose path contains `match`, after `skip` of them went well:
  {"kind": "status", "status": 503, "times": 2, "match": "log-batch", "headers": {"Retry-After": "1"}, "body": "..."}   answers without doing it
  {"kind": "status-after", ...}   does it, then answers that status
  {"kind": "drop"} / {"kind": "drop-after"}   closes the connection without an answer, before or after doing it
  {"kind": "cut"}                 does it, announces the whole answer, sends half of it and closes
  {"kind": "die"} / {"kind": "die-after"}     the process ends at once, before or after doing it
  {"kind": "slow", "seconds": 1}  waits, then does it
GET /_log returns [[method, path], ...] of all requests since the last POST /_log.
"""
import argparse
import base64
import json
import math
import os
import pickle
import re
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

ARGS = argparse.Namespace()
LOCK = threading.RLock()
FAULTS, SEEN = [], []


def now():
    return int(time.time() * 1000)


class Refusal(Exception):
    STATUS = {"RESOURCE_DOES_NOT_EXIST": 404, "INTERNAL_ERROR": 500, "UNAUTHENTICATED": 401}

    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message
        self.status = self.STATUS.get(code, 400)


def invalid(message):
    return Refusal("INVALID_PARAMETER_VALUE", message)


def missing_thing(message):
    return Refusal("RESOURCE_DOES_NOT_EXIST", message)


class State:
    def __init__(self):
        self.experiments, self.runs, self.models, self.files, self.promotions = {}, {}, {}, {}, []
        self.next_experiment = 1
        self.make_experiment("0", "Default", None, [])

    def make_experiment(self, identifier, name, location, tags):
        t = now()
        self.experiments[identifier] = dict(experiment_id=identifier, name=name, artifact_location=location or f"mlflow-artifacts:/{identifier}",
                                            lifecycle_stage="active", creation_time=t, last_update_time=t, tags={x["key"]: x.get("value", "") for x in tags})


STATE = None

# ---------------------------------------------------------------- checks

KEY = re.compile(r"^[/\w.\- :]*$")


def need(body, *names):
    for name in names:
        if body.get(name) in (None, ""):
            raise invalid(f"Missing value for required parameter '{name}'. See the API docs for more information about request parameters.")


def text(body, name):
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid(f"Invalid value {value!r} for parameter '{name}' supplied: it must be a string.")
    return value


def whole(body, name, default=None):
    value = body.get(name)
    if value is None:
        return default
    try:
        if isinstance(value, bool) or isinstance(value, float) and value != int(value):
            raise ValueError
        return int(value)
    except (ValueError, TypeError):
        raise invalid(f"Invalid value {value!r} for parameter '{name}' supplied: it must be a whole number.")


def check_key(key, what):
    if not key:
        raise invalid("Missing value for required parameter 'key'.")
    if len(key) > 250 or not KEY.match(key) or os.path.normpath(key) != key or key.startswith("/") or key.startswith(".."):
        raise invalid(f"Invalid {what} name: '{key[:60]}'.")


def real(value):
    if isinstance(value, str):
        try:
            return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(value) if value in ("NaN", "Infinity", "-Infinity") else float(value)
        except ValueError:
            pass
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise invalid(f"Got invalid value {value!r} for a metric: a number is needed.")


def experiment_of(identifier):
    if identifier not in STATE.experiments:
        raise missing_thing(f"No Experiment with id={identifier} exists")
    return STATE.experiments[identifier]


def run_of(body):
    identifier = body.get("run_id") or body.get("run_uuid")
    need({"run_id": identifier}, "run_id")
    if identifier not in STATE.runs:
        raise missing_thing(f"Run with id={identifier} not found")
    return STATE.runs[identifier]


def active_run_of(body):
    run = run_of(body)
    if run["lifecycle_stage"] != "active":
        raise invalid(f"The run {run['run_id']} must be in the 'active' state. Current state is deleted.")
    return run


def model_of(name):
    if not name:
        raise invalid("Missing value for required parameter 'name'.")
    if name not in STATE.models:
        raise missing_thing(f"Registered Model with name={name} not found")
    return STATE.models[name]


def version_of(body):
    need(body, "name", "version")
    model = STATE.models.get(body["name"])
    number = whole(body, "version")
    if model is None or number not in model["versions"]:
        raise missing_thing(f"Model Version (name={body['name']}, version={number}) not found")
    return model, model["versions"][number]


# ---------------------------------------------------------------- JSON of things

def n(value):
    return str(value) if ARGS.int64_strings else value


def tags_json(tags):
    return [dict(key=k, value=v) for k, v in tags.items()]


def lean(fields):
    """Leaves out what is unset, empty texts and empty lists."""
    return {k: v for k, v in fields.items() if v not in (None, "", [])}


def value_json(value):
    return "NaN" if math.isnan(value) else "Infinity" if value == math.inf else "-Infinity" if value == -math.inf else value


def metric_json(key, point):
    value, timestamp, step = point
    return dict(key=key, value=value_json(value), timestamp=n(timestamp), step=n(step))


def experiment_json(e):
    return lean({**e, "tags": tags_json(e["tags"]), "creation_time": n(e["creation_time"]), "last_update_time": n(e["last_update_time"])})


def rank(point):
    value, timestamp, step = point
    return step, timestamp, (0, 0) if math.isnan(value) else (1, value)


def info_json(r):
    return lean(dict(run_id=r["run_id"], run_uuid=r["run_id"], run_name=r["tags"].get("mlflow.runName"), experiment_id=r["experiment_id"], user_id=r["user_id"], status=r["status"],
                     start_time=n(r["start_time"]), end_time=None if r["end_time"] is None else n(r["end_time"]), artifact_uri=r["artifact_uri"], lifecycle_stage=r["lifecycle_stage"]))


def run_json(r):
    data = lean(dict(metrics=[metric_json(k, max(p, key=rank)) for k, p in r["metrics"].items()], params=[dict(key=k, value=v) for k, v in r["params"].items()], tags=tags_json(r["tags"])))
    return dict(info=info_json(r), data=data, inputs=lean(dict(dataset_inputs=r["inputs"])))


def version_json(model, v):
    aliases = [a for a, number in model["aliases"].items() if number == v["version"]]
    return lean({**v, "name": model["name"], "version": str(v["version"]), "creation_timestamp": n(v["creation_timestamp"]), "last_updated_timestamp": n(v["last_updated_timestamp"]),
                 "status": "READY", "tags": tags_json(v["tags"]), "aliases": aliases})


def latest(model, stages=None):
    best = {}
    for v in model["versions"].values():
        if v["version"] >= best.get(v["current_stage"], v)["version"]:
            best[v["current_stage"]] = v
    return [v for stage, v in best.items() if not stages or stage in stages]


def model_json(m):
    return lean(dict(name=m["name"], creation_timestamp=n(m["creation_timestamp"]), last_updated_timestamp=n(m["last_updated_timestamp"]), description=m["description"],
                     latest_versions=[version_json(m, v) for v in latest(m)], tags=tags_json(m["tags"]), aliases=[dict(alias=a, version=str(v)) for a, v in m["aliases"].items()]))


# ---------------------------------------------------------------- search

TOKEN = re.compile(r"""\s*(?:(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![\w.])|(?P<text>'[^']*'|"[^"]*")|(?P<tick>`[^`]*`)|(?P<op><=|>=|!=|=|<|>)|(?P<mark>[(),.])|(?P<word>[\w/\-]+))""")
KINDS = {"metric": "metric", "metrics": "metric", "param": "param", "params": "param", "parameter": "param", "parameters": "param", "tag": "tag", "tags": "tag",
         "attribute": "attribute", "attributes": "attribute", "attr": "attribute", "run": "attribute", "dataset": "dataset", "datasets": "dataset"}
RUNS = dict(kinds={"metric", "param", "tag", "attribute", "dataset"}, numbers={"start_time", "end_time"}, texts={"run_id", "run_name", "user_id", "status", "artifact_uri"},
            alias={"created": "start_time", "Created": "start_time", "run name": "run_name", "Run name": "run_name", "User": "user_id"})
EXPERIMENTS = dict(kinds={"tag", "attribute"}, numbers={"creation_time", "last_update_time"}, texts={"name", "experiment_id"}, alias={})
MODELS = dict(kinds={"tag", "attribute"}, numbers={"last_updated_timestamp"}, texts={"name"}, alias={"timestamp": "last_updated_timestamp"})
VERSIONS = dict(kinds={"tag", "attribute"}, numbers={"version_number", "last_updated_timestamp", "creation_timestamp"}, texts={"name", "run_id", "source_path"}, alias={})


def tokens(source):
    at, found = 0, []
    while source[at:].strip():
        m = TOKEN.match(source, at)
        if not m:
            raise invalid(f"Invalid clause(s) in filter string: {source[at:at + 40]!r}")
        found.append((m.lastgroup, m.group(m.lastgroup)))
        at = m.end()
    return found


def field(parts, at, spec):
    """Reads [entity.]key; returns (kind, key, next index)."""
    def name(i):
        if i >= len(parts) or parts[i][0] not in ("word", "tick", "text", "number"):
            raise invalid("Invalid clause in filter string: a name is missing")
        return parts[i][1].strip("`\"") if parts[i][0] in ("tick", "text") else parts[i][1]
    first, kind = name(at), None
    if at + 1 < len(parts) and parts[at + 1] == ("mark", "."):
        if first not in KINDS or KINDS[first] not in spec["kinds"]:
            raise invalid(f"Invalid entity type '{first}'.")
        kind, key, at = KINDS[first], name(at + 2), at + 3
        while kind != "attribute" and at + 1 < len(parts) and parts[at] == ("mark", "."):
            key, at = key + "." + name(at + 1), at + 2
    else:
        kind, key, at = "attribute", first, at + 1
    if kind == "attribute":
        key = spec["alias"].get(key, key)
        if key not in spec["numbers"] and key not in spec["texts"]:
            raise invalid(f"Invalid attribute key '{key}' specified.")
    if kind == "dataset" and key not in ("name", "digest", "context"):
        raise invalid(f"Invalid dataset key '{key}' specified.")
    return kind, key, at


def parse(source, spec):
    parts, at, clauses = tokens(source or ""), 0, []
    while at < len(parts):
        kind, key, at = field(parts, at, spec)
        if at >= len(parts):
            raise invalid("Invalid clause in filter string: a comparison is missing")
        op = parts[at][1].upper()
        at += 1
        if op == "NOT" and at < len(parts) and parts[at][1].upper() == "IN":
            op, at = "NOT IN", at + 1
        numeric = kind == "metric" or kind == "attribute" and key in spec["numbers"]
        allowed = {"=", "!=", "<", "<=", ">", ">="} if numeric else {"=", "!=", "LIKE", "ILIKE"} | ({"IN", "NOT IN"} if kind in ("dataset", "attribute") else set())
        if op not in allowed:
            raise invalid(f"Invalid comparison operator '{op}' for {kind} '{key}'.")
        if at >= len(parts):
            raise invalid("Invalid clause in filter string: a value is missing")
        if op in ("IN", "NOT IN"):
            values, at = [], at + 1
            if parts[at - 1] != ("mark", "("):
                raise invalid("a list is needed")
            while at < len(parts) and parts[at] != ("mark", ")"):
                if parts[at][0] == "text":
                    values.append(parts[at][1][1:-1])
                elif parts[at] != ("mark", ","):
                    raise invalid("a list of texts is needed")
                at += 1
            if at == len(parts) or not values:
                raise invalid("a list is not closed or empty")
            value = values
        elif numeric:
            if parts[at][0] != "number":
                raise invalid(f"Expected numeric value type for {kind} '{key}'. Found {parts[at][1]}")
            value = float(parts[at][1])
        else:
            if parts[at][0] != "text":
                raise invalid(f"Expected a quoted string value for {kind} '{key}'. Found {parts[at][1]}")
            value = parts[at][1][1:-1]
        clauses.append((kind, key, op, value))
        at += 1
        if at < len(parts):
            if parts[at][1].upper() != "AND" or at + 1 == len(parts):
                raise invalid(f"Invalid clause(s) in filter string: '{parts[at][1]}'")
            at += 1
    return clauses


def holds(thing, clauses, read):
    for kind, key, op, value in clauses:
        found = read(thing, kind, key)
        if op == "NOT IN" or op == "IN":
            if not any((v in value) == (op == "IN") for v in found):
                return False
        elif not any(compare(v, op, value) for v in found):
            return False
    return True


def compare(found, op, value):
    if op in ("LIKE", "ILIKE"):
        pattern = "".join(".*" if c == "%" else "." if c == "_" else re.escape(c) for c in value)
        return re.fullmatch(pattern, found, re.DOTALL | (re.IGNORECASE if op == "ILIKE" else 0)) is not None
    return {"=": found == value, "!=": found != value, "<": found < value if op == "<" else 0, "<=": found <= value if op == "<=" else 0, ">": found > value if op == ">" else 0,
            ">=": found >= value if op == ">=" else 0}[op]


def orders(terms, spec):
    result = []
    for term in terms or []:
        parts = tokens(term)
        kind, key, at = field(parts, 0, spec)
        way = parts[at][1].upper() if at < len(parts) else "ASC"
        if way not in ("ASC", "DESC") or len(parts) > at + 1:
            raise invalid(f"Invalid order_by clause '{term}'.")
        result.append((kind, key, way == "DESC"))
    return result


def sort(things, terms, read, last):
    things.sort(key=last)
    for kind, key, descending in reversed(terms):
        def state(t):
            found = read(t, kind, key)
            return 2 if not found else 1 if isinstance(found[0], float) and math.isnan(found[0]) else 0
        known = [t for t in things if state(t) == 0]
        known.sort(key=lambda t: read(t, kind, key)[0], reverse=descending)
        things[:] = known + [t for t in things if state(t) == 1] + [t for t in things if state(t) == 2]
    return things


def page(things, body, most, default, key):
    size = whole(body, "max_results", default)
    if size < 1 or size > most:
        raise invalid(f"Invalid value {size} for parameter 'max_results' supplied. It must be at most {most}, but got value {size}")
    start, token = 0, body.get("page_token")
    if token:
        try:
            start = json.loads(base64.b64decode(token, validate=True))["offset"]
        except Exception:
            raise invalid("Invalid page token")
    answer = {key: things[start:start + size]}
    if start + size < len(things):
        answer["next_page_token"] = base64.b64encode(json.dumps({"offset": start + size}).encode()).decode()
    return lean(answer)


def in_view(stage, view):
    return view == "ALL" or stage == ("deleted" if view == "DELETED_ONLY" else "active")


def read_run(r, kind, key):
    if kind == "metric":
        return [max(r["metrics"][key], key=rank)[0]] if key in r["metrics"] else []
    if kind in ("param", "tag"):
        values = r["params" if kind == "param" else "tags"]
        return [values[key]] if key in values else []
    if kind == "dataset":
        if key == "context":
            return [t["value"] for i in r["inputs"] for t in i.get("tags", []) if t["key"] == "mlflow.data.context"]
        return [i["dataset"][key] for i in r["inputs"] if key in i["dataset"]]
    value = r["tags"].get("mlflow.runName") if key == "run_name" else r.get(key)
    return [] if value is None else [value]


def read_plain(t, kind, key):
    if kind == "tag":
        return [t["tags"][key]] if key in t["tags"] else []
    value = t.get({"version_number": "version", "source_path": "source"}.get(key, key))
    return [] if value is None else [value]


# ---------------------------------------------------------------- calls

CALLS = {}


def call(method, path):
    def register(function):
        for verb in method.split("+"):
            CALLS[verb, "/api/2.0/mlflow/" + path] = function
        return function
    return register


@call("POST", "experiments/create")
def _(b):
    name = text(b, "name")
    need(b, "name")
    if len(name) > 500:
        raise invalid("The experiment name is longer than 500 characters")
    if any(e["name"] == name for e in STATE.experiments.values()):
        raise Refusal("RESOURCE_ALREADY_EXISTS", f"Experiment(name={name}) already exists.")
    identifier = str(STATE.next_experiment)
    STATE.next_experiment += 1
    STATE.make_experiment(identifier, name, b.get("artifact_location"), b.get("tags", []))
    return dict(experiment_id=identifier)


@call("GET", "experiments/get")
def _(b):
    need(b, "experiment_id")
    return dict(experiment=experiment_json(experiment_of(b["experiment_id"])))


@call("GET", "experiments/get-by-name")
def _(b):
    need(b, "experiment_name")
    for e in STATE.experiments.values():
        if e["name"] == b["experiment_name"]:
            return dict(experiment=experiment_json(e))
    raise missing_thing(f"Could not find experiment with name '{b['experiment_name']}'")


@call("POST", "experiments/update")
def _(b):
    need(b, "experiment_id", "new_name")
    e = experiment_of(b["experiment_id"])
    if any(o["name"] == b["new_name"] and o is not e for o in STATE.experiments.values()):
        raise Refusal(*("BAD_REQUEST", "(sqlite3.IntegrityError) UNIQUE constraint failed: experiments.name") if ARGS.database else
                      ("RESOURCE_ALREADY_EXISTS", f"Experiment(name={b['new_name']}) already exists."))
    e.update(name=b["new_name"], last_update_time=now())
    return {}


def set_experiment_stage(b, before, after):
    need(b, "experiment_id")
    e = experiment_of(b["experiment_id"])
    if e["lifecycle_stage"] != before:
        raise missing_thing(f"No {before} experiment with id={b['experiment_id']}")
    e.update(lifecycle_stage=after, last_update_time=now())
    for r in STATE.runs.values():
        if r["experiment_id"] == e["experiment_id"]:
            r["lifecycle_stage"] = after
    return {}


call("POST", "experiments/delete")(lambda b: set_experiment_stage(b, "active", "deleted"))
call("POST", "experiments/restore")(lambda b: set_experiment_stage(b, "deleted", "active"))


@call("POST", "experiments/set-experiment-tag")
def _(b):
    need(b, "experiment_id", "key")
    if len(b.get("value", "")) > 5000:
        raise invalid("The tag's value is longer than 5000")
    experiment_of(b["experiment_id"])["tags"][b["key"]] = b.get("value", "")
    return {}


@call("POST", "experiments/delete-experiment-tag")
def _(b):
    need(b, "experiment_id", "key")
    if experiment_of(b["experiment_id"])["tags"].pop(b["key"], None) is None:
        raise missing_thing(f"No tag with name: {b['key']}")
    return {}


@call("GET+POST", "experiments/search")
def _(b):
    clauses, terms = parse(b.get("filter"), EXPERIMENTS), orders(b.get("order_by"), EXPERIMENTS)
    found = [e for e in STATE.experiments.values() if in_view(e["lifecycle_stage"], b.get("view_type", "ACTIVE_ONLY")) and holds(e, clauses, read_plain)]
    sort(found, terms, read_plain, lambda e: (-e["creation_time"], -int(e["experiment_id"])))
    return page([experiment_json(e) for e in found], b, 50000, 1000, "experiments")


@call("POST", "runs/create")
def _(b):
    e = experiment_of(text(b, "experiment_id") or "0")
    if e["lifecycle_stage"] != "active":
        raise invalid(f"The experiment {e['experiment_id']} must be in the 'active' state.")
    tags = {t["key"]: t.get("value", "")[:8000] for t in b.get("tags", [])}
    name = b.get("run_name") or ""
    tagged = tags.get("mlflow.runName")
    if name and tagged and name != tagged:
        raise invalid("Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values")
    tags["mlflow.runName"] = name or tagged or f"nameless-{uuid.uuid4().hex[:6]}"
    identifier = uuid.uuid4().hex
    STATE.runs[identifier] = run = dict(run_id=identifier, experiment_id=e["experiment_id"], user_id=b.get("user_id", ""), status="RUNNING", start_time=whole(b, "start_time", 0), end_time=None,
                                        artifact_uri=f"{e['artifact_location']}/{identifier}/artifacts", lifecycle_stage="active", metrics={}, params={}, tags=tags, inputs=[])
    return dict(run=run_json(run))


call("GET", "runs/get")(lambda b: dict(run=run_json(run_of(b))))


@call("POST", "runs/update")
def _(b):
    r = active_run_of(b)
    if b.get("status") in ("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"):
        r["status"] = b["status"]
    if whole(b, "end_time") is not None:
        r["end_time"] = whole(b, "end_time")
    if b.get("run_name"):
        r["tags"]["mlflow.runName"] = b["run_name"]
    return dict(run_info=info_json(r))


@call("POST", "runs/delete")
def _(b):
    active_run_of(b)["lifecycle_stage"] = "deleted"
    return {}


@call("POST", "runs/restore")
def _(b):
    r = run_of(b)
    if r["lifecycle_stage"] != "deleted":
        raise invalid(f"The run {r['run_id']} must be in the 'deleted' state.")
    r["lifecycle_stage"] = "active"
    return {}


def add_point(r, m):
    point, points = (real(m["value"]), whole(m, "timestamp"), whole(m, "step", 0)), r["metrics"].setdefault(m["key"], [])
    if ARGS.database:
        point = (max(-sys.float_info.max, min(sys.float_info.max, point[0])) if math.isinf(point[0]) else point[0],) + point[1:]
        if point in points:
            return
    points.append(point)  # the file store keeps a repeated point twice


def check_nan(r, metrics):
    """The database's key holds a NaN as 0 with a mark; only there MLflow looks for what it has already by a comparison, which a NaN never meets."""
    fresh = [(m["key"], whole(m, "timestamp"), whole(m, "step", 0)) for m in metrics if math.isnan(real(m["value"]))]
    kept = [(k, t, s) for k, points in r["metrics"].items() for v, t, s in points if math.isnan(v)]
    if ARGS.database and (len(set(fresh)) < len(fresh) or set(fresh) & set(kept)):
        raise Refusal("BAD_REQUEST", "(sqlite3.IntegrityError) UNIQUE constraint failed: metrics.key, metrics.timestamp, metrics.step, metrics.run_uuid, metrics.value, metrics.is_nan")


def check_point(m):
    check_key(text(m, "key"), "metric")
    for name in ("value", "timestamp"):
        if m.get(name) is None:
            raise invalid(f"Missing value for required parameter '{name}'.")
    real(m["value"]), whole(m, "timestamp"), whole(m, "step", 0)


def check_param(r, p):
    check_key(text(p, "key"), "param")
    value = (text(p, "value") or "")[:6000]
    if r["params"].get(p["key"], value) != value:
        raise invalid(f"Changing param values is not allowed. Param with key='{p['key']}' was already logged with value='{r['params'][p['key']]}'. Attempted logging new value '{value}'.")
    return value


@call("POST", "runs/log-metric")
def _(b):
    r = active_run_of(b)
    check_point(b)
    check_nan(r, [b])
    add_point(r, b)
    return {}


@call("POST", "runs/log-parameter")
def _(b):
    r = active_run_of(b)
    r["params"][b.get("key")] = check_param(r, b)
    return {}


@call("POST", "runs/set-tag")
def _(b):
    r = active_run_of(b)
    check_key(text(b, "key"), "tag")
    r["tags"][b["key"]] = b.get("value", "")[:8000]
    return {}


@call("POST", "runs/delete-tag")
def _(b):
    r = active_run_of(b)
    if r["tags"].pop(b.get("key"), None) is None:
        raise missing_thing(f"No tag with name: {b.get('key')} in run with id {r['run_id']}")
    return {}


@call("POST", "runs/log-batch")
def _(b):
    r = active_run_of(b)
    metrics, params, tags = b.get("metrics", []), b.get("params", []), b.get("tags", [])
    if len(metrics) > 1000 or len(params) > 100 or len(tags) > 100 or len(metrics) + len(params) + len(tags) > 1000:
        raise invalid(f"A batch logging request can contain at most 1000 metrics, 100 params, 100 tags, 1000 in all: {len(metrics)}, {len(params)}, {len(tags)}")
    if len({p.get("key") for p in params}) < len(params):
        raise invalid("Duplicate parameter keys have been submitted")
    for m in metrics:
        check_point(m)
    check_nan(r, metrics)
    checked = {p.get("key"): check_param(r, p) for p in params}
    for t in tags:
        check_key(text(t, "key"), "tag")
    for m in metrics:
        add_point(r, m)
    r["params"].update(checked)
    r["tags"].update({t["key"]: t.get("value", "")[:8000] for t in tags})
    return {}


@call("POST", "runs/log-inputs")
def _(b):
    r = active_run_of(b)
    for given in b.get("datasets", []):
        need(given.get("dataset", {}), "name", "digest")
        identity = (given["dataset"]["name"], given["dataset"]["digest"])
        if identity not in [(i["dataset"]["name"], i["dataset"]["digest"]) for i in r["inputs"]]:
            r["inputs"].append(lean(given))
    return {}


@call("POST", "runs/search")
def _(b):
    clauses, terms = parse(b.get("filter"), RUNS), orders(b.get("order_by"), RUNS)
    wanted, view = set(b.get("experiment_ids", [])), b.get("run_view_type", "ACTIVE_ONLY")
    found = [r for r in STATE.runs.values() if r["experiment_id"] in wanted and in_view(r["lifecycle_stage"], view) and holds(r, clauses, read_run)]
    sort(found, terms, read_run, lambda r: (-r["start_time"], r["run_id"]))
    answer = page(found, b, 50000, 1000, "runs")
    if "runs" in answer:
        answer["runs"] = [run_json(r) for r in answer["runs"]]
    return answer


@call("GET", "metrics/get-history")
def _(b):
    need(b, "run_id", "metric_key")
    points = run_of(b)["metrics"].get(b["metric_key"])
    if points is None:
        raise missing_thing(f"Metric '{b['metric_key']}' not found under run '{b['run_id']}'")
    if ARGS.dialect == 2:
        return lean(dict(metrics=[metric_json(b["metric_key"], p) for p in points]))
    size = min(whole(b, "max_results", 0), ARGS.history_page)
    start = int(b.get("page_token") or 0)
    answer = dict(metrics=[metric_json(b["metric_key"], p) for p in points[start:start + size]])
    if start + size < len(points):
        answer["next_page_token"] = str(start + size)
    return lean(answer)


@call("GET", "artifacts/list")
def _(b):
    r = run_of(b)
    return dict(root_uri=r["artifact_uri"])


# ---------------------------------------------------------------- registry

@call("POST", "registered-models/create")
def _(b):
    need(b, "name")
    name = text(b, "name")
    if "/" in name or ":" in name:
        raise invalid(f"Registered model name cannot contain '/' or ':': {name}")
    if name in STATE.models:
        raise Refusal("RESOURCE_ALREADY_EXISTS", f"Registered Model (name={name}) already exists.")
    t = now()
    STATE.models[name] = m = dict(name=name, creation_timestamp=t, last_updated_timestamp=t, description=b.get("description", ""), tags={x["key"]: x.get("value", "") for x in b.get("tags", [])},
                                  versions={}, aliases={}, next=1)
    return dict(registered_model=model_json(m))


call("GET", "registered-models/get")(lambda b: dict(registered_model=model_json(model_of(b.get("name")))))


@call("POST", "registered-models/rename")
def _(b):
    need(b, "name", "new_name")
    m = model_of(b["name"])
    if b["new_name"] in STATE.models:
        raise Refusal("RESOURCE_ALREADY_EXISTS", f"Registered Model (name={b['new_name']}) already exists.")
    STATE.models[b["new_name"]] = STATE.models.pop(b["name"])
    m.update(name=b["new_name"], last_updated_timestamp=now())
    return dict(registered_model=model_json(m))


@call("PATCH", "registered-models/update")
def _(b):
    m = model_of(b.get("name"))
    m.update(description=b.get("description", ""), last_updated_timestamp=now())
    return dict(registered_model=model_json(m))


@call("DELETE", "registered-models/delete")
def _(b):
    model_of(b.get("name"))
    del STATE.models[b["name"]]
    promote(b, "ModelDeleted", "", None, None)
    return {}


@call("POST", "registered-models/set-tag")
def _(b):
    need(b, "key")
    if len(b.get("value", "")) > 5000:
        raise invalid("The tag's value is longer than 5000")
    model_of(b.get("name"))["tags"][b["key"]] = b.get("value", "")
    return {}


@call("DELETE", "registered-models/delete-tag")
def _(b):
    model_of(b.get("name"))["tags"].pop(b.get("key"), None)
    return {}


@call("GET", "registered-models/search")
def _(b):
    clauses, terms = parse(b.get("filter"), MODELS), orders(b.get("order_by"), MODELS)
    found = sort([m for m in STATE.models.values() if holds(m, clauses, read_plain)], terms, read_plain, lambda m: m["name"])
    return page([model_json(m) for m in found], b, 1000, 100, "registered_models")


def check_alias(alias):
    if not alias or not re.fullmatch(r"[\w\-]+", alias) or len(alias) > 255 or alias.lower() == "latest" or re.fullmatch(r"[vV]\d+", alias):
        raise invalid(f"Invalid alias name: '{alias}'")


@call("POST", "registered-models/alias")
def _(b):
    check_alias(b.get("alias"))
    model_of(b.get("name"))
    m, v = version_of(b)
    before = m["aliases"].get(b["alias"])
    m["aliases"][b["alias"]] = v["version"]
    if before != v["version"]:
        promote(b, "RolledBack" if b.get("note", {}).get("is_rollback") else "AliasSet", b["alias"], v["version"], before)
    return {}


@call("DELETE", "registered-models/alias")
def _(b):
    m = model_of(b.get("name"))
    before = m["aliases"].pop(b.get("alias"), None)
    if before is not None:
        promote(b, "AliasRemoved", b["alias"], None, before)
    return {}


@call("GET", "registered-models/alias")
def _(b):
    m = model_of(b.get("name"))
    if b.get("alias") not in m["aliases"]:
        raise invalid(f"Registered model alias {b.get('alias')} not found.")
    return dict(model_version=version_json(*version_of(dict(name=b["name"], version=m["aliases"][b["alias"]]))))


@call("POST", "model-versions/create")
def _(b):
    need(b, "name", "source")
    if ".." in unquote(b["source"]).split("/"):
        raise invalid(f"Invalid model version source: '{b['source']}'")
    m, t = model_of(b["name"]), now()
    v = dict(version=m["next"], creation_timestamp=t, last_updated_timestamp=t, description=b.get("description", ""), source=b["source"], run_id=b.get("run_id", ""),
             run_link=b.get("run_link", ""), current_stage="None", tags={x["key"]: x.get("value", "") for x in b.get("tags", [])})
    m["versions"][m["next"]] = v
    m["next"] += 1
    return dict(model_version=version_json(m, v))


call("GET", "model-versions/get")(lambda b: dict(model_version=version_json(*version_of(b))))


@call("PATCH", "model-versions/update")
def _(b):
    m, v = version_of(b)
    v.update(description=b.get("description", ""), last_updated_timestamp=now())
    return dict(model_version=version_json(m, v))


@call("DELETE", "model-versions/delete")
def _(b):
    m, v = version_of(b)
    del m["versions"][v["version"]]
    if not ARGS.database:  # on SQLite, whose foreign keys MLflow leaves off, they stay and point at nothing
        m["aliases"] = {a: x for a, x in m["aliases"].items() if x != v["version"]}
    promote(b, "VersionDeleted", "", v["version"], None)
    return {}


@call("POST", "model-versions/set-tag")
def _(b):
    need(b, "key")
    version_of(b)[1]["tags"][b["key"]] = b.get("value", "")
    return {}


@call("DELETE", "model-versions/delete-tag")
def _(b):
    version_of(b)[1]["tags"].pop(b.get("key"), None)
    return {}


@call("POST", "model-versions/transition-stage")
def _(b):
    need(b, "stage")
    m, v = version_of(b)
    stage = {"none": "None", "staging": "Staging", "production": "Production", "archived": "Archived"}.get(b["stage"].lower())
    if stage is None:
        raise invalid(f"Invalid Model Version stage: {b['stage']}.")
    if b.get("archive_existing_versions"):
        if stage not in ("Staging", "Production"):
            raise Refusal("INTERNAL_ERROR", "only Staging and Production")
        for other in m["versions"].values():
            if other is not v and other["current_stage"] == stage:
                other["current_stage"] = "Archived"
    if v["current_stage"] != stage:
        v["current_stage"] = stage
        promote(b, "StageSet", stage, v["version"], None)
    return dict(model_version=version_json(m, v))


@call("GET", "model-versions/search")
def _(b):
    clauses, terms = parse(b.get("filter"), VERSIONS), orders(b.get("order_by"), VERSIONS)
    found = [({**v, "name": m["name"]}, m, v) for m in STATE.models.values() for v in m["versions"].values()]
    found = [f for f in found if holds(f[0], clauses, read_plain)]
    sort(found, terms, lambda f, kind, key: read_plain(f[0], kind, key), lambda f: (-f[2]["last_updated_timestamp"], f[1]["name"], -f[2]["version"]))
    return page([version_json(m, v) for _, m, v in found], b, 200000, 200000, "model_versions")


# ---------------------------------------------------------------- the log of our own server

def promote(b, action, target, version, previous, model=None):
    import hashlib
    note = b.get("note") or {}
    last = STATE.promotions[-1] if STATE.promotions else None
    entry = dict(number=len(STATE.promotions) + 1, time=max(now(), last["time"] if last else 0), model=model or b["name"], action=action, target=target, version=version, previous=previous,
                 actor=note.get("actor", ""), reason=note.get("reason", ""), evidence=note.get("evidence", ""), previous_hash=last["hash"] if last else "0" * 64)
    hashed = b"".join(b"-" if f is None else str(len(str(f).encode())).encode() + b":" + str(f).encode() for f in entry.values())
    entry["hash"] = hashlib.sha256(hashed).hexdigest()
    STATE.promotions.append(entry)
    return entry


def promotions(method, path, b):
    if method == "POST" and path.endswith("/record"):
        return promote({"note": b}, b["action"], b.get("target", ""), b.get("version"), b.get("previous"), b["model"])
    return dict(entries=[{k: v for k, v in e.items() if v is not None} for e in STATE.promotions if b.get("name") in (None, e["model"])])


# ---------------------------------------------------------------- HTTP

FILES = "/api/2.0/mlflow-artifacts/artifacts"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def log_message(self, *_):
        pass

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            data = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data
        length = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(length)
        if len(data) < length:
            raise ConnectionError("the upload broke off")
        return data

    def answer(self, status, data, kind="application/json", headers=(), announced=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) if announced is None else announced))
        for k, v in dict(headers).items():
            self.send_header(k, v)
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def close(self):
        self.wfile.flush()
        self.close_connection = True

    def serve(self):
        try:
            data = self.body()
        except (ConnectionError, ValueError):
            self.close_connection = True
            return
        url = urlsplit(self.path)
        path = unquote(url.path)
        if path == "/_fault":
            FAULTS.append(json.loads(data))
            return self.answer(200, b"{}")
        if path == "/_log":
            if self.command == "POST":
                SEEN.clear()
            return self.answer(200, json.dumps(SEEN).encode())
        SEEN.append([self.command, path])
        if ARGS.prefix:
            if not path.startswith(ARGS.prefix + "/"):
                return self.answer(404, b"<html><body><h1>Not Found</h1></body></html>", "text/html")
            path = path[len(ARGS.prefix):]
        fault = self.fault(path)
        kind = fault.get("kind", "")
        if kind == "slow":
            time.sleep(fault["seconds"])
        if kind == "die":
            os._exit(9)
        if kind == "drop":
            return self.close()
        if kind == "status":
            return self.answer(fault["status"], fault.get("body", "<html>busy</html>").encode(), fault.get("type", "text/html"), fault.get("headers", {}))
        status, result, content_type = self.act(path, url, data)
        if kind == "die-after":
            os._exit(9)
        if kind == "drop-after":
            return self.close()
        if kind == "status-after":
            return self.answer(fault["status"], fault.get("body", "").encode(), "text/html", fault.get("headers", {}))
        if kind == "cut":
            self.answer(status, result[:len(result) // 2], content_type, announced=len(result))
            return self.close()
        self.answer(status, result, content_type)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    @staticmethod
    def fault(path):
        with LOCK:
            for f in FAULTS:
                if f.get("match", "") in path:
                    if f.get("skip", 0) > 0:
                        f["skip"] -= 1
                        continue
                    f["times"] = f.get("times", 1) - 1
                    if f["times"] <= 0:
                        FAULTS.remove(f)
                    return f
        return {}

    def act(self, path, url, data):
        """Returns (status, bytes, content type)."""
        try:
            given = self.headers.get("Authorization", "")
            expected = f"Bearer {ARGS.require_token}" if ARGS.require_token else "Basic " + base64.b64encode(ARGS.require_basic.encode()).decode() if ARGS.require_basic else given
            if given != expected and path != "/health":
                raise Refusal("UNAUTHENTICATED", "You are not authenticated. Please see the docs.")
            if path in ("/health", "/version"):
                return 200, b"OK" if path == "/health" else b"3.6.0", "text/plain"
            if path.startswith(FILES):
                return self.files(path[len(FILES):].lstrip("/"), url, data)
            path = path.replace("/ajax-api/", "/api/", 1)
            function = CALLS.get((self.command, path))
            if ARGS.dialect == 2 and path.endswith("delete-experiment-tag"):
                function = None
            if path.startswith("/api/2.0/mlops/promotions") and ARGS.promotions:
                function = lambda b: promotions(self.command, path, b)
            if function is None:
                return 404, b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server.</p>\n", "text/html; charset=utf-8"
            if self.command == "GET":
                body = {k: v if k in ("order_by", "stages") else v[-1] for k, v in parse_qs(url.query, keep_blank_values=True).items()}
            else:
                if self.headers.get("Content-Type", "").split(";")[0] != "application/json":
                    raise Refusal("BAD_REQUEST", f"Bad Request. Content-Type must be 'application/json', not {self.headers.get('Content-Type')}.")
                body = json.loads(data or b"{}")
            with LOCK:
                result = function(body)
                if ARGS.state and self.command != "GET":
                    save()
            return 200, json.dumps(result, allow_nan=False).encode(), "application/json"
        except Refusal as e:
            return e.status, json.dumps(dict(error_code=e.code, message=e.message)).encode(), "application/json"

    def files(self, path, url, data):
        listing = self.command == "GET" and not path
        if listing:
            path = parse_qs(url.query).get("path", [""])[0].strip("/")
        if any(p in ("..", ".") for p in path.split("/")) or "\\" in path:
            raise invalid("Invalid path")
        with LOCK:
            files = STATE.files
            if listing:
                prefix, found = path + "/" if path else "", {}
                for name, content in files.items():
                    if name.startswith(prefix):
                        first, _, rest = name[len(prefix):].partition("/")
                        found[first] = dict(path=first, is_dir=True) if rest else dict(path=first, is_dir=False, file_size=str(len(content)) if ARGS.int64_strings else len(content))
                return 200, json.dumps(lean(dict(files=[found[k] for k in sorted(found)]))).encode(), "application/json"
            if self.command == "PUT":
                files[path] = data
                return 200, b"{}", "application/json"
            if self.command == "DELETE":
                for name in [f for f in files if f == path or f.startswith(path + "/")]:
                    del files[name]
                return 200, b"{}", "application/json"
            if path in files:
                return 200, files[path], "application/octet-stream"
        return 500, b"<!doctype html><title>500 Internal Server Error</title><h1>Internal Server Error</h1>", "text/html"


def save():
    with open(ARGS.state + ".new", "wb") as f:
        pickle.dump(STATE, f)
    os.replace(ARGS.state + ".new", ARGS.state)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


def main():
    global STATE
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--dialect", type=int, default=3)
    parser.add_argument("--history-page", type=int, default=25000)
    parser.add_argument("--int64-strings", action="store_true")
    parser.add_argument("--promotions", action="store_true")
    parser.add_argument("--database", action="store_true")
    for name in ("--require-token", "--require-basic", "--prefix", "--state"):
        parser.add_argument(name, default="")
    parser.parse_args(namespace=ARGS)
    if ARGS.state and os.path.exists(ARGS.state):
        with open(ARGS.state, "rb") as f:
            STATE = pickle.load(f)
    else:
        STATE = State()
    server = Server(("127.0.0.1", ARGS.port), Handler)
    print("listening", server.server_address[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()  # ends with the test that started it
    server.serve_forever()


if __name__ == "__main__":
    main()
