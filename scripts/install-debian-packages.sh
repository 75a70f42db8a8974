#!/usr/bin/env bash
# Installs what is missing of scripts/debian-packages.txt, when root and on Debian. A failure is only reported here: the
# tests that need the package fail by name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [ "$(id -u)" -ne 0 ] || ! [ -e /etc/debian_version ] || ! command -v apt-get >/dev/null; then
  exit 0
fi

missing=()
while read -r package; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done < <(grep -v -e '^#' -e '^$' debian-packages.txt)

if [ "${#missing[@]}" -eq 0 ]; then
  exit 0
fi

echo "Installing Debian packages: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -qq -y --no-install-recommends "${missing[@]}"; } >&2; then
  echo "Could not install: ${missing[*]}. The tests that need them will say so." >&2
fi
