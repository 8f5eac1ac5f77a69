#!/usr/bin/env bash
# Brings what the verbs need: the built command and the web libraries of the site. Does nothing twice.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

part=all
case "${1:-}" in
  --help | -h) echo "Usage: ./mlops setup      builds the course and fetches ONNX Runtime, plotly.js, KaTeX and the highlighter (needs the network once)"; exit 0 ;;
  --if-needed) ;;
  --web) part=web ;; # the tests build the rest themselves, from what is fetched here
  --cli) part=cli ;; # the kernel runs without the web libraries, so it is set up without Node.js
esac

ready() { onnxruntime_ready && { [ $part = web ] || cli_ready; } && { [ $part = cli ] || web_ready; }; }
[ $# -gt 0 ] && ready && exit 0

need_sdk
[ $part = cli ] || have npm || { echo "mlops: Node.js with npm is missing (it brings plotly.js for the charts). Install it:  $(mend 'nodejs npm' node OpenJS.NodeJS.LTS)" >&2; exit 2; }
lock
ready && { echo "  ✓ everything is set up" >&2; exit 0; }
if [ -f "$artifacts/.cli" ]; then
  echo "Something changed since the last build:" >&2
else
  echo "Setting up (this happens once):" >&2
fi
if [ $part != cli ] && ! web_ready; then
  step "fetch plotly.js, KaTeX, Mermaid and the highlighter" npm --prefix "$web" ci --no-audit --no-fund --ignore-scripts
  touch "$artifacts/.web"
fi
onnxruntime_ready || bash "$root/eng/onnxruntime/fetch.sh"
if [ $part != web ] && ! cli_ready; then
  started=$(mktemp)
  publish "build the course" "$root/src/MlOps.Cli" "$artifacts/mlops"
  # The stamp bears the time the build began: a file edited meanwhile is built next time.
  touch -r "$started" "$artifacts/.cli"
  rm -f "$started"
fi
