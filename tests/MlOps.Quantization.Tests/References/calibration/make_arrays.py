"""Files of numpy and onnx, as base64, and the numbers in them. Made with Python 3.11, numpy 1.24, onnx 1.12.

Run: /usr/bin/python3 make_arrays.py > arrays.json
"""
import base64
import io
import json
import sys

import numpy as np
from onnx import numpy_helper

values = np.arange(12).reshape(3, 4)


def text(save):
    out = io.BytesIO()
    save(out)
    return base64.b64encode(out.getvalue()).decode()


types = ["<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4"]
npy = {t: text(lambda out: np.save(out, values.astype(t))) for t in types}
npy["|b1"] = text(lambda out: np.save(out, values % 2 == 0))
json.dump({
    "npy": npy,
    "fortran": text(lambda out: np.save(out, np.asfortranarray(values.astype("<f4")))),
    "bigEndian": text(lambda out: np.save(out, values.astype(">f4"))),
    "texts": text(lambda out: np.save(out, np.array(["a", "b"]))),
    "version2": text(lambda out: np.lib.format.write_array(out, values.astype("<f4"), version=(2, 0))),
    "npz": text(lambda out: np.savez(out, a=values.astype("<f4"), b=values[:, :2].astype("<i8"), y=np.array([1, 0, 2]))),
    "npzPacked": text(lambda out: np.savez_compressed(out, a=values.astype("<f4"), b=values[:, :2].astype("<i8"), y=np.array([1, 0, 2]))),
    "pb": base64.b64encode(numpy_helper.from_array(values.astype("<f4"), "whatever").SerializeToString()).decode(),
}, sys.stdout)
