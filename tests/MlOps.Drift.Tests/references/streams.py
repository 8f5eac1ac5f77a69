"""Writes streams.json: where River's detectors find drift and warn, for Streaming/RiverAgreementTests.cs.

usage: streams.py RIVER [OLD_RIVER]

RIVER      folder with the package `river` of 2026, whose ADWIN is in Rust and which has drift.CUSUM and drift.EWMA: `pip install river`
           puts it into site-packages.
OLD_RIVER  folder with the compiled module `adwin_c` of River in 2022 (river/drift/adwin_c.pyx): for the modes River2022 and
           River2021. Without it the old cases of the present streams.json are kept.

The numbers in streams.json come from River's Python sources of 2026, its Rust ADWIN compiled by rustc 1.95, its adwin_c.pyx
compiled by Cython 0.29, SciPy 1.10.1 and Python 3.11. STEPD, which River lacks, is computed here, window by window, from the paper.
"""
import json
import os
import random
import sys

from scipy import stats as scipy_stats

HERE = os.path.dirname(os.path.abspath(__file__))
LENGTH = 3000
SHOWN = 60  # indices written out for one case; of all of them the number and the sum


def uniforms(count, seed):
    state, values = seed, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append((state + 0.5) / 4294967296.0)
    return values


def stream(kind, seed, n=LENGTH):
    """The same arithmetic in the same order as TestStreams.cs: equal to the last bit."""
    u, v = uniforms(n, seed), uniforms(n, seed + 1)
    values = []
    for i in range(n):
        late = i >= n // 2
        noise = u[i] + v[i] - 1.0
        if kind == "stationary":
            x = noise
        elif kind == "sudden":
            x = noise + (0.8 if late else 0.0)
        elif kind == "falling":
            x = noise - (0.8 if late else 0.0)
        elif kind == "gradual":
            x = noise + min(1.0, max(0.0, (i - 1000) / 1000.0))
        elif kind == "periodic":
            x = noise + (0.5 if (i // 250) % 2 == 1 else 0.0)
        elif kind == "spread":
            x = noise * (3.0 if late else 1.0)
        elif kind == "heavy":
            x = (u[i] - 0.5) / (u[i] * (1.0 - u[i])) + (2.0 if late else 0.0)
        elif kind == "levels":
            x = float(int(u[i] * 4.0) + (2 if late else 0))
        elif kind == "tiny":
            x = 1.0 + 1e-9 * (noise + (2.0 if late else 0.0))
        elif kind == "far":
            x = 1e9 + (noise + (0.8 if late else 0.0))
        elif kind == "constant":
            x = 3.0
        elif kind == "step":
            x = 1.0 if late else 0.0
        elif kind == "score":
            x = u[i] * 0.5 + (0.3 if late else 0.0)
        else:
            rate = {
                "errors": 0.2 if i < 1500 else 0.4 if i < 2250 else 0.1,
                "fewer-errors": 0.4 if i < 1000 else 0.15,
                "slow-errors": 0.1 + 0.4 * i / n,
                "rare-errors": 0.02 if i < 1500 else 0.1,
                "steady-errors": 0.3,
                "first-errors": 0.0 if i < 1500 else 0.1,
            }[kind]
            x = 1.0 if u[i] < rate else 0.0
        values.append(x)
    return values


NUMBERS = ["stationary", "sudden", "falling", "gradual", "periodic", "spread", "heavy", "levels", "tiny", "far", "constant", "step", "errors"]
BITS = ["errors", "fewer-errors", "slow-errors", "rare-errors", "steady-errors", "first-errors", "step"]
MODES = ["both", "up", "down"]

# Our names; RIVER_NAMES has River's where they differ.
SETS = {
    "page-hinkley": [{"mode": m} for m in MODES]
    + [{"threshold": 5.0, "mode": m} for m in MODES]
    + [{"minInstances": 5, "delta": 0.1, "threshold": 1.0, "alpha": 0.99}, {"minInstances": 1, "delta": 0.0, "threshold": 2.0, "alpha": 1.0}],
    "cusum": [{"mode": m} for m in MODES] + [{"minInstances": 100, "slack": 1.0, "threshold": 8.0}, {"minInstances": 1, "threshold": 3.0}],
    "ewma": [{"mode": m} for m in MODES]
    + [{"alpha": 0.5, "threshold": 2.5, "minInstances": 10}, {"alpha": 0.01, "threshold": 3.0}, {"alpha": 1.0, "threshold": 2.0, "minInstances": 1}],
    "adwin": [{}, {"delta": 0.1}, {"clock": 1}, {"clock": 1, "maxBuckets": 2, "minWindowLength": 1, "gracePeriod": 0, "delta": 0.05},
              {"clock": 7, "maxBuckets": 20, "minWindowLength": 50, "gracePeriod": 200}],
    "kswin": [{"seed": 42}, {"seed": 7, "alpha": 0.0001}, {"seed": -3, "alpha": 0.01, "windowSize": 300, "statSize": 20}, {"seed": 0, "alpha": 1.0, "windowSize": 10, "statSize": 5},
              {"seed": 123456789, "alpha": 0.001, "windowSize": 60, "statSize": 30}],
    "ddm": [{}, {"warmStart": 100, "warningThreshold": 1.0, "driftThreshold": 1.5}, {"warmStart": 1}],
    "eddm": [{}, {"alpha": 0.8, "beta": 0.75}, {"warmStart": 5, "alpha": 0.9, "beta": 0.9}],
    "hddm-a": [{}, {"twoSidedTest": True}, {"driftConfidence": 0.05, "warningConfidence": 0.2, "twoSidedTest": True}],
    "hddm-w": [{}, {"twoSidedTest": True}, {"driftConfidence": 0.05, "warningConfidence": 0.2, "lambda": 0.2, "twoSidedTest": True}, {"lambda": 1.0}],
    "stepd": [{"mode": m} for m in MODES] + [{"windowSize": 75, "alphaDrift": 0.01, "alphaWarning": 0.1}, {"windowSize": 1}],
}
KINDS = {name: NUMBERS for name in SETS}
KINDS.update({"ddm": BITS, "eddm": BITS, "stepd": BITS, "hddm-a": BITS + ["score"], "hddm-w": BITS + ["score"], "adwin": NUMBERS + ["score", "slow-errors"]})
RIVER_NAMES = {
    "minInstances": "min_instances", "maxBuckets": "max_buckets", "minWindowLength": "min_window_length", "gracePeriod": "grace_period",
    "windowSize": "window_size", "statSize": "stat_size", "warmStart": "warm_start", "warningThreshold": "warning_threshold",
    "driftThreshold": "drift_threshold", "driftConfidence": "drift_confidence", "warningConfidence": "warning_confidence",
    "lambda": "lambda_val", "twoSidedTest": "two_sided_test",
}


class Stepd:
    """Nishida and Yamauchi 2007; 1 = error. Everything is counted anew at every value."""

    def __init__(self, windowSize=30, alphaDrift=0.003, alphaWarning=0.05, mode="both"):
        self.size, self.drift, self.warning, self.mode = windowSize, alphaDrift, alphaWarning, mode
        self.values, self.drift_detected, self.warning_detected, self.p_value = [], False, False, None

    def update(self, x):
        if self.drift_detected:
            self.values = []
        self.values.append(x)
        self.drift_detected = self.warning_detected = False
        self.p_value = None
        older, recent = self.values[: -self.size], self.values[-self.size :]
        if len(older) < self.size:
            return
        rise = sum(recent) / len(recent) - sum(older) / len(older)
        p = sum(self.values) / len(self.values)
        v = 1 / len(older) + 1 / len(recent)
        watched = self.mode == "both" or (rise > 0 if self.mode == "up" else rise < 0)
        t = (abs(rise) - v / 2) / (p * (1 - p) * v) ** 0.5 if watched and 0 < p < 1 else 0.0
        self.p_value = min(1.0, 2 * float(scipy_stats.norm.sf(t)))
        self.drift_detected = self.p_value < self.drift
        self.warning_detected = not self.drift_detected and self.p_value < self.warning


class OldAdwin:
    """River's ADWIN around the old compiled window; in 2021 it did not start afresh after a detection."""

    def __init__(self, module, version, **parameters):
        self.make = lambda: module.AdaptiveWindowing(**parameters)
        self.version, self.window, self.drift_detected = version, self.make(), False

    def update(self, x):
        if self.drift_detected and self.version == "River2022":
            self.window = self.make()
        self.drift_detected = bool(self.window.update(x))

    width = property(lambda self: self.window.get_width())
    total = property(lambda self: self.window.get_total())
    variance = property(lambda self: self.window.get_variance())


def make(name, parameters, river, old):
    parameters = dict(parameters)
    version = parameters.pop("version", "River2026")
    if name == "stepd":
        return Stepd(**parameters)
    parameters = {RIVER_NAMES.get(key, key): value for key, value in parameters.items()}
    if version != "River2026":
        return OldAdwin(old, version, **parameters)
    drift = river.drift
    classes = {
        "page-hinkley": drift.PageHinkley, "cusum": drift.CUSUM, "ewma": drift.EWMA, "adwin": drift.ADWIN, "kswin": drift.KSWIN,
        "ddm": drift.binary.DDM, "eddm": drift.binary.EDDM, "hddm-a": drift.binary.HDDMA, "hddm-w": drift.binary.HDDMW,
    }
    return classes[name](**parameters)


def run(name, parameters, kind, seed, river, old):
    detector = make(name, parameters, river, old)
    drifts, warnings = [], []
    for i, x in enumerate(stream(kind, seed)):
        detector.update(x)
        if detector.drift_detected:
            drifts.append(i)
        if getattr(detector, "warning_detected", False):
            if warnings and warnings[-1][1] == i - 1:
                warnings[-1][1] = i
            else:
                warnings.append([i, i])
    case = {"detector": name, "parameters": parameters, "kind": kind, "seed": seed, "drifts": drifts[:SHOWN], "count": len(drifts), "sum": sum(drifts), "warnings": warnings}
    if name == "adwin":
        case["final"] = [float(detector.width), float(detector.total), float(detector.variance)]
    elif name in ("kswin", "stepd") and detector.p_value is not None:
        case["final"] = [float(detector.p_value)]
    return case


def main():
    sys.path.insert(0, sys.argv[1])
    import river
    import river.drift  # noqa: F401

    old = None
    if len(sys.argv) > 2:
        sys.path.insert(0, sys.argv[2])
        import adwin_c as old

    path = os.path.join(HERE, "streams.json")
    cases = []
    seed = 100
    for name, sets in SETS.items():
        for parameters in sets:
            for kind in KINDS[name]:
                seed += 10
                cases.append(run(name, parameters, kind, seed, river, old))
    if old is None:
        with open(path) as f:
            cases += [c for c in json.load(f)["cases"] if "version" in c["parameters"]]
    else:
        for version in ("River2022", "River2021"):
            for parameters in SETS["adwin"]:
                for kind in KINDS["adwin"]:
                    seed += 10
                    cases.append(run("adwin", {**parameters, "version": version}, kind, seed, river, old))
    draws = []
    for seed, n, k in [(0, 70, 30), (42, 70, 30), (-5, 10, 5), (2147483647, 400, 30), (7, 1000, 4), (1, 25, 5), (3, 300, 29)]:
        rng = random.Random(seed)
        draws.append({"seed": seed, "n": n, "samples": [rng.sample(range(n), k) for _ in range(12)]})
    with open(path, "w") as f:
        f.write('{"cases":[\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
        f.write('\n],"draws":[\n' + ",\n".join(json.dumps(d, separators=(",", ":")) for d in draws) + "\n]}\n")


main()
