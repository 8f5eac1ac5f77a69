#!/usr/bin/env bash
# Measures us and the peer side by side in one run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
  --help | -h)
    cat <<'HELP'
Usage: ./mlops bench [clusters|csv|drift|engine|estimation|fairness|grading|int8|kernel|linear|metrics|multivariate|neural|onnx|pipeline|quality|quantize|shap|sketches|sql|streams|tracking|trees|treeshap]…
       all of them without a name

Each prints our time, the peer's time and the ratio, measured in the same run.
The peers (pandas, SciPy, scikit-learn, XGBoost, PyTorch, ipykernel, nbclient) come from Debian; './mlops doctor' says whether they are here.

Examples
  ./mlops bench drift
  ./mlops bench drift -- 20 50000     20 columns, 50,000 rows
  ./mlops bench
HELP
    exit 0 ;;
esac

need_sdk
bash "$root/eng/setup.sh" --if-needed # the grading and kernel benchmarks run the command itself
publish "build the benchmarks" "$root/bench/MlOps.Bench" "$artifacts/bench" # as the mlops command is built
exec dotnet "$artifacts/bench/MlOps.Bench.dll" "$@"
