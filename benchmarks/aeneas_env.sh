#!/usr/bin/env bash
# Creates .venv-aeneas at the root of the repository: aeneas 1.7.3 with its C code, for benchmarks/run_aeneas.py.
#
#   benchmarks/aeneas_env.sh [PYTHON]      PYTHON: an interpreter of 3.11, default python3.11
#
# aeneas is from 2017. Its C code needs numpy.distutils, which Python 3.12 removed, and its reader of wave files needs
# numpy's old `fromstring`, which 2.3 removed: hence Python 3.11 and numpy 1.26, in a separate environment.
set -euo pipefail

python=${1:-python3.11}
env=$(cd "$(dirname "$0")/.." && pwd)/.venv-aeneas

for program in "$python" cc ffmpeg ffprobe espeak-ng; do
    if ! command -v "$program" >/dev/null; then
        echo "aeneas_env.sh: $program is missing; aeneas needs Python 3.11 with its headers, a C compiler, ffmpeg," \
            "ffprobe and espeak-ng (Debian: apt-get install python3.11-dev python3.11-venv gcc ffmpeg espeak-ng)" >&2
        exit 1
    fi
done

trap 'rm -rf "$env.new"' EXIT
rm -rf "$env.new"
"$python" -m venv "$env.new"
pip() { "$env.new/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }
pip install "numpy==1.26.4" "setuptools<81" wheel
# Never a cached wheel: it may have been built against another numpy, and then its C code doesn't load.
AENEAS_WITH_CEW=False pip install --no-build-isolation --no-cache-dir --no-binary aeneas "aeneas==1.7.3"
"$env.new/bin/python" -c "import aeneas.cdtw.cdtw, aeneas.cmfcc.cmfcc"
rm -rf "$env"
mv "$env.new" "$env"
echo "aeneas 1.7.3 is ready in $env"
