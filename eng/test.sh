#!/usr/bin/env bash
# Every test of the solution. The last line is "N passed, N failed"; the exit code is 1 if one failed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
  --help | -h)
    cat <<'HELP'
Usage: ./mlops test [options of dotnet test]

Runs every test. Tests that need Debian's Jupyter packages, Chromium, bubblewrap, PostgreSQL or npm packages are skipped where these
are missing, with the reason; as root on a system with apt they are installed first. The whole takes a quarter of an hour on two cores.

A filter makes a quick loop: it builds what changed and runs the tests whose full name, namespace and class included, holds the word. With one, tests of
the command run the one just built; without, the one that users have, compiled ahead of time.

Examples
  ./mlops test
  ./mlops test --filter "FullyQualifiedName~Drift"
  ./mlops test --filter "FullyQualifiedName~CheckVerbTests.Check_"
HELP
    exit 0 ;;
esac

need_sdk
bash "$root/eng/setup.sh" --web
lock

if [ "$(id -u)" = 0 ] && have apt-get; then
  missing=()
  /usr/bin/python3 -c 'import nbformat' 2>/dev/null || missing+=(python3-nbformat)
  /usr/bin/python3 -c 'import jupyter_kernel_test, nbclient, nbconvert, zmq' 2>/dev/null || missing+=(python3-jupyter-kernel-test python3-nbclient python3-nbconvert)
  /usr/bin/python3 -c 'import ipykernel, notebook' 2>/dev/null || missing+=(jupyter-notebook python3-ipykernel)
  have chromium || missing+=(chromium)
  have bwrap || missing+=(bubblewrap)
  compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)
  if [ ${#missing[@]} -gt 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    step "update the package lists" apt-get update -q
    known=()
    for package in "${missing[@]}"; do # Ubuntu, for one, has no package of Chromium; the tests that miss it say so
      ! apt-cache show "$package" >/dev/null 2>&1 || known+=("$package")
    done
    [ ${#known[@]} -eq 0 ] || step "install for the tests ${known[*]}" apt-get install -q -y --no-install-recommends "${known[@]}"
  fi
fi

# The clients in JavaScript that the kernel is tested with, and the tools that look at pages, schemas and workflows.
for clients in "$root/tests/MlOps.Cli.Tests/Kernel/Clients" "$root/tests/MlOps.Kernel.Tests/Transport/zeromq" "$root/tests/MlOps.Course.Tests/Tools"; do
  if [ -f "$clients/package.json" ] && ! [ "$clients/node_modules/.package-lock.json" -nt "$clients/package-lock.json" ]; then
    step "fetch npm packages for ${clients#"$root/tests/"}" npm --prefix "$clients" ci --no-audit --no-fund --ignore-scripts
  fi
done

everything=$([ $# -gt 0 ] || echo yes)
# In the student edition the exercises' tests look at the student's own files, which is what check is for.
if [ $# -eq 0 ] && ! compgen -G "$root/exercises/week*/solutions" >/dev/null; then
  echo "  The exercises are not tested here: './mlops check' does that." >&2
  set -- --filter "FullyQualifiedName!~MlOps.Exercises.Tests"
fi

step "build the solution" dotnet build "$root/MlOpsCourse.sln" -c Release -v minimal
if [ -n "$everything" ]; then
  cli_ready || make_command :
  # The tests run the command that users have, and compile with its compiler: the same assemblies, compiled ahead of time. dotnet build puts its own back.
  export MLOPS_COMMAND="$artifacts/mlops/mlops.dll"
  for compiler in "$artifacts"/bin/MlOps.*.Tests/release/Microsoft.CodeAnalysis*.dll; do
    ! [ -f "$artifacts/mlops/${compiler##*/}" ] || cp "$artifacts/mlops/${compiler##*/}" "$compiler"
  done
  export DOTNET_TieredPGO=0 # watching code in order to make it faster costs more than it brings to processes that live for seconds
fi
results="$artifacts/test-results"
rm -rf "$results"
status=0
dotnet test "$root/MlOpsCourse.sln" -c Release --no-build --results-directory "$results" "$@" || status=$?

count() { cat "$results"/*.trx 2>/dev/null | grep -oE "<Counters [^>]*" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(count passed)
# A test host that crashed leaves a file without a failed test; its run outcome says so.
failed=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted)))
skipped=$(($(count total) - $(count executed)))
if [ "$failed" -eq 0 ] && [ "$status" -ne 0 ]; then
  echo "A test run ended early or did not start (see above); it counts as one failure." >&2
  failed=1
fi
if [ "$skipped" -gt 0 ]; then
  echo "$skipped skipped: './mlops doctor' names what they need."
  if [ "${CI:-}" = true ]; then
    echo "CI skips nothing: a skipped test counts as failed here." >&2
    failed=$((failed + skipped))
  fi
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
