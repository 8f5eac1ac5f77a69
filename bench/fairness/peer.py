"""The group table of a fairness report in pandas, for bench/fairness/FairnessBench.cs.

usage: peer.py DATA ROWS
DATA holds ROWS bytes of labels (0 or 1), ROWS of predictions, ROWS of group codes (0, 1, 2).
Prints one JSON object: the best seconds of one groupby over the four products with text groups and with categorical ones, the
seconds of one pass per group and rate as Fairlearn's MetricFrame does it (formulas only), and the rates, so that both sides can
be seen to have computed the same.
"""
import json
import sys
import time

import numpy as np
import pandas as pd


def group_by(frame):
    """Count, selection rate, TPR, FPR, PPV and accuracy of each group from one groupby."""
    y, p = frame["y"], frame["p"]
    sums = pd.DataFrame({"n": 1, "y": y, "p": p, "tp": y & p}).groupby(frame["group"], observed=True).sum()
    n, positives, selected, hits = sums["n"], sums["y"], sums["p"], sums["tp"]
    false = selected - hits
    return pd.DataFrame({
        "count": n, "sel": selected / n, "tpr": hits / positives, "fpr": false / (n - positives), "ppv": hits / selected,
        "acc": (n - positives - selected + 2 * hits) / n,
    })


def per_group(frame):
    """One function per rate, applied to the rows of each group."""
    def tpr(part):
        return part["p"][part["y"] == 1].mean()

    def fpr(part):
        return part["p"][part["y"] == 0].mean()

    def sel(part):
        return part["p"].mean()

    groups = frame.groupby("group")
    return pd.DataFrame({"sel": groups.apply(sel), "tpr": groups.apply(tpr), "fpr": groups.apply(fpr)})


def best(function, frame, repeats):
    seconds = np.inf
    for _ in range(repeats):
        start = time.perf_counter()
        table = function(frame)
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, table


def main():
    path, rows = sys.argv[1], int(sys.argv[2])
    labels, predictions, codes = np.fromfile(path, dtype=np.uint8).reshape(3, rows)
    names = np.array(["a", "b", "c"], dtype=object)
    frame = pd.DataFrame({"y": labels.astype(np.int64), "p": predictions.astype(np.int64), "group": names[codes]})
    categorical = frame.assign(group=pd.Categorical.from_codes(codes, ["a", "b", "c"]))
    group_by(frame.head(1000))
    by_text, table = best(group_by, frame, 3)
    by_category, _ = best(group_by, categorical, 3)
    each, _ = best(per_group, frame, 1)
    json.dump({
        "pandas": pd.__version__, "groupBy": by_text, "categories": by_category, "perGroup": each,
        "rates": {name: [float(value) for value in row] for name, row in zip(table.index, table.to_numpy())},
    }, sys.stdout)


main()
