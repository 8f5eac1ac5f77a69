#!/usr/bin/env bash
# Brings what the verbs need: the built command and the web libraries of the site. Does nothing twice.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

part=all
case "${1:-}" in
  --help | -h) echo "Usage: ./mlops setup [--gpu]      builds the course and fetches ONNX Runtime, plotly.js, KaTeX and the highlighter (needs the network once); --gpu: ONNX Runtime for CUDA"; exit 0 ;;
  --gpu) export MLOPS_PROVIDERS=cuda; shift ;;
  --if-needed) ;;
  --web) part=web ;; # the tests build the rest themselves, from what is fetched here
  --cli) part=cli ;; # the kernel runs without the web libraries, so it is set up without Node.js
esac

ready() { onnxruntime_ready && { [ $part = web ] || cli_ready; } && { [ $part = cli ] || web_ready; }; }
[ $# -gt 0 ] && ready && exit 0

# The pages need no command that starts fast: a newcomer has charts to look at while the rest is made.
first_pages() {
  local built
  for built in "$artifacts"/bin/MlOps.Cli/release*/mlops.dll; do
    if [ $part = all ] && [ -f "$built" ] && ! [ -f "$artifacts/site/index.html" ]; then
      MLOPS_ROOT="$root" dotnet "$built" run --stored >&2
    fi
  done
}

need_sdk
[ $part = cli ] || have npm || { echo "mlops: Node.js with npm is missing (it brings plotly.js for the charts). Install it:  $(mend 'nodejs npm' node OpenJS.NodeJS.LTS)" >&2; exit 2; }
lock
ready && { echo "  ✓ everything is set up" >&2; exit 0; }
if [ -f "$artifacts/.cli" ]; then
  echo "Something changed since the last build:" >&2
else
  echo "Setting up (this happens once; with two cores and a fast line it takes three to four minutes):" >&2
fi

# The network and the compiler work beside each other. What the fetch says is shown when it is done.
if ! onnxruntime_ready; then
  mkdir -p "$artifacts/logs"
  bash "$root/eng/onnxruntime/fetch.sh" >"$artifacts/logs/onnxruntime.log" 2>&1 &
  fetch=$!
  trap 'kill "$fetch" 2>/dev/null || true; rm -rf "$artifacts/.lock"' EXIT
fi
if [ $part != cli ] && ! web_ready; then
  step "fetch plotly.js, KaTeX, Mermaid and the highlighter" npm --prefix "$web" ci --no-audit --no-fund --ignore-scripts
  touch "$artifacts/.web"
fi
if [ -n "${fetch:-}" ]; then
  if [ $part != web ] && kill -0 "$fetch" 2>/dev/null; then
    build "build what needs no ONNX Runtime" "$root/src/MlOps.Kernel"
  fi
  status=0
  wait "$fetch" || status=$?
  grep -v '^  …' "$artifacts/logs/onnxruntime.log" >&2 || true # these steps are over
  [ $status -eq 0 ] || exit $status
  rm -f "$artifacts/.cli" # what was built has the one before in it
fi
[ $part = web ] || cli_ready || make_command first_pages
