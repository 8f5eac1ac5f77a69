#!/usr/bin/env bash
# shellcheck disable=SC2317 # called by name through check
# Lists every requirement with ✓ or ✗, and after each ✗ the one command that mends it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
  --help | -h) echo "Usage: ./mlops doctor      exit code 0 if the course can run, 1 if something it needs is missing"; exit 0 ;;
esac

broken=0
# check LEVEL NAME REMEDY COMMAND…: the command's first output line is shown; it fails if the requirement is not met.
check() {
  local level=$1 name=$2 remedy=$3 found
  shift 3
  if found=$("$@" 2>/dev/null); then
    printf '  ✓ %-26s %s\n' "$name" "$(echo "$found" | head -n 1)"
  else
    printf '  ✗ %-26s mend:  %s\n' "$name" "$remedy"
    [ "$level" = optional ] || broken=$((broken + 1))
  fi
}

sdk() { has_sdk && dotnet --list-sdks | grep -E '^(1[0-9]|[2-9][0-9])\.' | tail -n 1 | cut -d' ' -f1; }
node_version() { have node && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' && node --version; }
built() { cli_ready && echo "artifacts/mlops"; }
web_libraries() {
  web_ready && for package in plotly.js-dist-min katex @highlightjs/cdn-assets; do
    printf '%s %s  ' "$package" "$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$web/node_modules/$package/package.json" | head -n 1)"
  done
}
disk() { [ "$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024) }')" -ge 2048 ] && df -Ph "$root" | awk 'NR == 2 { print $4 " free" }'; }
nbformat() { /usr/bin/python3 -c 'import nbformat; print(nbformat.__version__)'; }
browser() { "$(command -v chromium || command -v chromium-browser || command -v google-chrome)" --version; }
postgres() { ls -d /usr/lib/postgresql/*/bin/initdb && true; }
# The command looks where VS Code and Jupyter look. Where it says no, the reason follows the command that mends it.
kernel() { [ -f "$artifacts/mlops/mlops.dll" ] && MLOPS_ROOT="$root" dotnet "$artifacts/mlops/mlops.dll" kernel status; }
kernel_mend() {
  local said
  said=$(kernel 2>/dev/null) || true
  echo "./mlops kernel install${said:+   ($said)}"
}
# Loads the native library and asks it, so that a library that is there and does not load is seen.
onnx_runtime() { onnxruntime_ready && [ -f "$artifacts/mlops/mlops.dll" ] && MLOPS_ROOT="$root" dotnet "$artifacts/mlops/mlops.dll" onnx status; }
# In many containers bubblewrap is there and may not do its work.
sandbox_mend() {
  if have bwrap; then echo "not here: bwrap is installed, but this container or system forbids what it does. Your own exercises are checked without it"
  else mend bubblewrap bubblewrap bubblewrap
  fi
}
sandbox() { bwrap --unshare-all --ro-bind / / true && bwrap --version; }
peers() { /usr/bin/python3 -c 'import scipy, pandas, jupyter_client, ipykernel; print("SciPy", scipy.__version__, " pandas", pandas.__version__)'; }
# On Debian NumPy takes whatever BLAS is installed, and the reference one would be no peer.
learners() { /usr/bin/python3 -c 'import sklearn, xgboost, torch; print("scikit-learn", sklearn.__version__, " XGBoost", xgboost.__version__, " PyTorch", torch.__version__); exit("openblas" not in open("/proc/self/maps").read())'; }

gpus=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null) || gpus=""
# A driver is not enough: the command lets CUDA compute one number.
cuda_says() { [ ! -f "$artifacts/mlops/mlops.dll" ] || MLOPS_ROOT="$root" MLOPS_PROVIDERS=cuda dotnet "$artifacts/mlops/mlops.dll" onnx status 2>/dev/null | sed -n 's/^cuda: //p'; }
cuda() { [ "$(cuda_says)" = computes ] && echo "$gpus"; }
cuda_mend() {
  local said
  said=$(cuda_says) || true
  echo "./mlops setup --gpu${said:+   ($said)}"
}

echo "The course needs"
check required "git" "$(mend git git Git.Git)" git --version
check required ".NET SDK 10 or later" "$(sdk_mend)" sdk
check required "Node.js 18 or later" "$(mend nodejs node OpenJS.NodeJS.LTS)" node_version
check required "npm" "$(mend npm node OpenJS.NodeJS.LTS)" npm --version
check required "2 GB of disk" "delete what you can spare; artifacts/ itself may go" disk
check required "the built command" "./mlops setup" built
check required "plotly.js, KaTeX, highlight" "./mlops setup" web_libraries
check required "ONNX Runtime" "./mlops setup" onnx_runtime
echo "Notebooks in VS Code and Jupyter need"
check optional "the C# kernel" "$(kernel_mend)" kernel
echo "Models run faster with (nothing in the course needs it)"
if [ -n "$gpus" ]; then
  check optional "a GPU" "$(cuda_mend)" cuda
else
  printf '  – %-26s none that an NVIDIA driver lists; the CPU computes\n' "a GPU"
fi
# The rest is looked for where Debian has it, and could not be mended elsewhere.
case "$OSTYPE" in
  linux*)
    echo "Running other people's code needs"
    check optional "bubblewrap" "$(sandbox_mend)" sandbox
    echo "Some tests also use (they are skipped without)"
    check optional "Python's nbformat" "$(mend python3-nbformat jupyterlab Python.Python.3.12)" nbformat
    check optional "PostgreSQL" "$(mend postgresql postgresql PostgreSQL.PostgreSQL)" postgres
    check optional "Chromium" "$(mend chromium chromium Google.Chrome)" browser
    echo "./mlops bench compares us with"
    check optional "SciPy, pandas, ipykernel" "$(mend 'python3-scipy python3-pandas python3-jupyter-client python3-ipykernel' jupyterlab Python.Python.3.12)" peers
    check optional "scikit-learn, PyTorch" "$(mend 'python3-sklearn python3-xgboost python3-torch libopenblas0-pthread' jupyterlab Python.Python.3.12)" learners
    ;;
  *) echo "Other people's code runs without a sandbox here (bubblewrap is for Linux). Your own exercises need none." ;;
esac
if [ $broken -eq 0 ]; then
  echo "Everything that the course needs is here."
else
  echo "Missing: $broken of what the course needs. Run what stands after 'mend:', from the top; then ./mlops doctor again."
  exit 1
fi
