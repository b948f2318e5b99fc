# System packages: what no Python package carries. Sourced by ./run.

has_library() { { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1"; }
has_command() { command -v "$1" >/dev/null 2>&1; }
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

# The first Python that is new enough; empty when there is none.
# The distribution's Python first: those that version managers build lack its optimisation and are an eighth slower.
find_python() {
    for name in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

python_packages() {
    python=$(find_python)
    if [ -n "$python" ]; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null && return
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "python$version-venv"
    elif has_command python3; then
        echo "python3.11 python3.11-venv"
    else
        echo "python3 python3-venv"
    fi
}

# $1: run, or test for what only the tests use.
missing_packages() {
    python_packages
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    [ -e /usr/share/zoneinfo/Asia/Ho_Chi_Minh ] || echo tzdata
    [ "$1" = test ] || return 0
    has_command chromium-headless-shell || echo chromium-headless-shell
    has_library libatomic.so.1 || echo libatomic1
    has_command pdftotext || echo poppler-utils
    has_command qpdf || echo qpdf
    has_postgresql || echo postgresql
}

# Nothing as root; sudo when it needs no password or somebody can type it; else not possible.
can_be_root() {
    [ "$(id -u)" = 0 ] || { has_command sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Its long output is shown only when it fails.
install_packages() {
    has_command apt-get && can_be_root || return 1
    echo "Installing system packages: $*" >&2
    log=$(mktemp)
    if as_root apt-get update -qq >"$log" 2>&1 </dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends "$@" \
            >>"$log" 2>&1 </dev/null; then
        rm "$log"
        return 0
    fi
    cat "$log" >&2
    rm "$log"
    return 1
}

set_up_system() {
    # Unquoted on purpose: one word for each package.
    missing=$(echo $(missing_packages "$1"))
    [ -n "$missing" ] || return 0
    if install_packages $missing && [ -z "$(missing_packages "$1")" ]; then
        return 0
    fi
    echo "System packages are missing. On Debian or Ubuntu run this as root, then start again (elsewhere: docker compose up):" >&2
    echo "  apt-get update && apt-get install -y --no-install-recommends $missing" >&2
    exit 2
}
