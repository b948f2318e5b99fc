# The Python environment in .venv, exactly as the hashed locks say. Sourced by ./run.

UV_PYTHON_DOWNLOADS=never
export UV_PYTHON_DOWNLOADS
# Organisations with a certificate authority of their own keep it here.
if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    UV_SYSTEM_CERTS=1
    export UV_SYSTEM_CERTS
fi

uv_command() {
    if has_command uv; then
        echo uv
        return
    fi
    if ! [ -x .venv-tools/bin/uv ]; then
        "$(find_python)" -m venv --clear .venv-tools
        .venv-tools/bin/python -m pip install -qq "uv>=0.8" >&2
    fi
    echo .venv-tools/bin/uv
}

# What the environment was made from; a moved folder breaks the scripts in it, so the folder counts too.
environment_inputs() {
    pwd
    cat requirements.lock requirements-dev.lock pyproject.toml | cksum
}

# $1: run or test. An environment made for the tests serves too.
environment_is_ready() {
    [ -x .venv/bin/intake ] && [ -r .venv/intake-inputs ] || return 1
    [ "$(environment_inputs)" = "$(cat .venv/intake-inputs)" ] || return 1
    [ "$1" = run ] || [ -e .venv/intake-for-tests ]
}

set_up_environment() {
    ! environment_is_ready "$1" || return 0
    echo "Installing Python packages into .venv" >&2
    uv=$(uv_command)
    lock=requirements.lock
    if [ "$1" = test ] || [ -e .venv/intake-for-tests ]; then lock=requirements-dev.lock; fi
    rm -f .venv/intake-inputs
    .venv/bin/python -c "import sys; sys.exit(sys.prefix != '$(pwd)/.venv')" 2>/dev/null ||
        "$uv" venv -q --clear --python "$(find_python)" .venv
    "$uv" pip sync -q --require-hashes --python .venv/bin/python "$lock"
    "$uv" pip install -q --no-deps --build-constraints requirements-dev.lock --python .venv/bin/python -e .
    [ "$lock" = requirements.lock ] || touch .venv/intake-for-tests
    environment_inputs >.venv/intake-inputs
}

set_up_translations() {
    for source in intake/translations/*/LC_MESSAGES/messages.po; do
        [ -e "$source" ] || continue
        compiled="${source%.po}.mo"
        if ! [ -e "$compiled" ] || [ -n "$(find "$source" -newer "$compiled")" ]; then
            .venv/bin/pybabel -q compile -i "$source" -o "$compiled"
        fi
    done
}

set_up() {
    set_up_system "$1"
    set_up_environment "$1"
    set_up_translations
}
