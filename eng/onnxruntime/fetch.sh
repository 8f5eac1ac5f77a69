#!/usr/bin/env bash
# Brings ONNX Runtime: Microsoft's package where a configured feed has it, else the same managed sources and the native
# library from npm. What was found is noted in fetched/source.props, which src/MlOps.Onnx builds by. Nothing fetched is committed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

here="$root/eng/onnxruntime"
fetched="$here/fetched"
rm -rf "$here"/.fetch.* # of a run that was killed; setup.sh lets only one run at a time
work=$(mktemp -d "$here/.fetch.XXXXXX") # on the same disk, so that the last step is a rename
trap 'rm -rf "$work"' EXIT

note() { printf '<Project>\n  <PropertyGroup>\n    <OnnxRuntimeFrom>%s</OnnxRuntimeFrom>\n  </PropertyGroup>\n</Project>\n' "$1" >"$work/fetched/source.props"; }

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

# Each line says where to stop: a step runs where bash does not stop at a failure by itself.
from_npm() {
  local package version integrity actual platform
  package=$(sed -n 's/^package=//p' "$here/source.txt")
  version=$(sed -n 's/^version=//p' "$here/source.txt")
  integrity=$(sed -n 's/^integrity=//p' "$here/source.txt")
  cd "$work" || return
  npm pack "$package@$version" --silent >/dev/null || { echo "error: npm could not fetch $package $version." >&2; return 1; }
  actual=$(sha512 "$package-$version.tgz") || return
  if [ "$actual" != "$integrity" ]; then
    echo "error: $package $version has checksum $actual; $integrity was expected. Nothing of it is used." >&2
    return 1
  fi

  platform=$(plugins)
  tar -xzf "$package-$version.tgz" package/Runtime package/LICENSE package/ThirdPartyNotices.txt ${platform:+"package/Plugins/$platform"} || return
  mkdir fetched/native && mv package/Runtime package/LICENSE package/ThirdPartyNotices.txt fetched/ || return
  [ -z "$platform" ] || find "package/Plugins/$platform" -type f ! -name '*.meta' -exec mv {} fetched/native/ \;
}

mkdir "$work/fetched"
if attempt "look for Microsoft.ML.OnnxRuntime on the package feeds" dotnet restore "$here/probe/probe.csproj" --force-evaluate; then
  note package
else
  have npm || { echo "mlops: no configured feed has Microsoft.ML.OnnxRuntime, and Node.js with npm, which brings its sources, is missing. Install it:  $(mend 'nodejs npm' node OpenJS.NodeJS.LTS)" >&2; exit 2; }
  step "fetch ONNX Runtime through npm (150 MB)" from_npm
  note sources
  [ -n "$(plugins)" ] || echo "  ! there is no native ONNX Runtime for $(uname -s) $(uname -m) here: models can be written, not run. A feed with Microsoft.ML.OnnxRuntime has one." >&2
fi
cp "$here/source.txt" "$work/fetched/" # tells later runs which version this is
rm -rf "$fetched"
mv "$work/fetched" "$fetched"
