#!/bin/sh
# Rebuild intake/web/static/vendor from the pinned packages. For the maintainer; needs Node, and Python with fonttools and brotli.
# Usage: scripts/ui/build.sh WORK_FOLDER   (node_modules stays there, outside the repository)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${1:?usage: build.sh WORK_FOLDER}
python=${PYTHON:-python3}
vendor=$root/intake/web/static/vendor

mkdir -p "$work" "$vendor/fonts"
cp "$here/package.json" "$work/package.json"
(cd "$work" && npm install --no-audit --no-fund --omit-lockfile-registry-resolved)
packages=$work/node_modules

"$packages/.bin/sass" --load-path="$packages" --style=compressed --no-source-map --quiet-deps "$here/kit.scss" "$vendor/kit.css"
sed '/^\/\/# sourceMappingURL=/d' "$packages/govuk-frontend/dist/govuk/govuk-frontend.min.js" >"$vendor/govuk-frontend.min.js"
sed '/^\/\/# sourceMappingURL=/d' "$packages/htmx.org/dist/htmx.min.js" >"$vendor/htmx.min.js"
cp "$packages/htmx.org/LICENSE" "$vendor/htmx.LICENSE.txt"
# Only when the family changes (woff2 carries a time stamp, so the bytes would differ each time):
#   "$python" "$here/make_fonts.py" "$packages/@fontsource/be-vietnam-pro/files" "$vendor/fonts"
"$python" "$here/manifest.py" "$vendor"
