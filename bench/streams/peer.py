"""River's streaming detectors, for bench/streams/StreamsBench.cs.

usage: peer.py DATA COUNT SHARE
DATA holds COUNT little-endian doubles, then as many 0s and 1s. Detectors written in Python take the first COUNT / SHARE values, KSWIN a
hundredth of these, the compiled ADWIN all. River is imported from the folder $RIVER_PATH if that is set, else from the installed
packages. Prints one JSON object; without River its "rates" are empty and "river" says how to get it.
"""
import array
import json
import os
import sys
import time

if os.environ.get("RIVER_PATH"):
    sys.path.insert(0, os.environ["RIVER_PATH"])


def timed(detector, values):
    update = detector.update
    drifts = 0
    start = time.perf_counter()
    for x in values:
        update(x)
        if detector.drift_detected:
            drifts += 1
    seconds = time.perf_counter() - start
    return {"rate": len(values) / seconds, "values": len(values), "drifts": drifts}


def main():
    try:
        import river
        from river import drift
    except ImportError as error:
        json.dump({"river": f"not here ({error}); 'pip install river', or set RIVER_PATH to the folder that holds its package", "rates": {}}, sys.stdout)
        return

    path, count, share = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    data = array.array("d")
    with open(path, "rb") as file:
        data.fromfile(file, 2 * count)
    all_numbers = data[:count]
    numbers, bits = all_numbers[: count // share].tolist(), [int(x) for x in data[count : count + count // share]]
    makers = {
        "cusum": (getattr(drift, "CUSUM", None), numbers),
        "ewma": (getattr(drift, "EWMA", None), numbers),
        "page-hinkley": (drift.PageHinkley, numbers),
        "kswin": (lambda: drift.KSWIN(seed=42), numbers[: max(1, len(numbers) // 100)]),
        "ddm": (drift.binary.DDM, bits),
        "eddm": (drift.binary.EDDM, bits),
        "hddm-a": (getattr(drift.binary, "HDDMA", None) or drift.binary.HDDM_A, bits),
        "hddm-w": (getattr(drift.binary, "HDDMW", None) or drift.binary.HDDM_W, bits),
        "adwin": (drift.ADWIN, all_numbers.tolist()),
    }
    rates = {}
    for name, (make, values) in makers.items():
        if make is not None:
            rates[name] = max((timed(make(), values) for _ in range(2)), key=lambda r: r["rate"])
    run = getattr(getattr(getattr(drift, "adwin_c", None), "AdaptiveWindowing", None), "run", None)
    if run is not None:  # a build of River's adwin.rs that can loop by itself
        seconds = []
        for _ in range(5):
            window = drift.adwin_c.AdaptiveWindowing()
            start = time.perf_counter()
            window.run(all_numbers)
            seconds.append(time.perf_counter() - start)
        rates["adwin-loop"] = {"rate": count / min(seconds)}
    json.dump({"river": f"{river.__version__}, Python {sys.version.split()[0]}", "rates": rates}, sys.stdout)


main()
