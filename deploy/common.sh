# Sourced by the scripts beside it: find Python, keep .venv in step with a requirements file.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LUKOU_VAR="${LUKOU_VAR:-$PWD/var}"

find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  echo "Python 3.11 or newer with its venv module is missing (Debian: apt-get install python3 python3-venv)." >&2
  return 1
}

# make_venv FILE: .venv holds exactly what deploy/FILE pins. A venv for tests serves the demo too.
make_venv() {
  local file="deploy/$1" stamp=".venv/$1.sha256" sum python
  sum="$(sha256sum "$file" | cut -d' ' -f1)"
  if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return; fi
  python="$(find_python)"
  echo "Installing the libraries of $file into .venv (about a minute) …"
  [ -x .venv/bin/python ] || "$python" -m venv --clear .venv
  rm -f "$stamp"
  if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$file" >.venv/install.log 2>&1; then
    tail -n 3 .venv/install.log >&2
    echo "Installing the libraries failed: see .venv/install.log." >&2
    return 1
  fi
  echo "$sum" >"$stamp"
}

compile_translations() {
  [ -n "$(find lukou_market/locale -name '*.po' 2>/dev/null)" ] || return 0
  mkdir -p "$LUKOU_VAR"
  if ! .venv/bin/pybabel -q compile -D django -d lukou_market/locale >"$LUKOU_VAR/translations.log" 2>&1; then
    echo "Compiling the translations failed: see $LUKOU_VAR/translations.log." >&2
    return 1
  fi
}

# install_packages WHAT_FOR PACKAGE…: as root on Debian; otherwise, or when that fails, says what is missing.
install_packages() {
  local purpose="$1"
  shift
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $* …"
    mkdir -p "$LUKOU_VAR"
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
      >"$LUKOU_VAR/apt.log" 2>&1; then return 0; fi
    echo "Installing them failed: see $LUKOU_VAR/apt.log." >&2
  fi
  echo "Missing for $purpose: $*." >&2
  return 1
}

# The Debian packages that the edge lacks.
edge_lacks() {
  .venv/bin/python -c 'from lukou_market.embedded.edge import missing_packages; print(*missing_packages())'
}
