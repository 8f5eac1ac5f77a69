#!/usr/bin/env bash
# Brings ONNX Runtime: Microsoft's package where a configured feed has it, else the same managed sources and the native
# library from npm. Where a GPU is asked for, the build for it. What was found is noted in fetched/source.props, which src/MlOps.Onnx builds by. Nothing fetched is committed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

here="$root/eng/onnxruntime"
fetched="$here/fetched"
rm -rf "$here"/.fetch.* # of a run that was killed; setup.sh lets only one run at a time
work=$(mktemp -d "$here/.fetch.XXXXXX") # on the same disk, so that the last step is a rename
trap 'rm -rf "$work"' EXIT

# note SOURCE [PACKAGE]
note() {
  printf '<Project>\n  <PropertyGroup>\n    <OnnxRuntimeFrom>%s</OnnxRuntimeFrom>\n    <OnnxRuntimePackage>%s</OnnxRuntimePackage>\n  </PropertyGroup>\n</Project>\n' "$1" "${2:-}" >"$work/fetched/source.props"
}

# on_feeds PACKAGE: true if a configured feed has it.
on_feeds() { attempt "look for $1 on the package feeds" dotnet restore "$here/probe/probe.csproj" --force-evaluate -p:OnnxRuntimePackage="$1"; }

# This platform's folder under Plugins; empty where the npm package has none.
plugins() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo Linux/x64 ;;
    Darwin-arm64) echo macOS/arm64 ;;
    MINGW*-x86_64 | MSYS*-x86_64 | CYGWIN*-x86_64) echo Windows/x64 ;;
    MINGW*-aarch64 | MSYS*-aarch64 | MINGW*-arm64) echo Windows/arm64 ;;
  esac
}

sha512() { node -e 'const h = require("crypto").createHash("sha512"); require("fs").createReadStream(process.argv[1]).on("data", d => h.update(d)).on("end", () => console.log("sha512-" + h.digest("base64")))' "$1"; }

# packed LIST: fetches the package that LIST names, checks it, and leaves its file's name in $file.
# Each line says where to stop: a step runs where bash does not stop at a failure by itself.
packed() {
  local package version integrity actual
  package=$(sed -n 's/^package=//p' "$here/$1")
  version=$(sed -n 's/^version=//p' "$here/$1")
  integrity=$(sed -n 's/^integrity=//p' "$here/$1")
  file="$package-$version.tgz"
  npm pack "$package@$version" --silent >/dev/null || { echo "error: npm could not fetch $package $version." >&2; return 1; }
  actual=$(sha512 "$file") || return
  if [ "$actual" != "$integrity" ]; then
    echo "error: $package $version has checksum $actual; $integrity was expected. Nothing of it is used." >&2
    return 1
  fi
}

from_npm() {
  local platform
  platform=$(plugins)
  cd "$work" || return
  packed source.txt || return
  tar -xzf "$file" package/Runtime package/LICENSE package/ThirdPartyNotices.txt ${platform:+"package/Plugins/$platform"} || return
  mkdir fetched/native && mv package/Runtime package/LICENSE package/ThirdPartyNotices.txt fetched/ || return
  [ -z "$platform" ] || find "package/Plugins/$platform" -type f ! -name '*.meta' -exec mv {} fetched/native/ \;
}

# In the place of the libraries that from_npm brought.
cuda_from_npm() {
  local library=package/bin/napi-v6/linux/x64/libonnxruntime.so.1 plugins=package/Plugins/Linux/x64
  cd "$work" || return
  packed gpu-library.txt || return
  tar -xzf "$file" "$library" && mv "$library" fetched/native/libonnxruntime.so || return
  packed gpu-cuda.txt || return
  tar -xzf "$file" "$plugins/libonnxruntime_providers_cuda.so" "$plugins/libonnxruntime_providers_shared.so" && mv "$plugins"/*.so fetched/native/
}

mkdir "$work/fetched"
! wants_gpu || : >"$work/fetched/gpu" # asked for, had or not: the next command does not ask again
if wants_gpu && on_feeds Microsoft.ML.OnnxRuntime.Gpu; then
  note package Microsoft.ML.OnnxRuntime.Gpu
elif ! { wants_gpu && [ "$(plugins)" = Linux/x64 ]; } && on_feeds Microsoft.ML.OnnxRuntime; then
  note package Microsoft.ML.OnnxRuntime
  ! wants_gpu || no_gpu=1
else
  have npm || { echo "mlops: no configured feed has Microsoft.ML.OnnxRuntime, and Node.js with npm, which brings its sources, is missing. Install it:  $(mend 'nodejs npm' node OpenJS.NodeJS.LTS)" >&2; exit 2; }
  step "fetch ONNX Runtime through npm (150 MB)" from_npm
  note sources
  if ! wants_gpu; then
    [ -n "$(plugins)" ] || echo "  ! there is no native ONNX Runtime for $(uname -s) $(uname -m) here: models can be written, not run. A feed with Microsoft.ML.OnnxRuntime has one." >&2
  elif [ "$(plugins)" = Linux/x64 ]; then
    step "fetch its CUDA part through npm (290 MB)" cuda_from_npm
  else
    no_gpu=1
  fi
fi
[ -z "${no_gpu:-}" ] || echo "  ! there is no ONNX Runtime for a GPU for $(uname -s) $(uname -m) here. A feed with Microsoft.ML.OnnxRuntime.Gpu has one." >&2
[ ! -d "$work/fetched/native" ] || find "$work/fetched/native" -type f -exec touch {} + # builds copy what is newer than the copy they have
cp "$here/source.txt" "$work/fetched/" # tells later runs which version this is
rm -rf "$fetched"
mv "$work/fetched" "$fetched"
