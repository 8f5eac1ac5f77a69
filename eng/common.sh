# shellcheck shell=bash
# Shared by the scripts in this folder; sourced, never run.
root=${MLOPS_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
artifacts="$root/artifacts"
web="$root/eng/web"

have() { command -v "$1" >/dev/null 2>&1; }

# mend APT BREW WINGET: the one command that installs something on this system.
mend() {
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo "
  if have apt-get; then echo "${sudo}apt-get update && ${sudo}apt-get install -y $1"
  elif have brew; then echo "brew install $2"
  elif have winget; then echo "winget install $3"
  else echo "install $2 with your package manager"
  fi
}

# Debian has no package of the SDK, so Linux gets Microsoft's install script.
sdk_mend() {
  if have brew || have winget; then mend "" dotnet-sdk Microsoft.DotNet.SDK.10
  else echo "curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
  fi
}

has_sdk() { have dotnet && dotnet --list-sdks 2>/dev/null | grep -Eq '^(1[0-9]|[2-9][0-9])\.'; }

# SDK 10 or later must be there; anything else is told in one line.
need_sdk() {
  has_sdk || { echo "mlops: the .NET 10 SDK is missing. Install it:  $(sdk_mend)" >&2; exit 2; }
}

# attempt TITLE COMMAND…: runs it with its output in a log and shows that it is alive. Returns its status and says nothing on failure.
attempt() {
  local title=$1 start=$SECONDS status=0
  shift
  mkdir -p "$artifacts/logs"
  log="$artifacts/logs/$(echo "$title" | tr -c 'A-Za-z0-9\n' '-').log"
  if [ -t 2 ]; then
    "$@" >"$log" 2>&1 </dev/null &
    local pid=$!
    trap 'kill $pid 2>/dev/null; exit 130' INT TERM
    while kill -0 $pid 2>/dev/null; do
      printf '\r  … %s (%d s)' "$title" $((SECONDS - start)) >&2
      sleep 0.2
    done
    wait $pid || status=$?
    trap - INT TERM
    printf '\r' >&2
  else
    echo "  … $title" >&2
    "$@" >"$log" 2>&1 </dev/null || status=$?
  fi
  [ $status -ne 0 ] || echo "  ✓ $title ($((SECONDS - start)) s)" >&2
  return $status
}

# step TITLE COMMAND…: an attempt that must succeed; else it shows what the command said last and ends the script.
step() {
  attempt "$@" && return
  echo "  ✗ $1" >&2
  # MSBuild says each error once per project and once more at the end.
  { grep -E 'error|ERR!' "$log" | sort -u | head -n 12 | grep . || tail -n 12 "$log"; } >&2
  echo "mlops: '$1' failed; the whole log is in $log. './mlops doctor' checks what this machine lacks." >&2
  exit 2
}

# build TITLE PROJECT: for this machine, and so that it can be compiled ahead of time, where the feed has the compiler for that.
build() {
  local title=$1 project=$2
  for_here="--use-current-runtime -p:PublishReadyToRun=true"
  # Style is what './mlops test' checks. Who is here to use the course need not wait for it; who builds the tests has compiled with it already.
  [ -d "$artifacts/bin/MlOps.Cli.Tests" ] || for_here="$for_here -p:RunAnalyzers=false"
  # shellcheck disable=SC2086 # several options
  if ! attempt "restore packages" dotnet restore "$project" $for_here; then
    for_here=""
    step "restore packages, without ahead-of-time compilation" dotnet restore "$project"
  fi
  # shellcheck disable=SC2086
  step "$title" dotnet build "$project" -c Release --no-restore --no-self-contained $for_here -v minimal
}

# publish TITLE PROJECT FOLDER: what was just built, compiled ahead of time, which halves the time to start.
publish() {
  # shellcheck disable=SC2086
  step "$1" dotnet publish "$2" -c Release --no-build --no-self-contained $for_here -o "$3" -v minimal
}

# make_command THEN: the mlops command in artifacts/mlops. THEN is called when it can run and is not yet compiled ahead of time.
make_command() {
  local started
  started=$(mktemp)
  build "build the course" "$root/src/MlOps.Cli"
  "$1"
  publish "compile it ahead of time" "$root/src/MlOps.Cli" "$artifacts/mlops"
  # The stamp bears the time the build began: a file edited meanwhile is built next time.
  touch -r "$started" "$artifacts/.cli"
  rm -f "$started"
}

# fresh STAMP PATH…: true if nothing under the paths is newer than the stamp.
fresh() {
  local stamp=$1
  shift
  [ -f "$stamp" ] && [ -z "$(find "$@" \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

web_ready() { [ -f "$artifacts/.web" ] && [ -d "$web/node_modules/plotly.js-dist-min" ] && fresh "$artifacts/.web" "$web/package.json" "$web/package-lock.json"; }

# A GPU is asked for by ./mlops setup --gpu, and by the variable that says what models run on.
wants_gpu() { case "${MLOPS_PROVIDERS:-}" in *cuda*) true ;; *) false ;; esac; }

# What was fetched is for the version that is wanted now, and for a GPU if one is asked for.
onnxruntime_ready() {
  [ -f "$root/eng/onnxruntime/fetched/source.props" ] && cmp -s "$root/eng/onnxruntime/source.txt" "$root/eng/onnxruntime/fetched/source.txt" &&
    { ! wants_gpu || [ -f "$root/eng/onnxruntime/fetched/gpu" ]; }
}

cli_ready() {
  [ -f "$artifacts/mlops/mlops.dll" ] &&
    fresh "$artifacts/.cli" "$root/src" "$root/tests/MlOps.Exercises.Tests" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json"
}

# Two first uses at once: the second waits for the first. A lock whose owner is gone counts for nothing.
lock() {
  mkdir -p "$artifacts"
  local waited=0
  until mkdir "$artifacts/.lock" 2>/dev/null; do
    local owner
    owner=$(cat "$artifacts/.lock/pid" 2>/dev/null || true)
    if { [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; } || { [ -z "$owner" ] && [ $waited -gt 5 ]; }; then
      rm -rf "$artifacts/.lock"
      continue
    fi
    [ $waited -eq 0 ] && echo "  … waiting for another mlops that is setting up" >&2
    waited=$((waited + 1))
    sleep 1
  done
  echo $$ >"$artifacts/.lock/pid"
  trap 'rm -rf "$artifacts/.lock"' EXIT
}
