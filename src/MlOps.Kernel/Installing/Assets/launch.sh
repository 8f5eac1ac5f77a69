#!/bin/sh
# Starts the course's C# kernel. Written by './mlops kernel install'.
# course.txt beside it holds the folder of the course and the folder of .NET, a line each.
{ IFS= read -r root && IFS= read -r dotnet; } <"${0%/*}/course.txt" || exit 1

# An editor started from the desktop does not have the PATH of a shell; .NET must be found all the same.
if [ -x "$dotnet/dotnet" ]; then
  export DOTNET_ROOT="$dotnet" PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}:$dotnet"
fi

export MLOPS_ROOT="$root"
if [ -x "$root/artifacts/mlops/mlops" ]; then
  exec "$root/artifacts/mlops/mlops" kernel start "$@"
elif [ -f "$root/mlops" ]; then
  exec bash "$root/mlops" kernel start "$@" # builds the command first
fi

# The remedy comes first: some editors show only the beginning of what a kernel says.
echo "Run './mlops kernel install' in the course's new folder: the course is no longer at $root." >&2
exit 1
