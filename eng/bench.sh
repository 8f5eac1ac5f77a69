#!/usr/bin/env bash
# Measures us and the peer side by side in one run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
  --help | -h)
    # A benchmark is a folder with a class in it: the list cannot be out of date.
    names=$(cd "$root/bench" && for file in */*Bench.cs; do dirname "$file"; done | sort -u | paste -sd' ')
    cat <<HELP
Usage: ./mlops bench [name…] [--json FILE] [--markdown FILE] [-- arguments of one benchmark]
       all of them without a name

$(fold -s -w 100 <<<"Names: $names")

Each measures us and the peer in the same run. At the end one table has every ratio with the peer's version, below a description of the
machine; --json and --markdown write it to a file too. The peers (pandas, SciPy, scikit-learn, XGBoost, PyTorch, ipykernel, nbclient) come
from Debian. One that is not installed has a row that says so.

Examples
  ./mlops bench drift
  ./mlops bench drift -- 20 50000             20 columns, 50,000 rows
  ./mlops bench csv trees --json ratios.json
  ./mlops bench --markdown docs/benchmarks.md
HELP
    exit 0 ;;
esac

need_sdk
bash "$root/eng/setup.sh" --if-needed # the grading and kernel benchmarks run the command itself
build "build the benchmarks" "$root/bench/MlOps.Bench" # as the mlops command is built
publish "compile the benchmarks ahead of time" "$root/bench/MlOps.Bench" "$artifacts/bench"
exec dotnet "$artifacts/bench/MlOps.Bench.dll" "$@"
