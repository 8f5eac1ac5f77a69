#!/usr/bin/env bash
# Measures what a newcomer waits for: a bare clone, empty caches, then the verbs that the README names. Its figures are this script's.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
  --help | -h) echo "Usage: eng/minutes.sh      clones what is committed, sets it up with empty caches, and prints minutes and sizes; takes minutes and 2 GB"; exit 0 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
home="$work/home"
clone="$work/MlOpsCourse"
mkdir -p "$home/.nuget/NuGet"
# A home without a cache; only where packages come from stays as it is on this machine.
for settings in .npmrc .nuget/NuGet/NuGet.Config; do
  [ ! -f "$HOME/$settings" ] || cp "$HOME/$settings" "$home/$settings"
done
export HOME="$home" NUGET_PACKAGES="$home/packages" DOTNET_CLI_HOME="$home" npm_config_cache="$home/npm"
unset MLOPS_ROOT XDG_DATA_HOME XDG_CACHE_HOME XDG_CONFIG_HOME

# minutes SECONDS
minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }
megabytes() { du -sk "$@" 2>/dev/null | awk '{ n += $1 } END { printf "%d MB", n / 1024 }'; }

echo "$(nproc 2>/dev/null || sysctl -n hw.ncpu) cores, load$(uptime | sed 's/.*load average[s]*://')"
git clone -q "$root" "$clone"
cd "$clone"
start=$SECONDS
./mlops run &
run=$!
until [ -f artifacts/site/index.html ] || ! kill -0 $run 2>/dev/null; do sleep 0.5; done
chart=$((SECONDS - start))
until [ -f artifacts/.cli ] || ! kill -0 $run 2>/dev/null; do sleep 0.5; done
ready=$((SECONDS - start))
wait $run
all=$((SECONDS - start))

exercise=$(cd exercises/week12 && echo 12.3-*.cs)
cp "exercises/week12/solutions/$exercise" "exercises/week12/$exercise"
start=$SECONDS
./mlops check 12.3
check=$((SECONDS - start))

# Two students: one solved everything, one handed in a starter.
for student in ada bob; do mkdir -p "class/$student/week12"; done
cp exercises/week12/solutions/12.*.cs class/ada/week12/
git show HEAD:exercises/week12/"$exercise" >"class/bob/week12/$exercise"
start=$SECONDS
./mlops grade class --out graded
grade=$((SECONDS - start))
start=$SECONDS
./mlops run
again=$((SECONDS - start))

cat <<RESULT

first chart on a page             $(minutes $chart)
every notebook run                $(minutes $all)
checked exercise, as first use    $(minutes $((ready + check)))   (set-up $(minutes $ready), then $check s)
graded folder, as first use       $(minutes $((ready + grade)))   (set-up $(minutes $ready), then $grade s)
./mlops run, the second time      $(minutes $again)
disk: the clone $(megabytes "$clone"), packages for the build $(megabytes "$NUGET_PACKAGES")
load at the end$(uptime | sed 's/.*load average[s]*://')
RESULT
