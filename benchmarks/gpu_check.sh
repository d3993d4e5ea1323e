#!/usr/bin/env bash
# The check of the grader on a real GPU, on a machine without a network: see gpu_lane.py.
#
# Runs in a folder that pack_gpu.py made. Needs a Python 3.12 with JAX for CUDA and the usual
# scientific packages (PYTHON, by default python3); installs the carried wheels into an environment
# of its own beside it. Results go to $OUT, else to gpu-results/. Arguments are those of gpu_lane.py:
# --steps, --budget-seconds ...
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
environment=${GPU_CHECK_ENVIRONMENT:-$here/environment}
export OUT=${OUT:-$here/gpu-results}
export KERAS_BACKEND=jax PYTHONUNBUFFERED=1 TF_CPP_MIN_LOG_LEVEL=3
unset PYTHONDONTWRITEBYTECODE
STARTED=$(date +%s)
export STARTED
test -d "$here/wheels" || { echo "No wheels beside $here: pack with benchmarks/pack_gpu.py."; exit 2; }
mkdir -p "$OUT"

if [ ! -x "$environment/bin/python" ]; then
  # The packages of `python` are seen through a .pth file, since it may live in an environment
  # itself; what is carried comes first.
  "$python" -m venv --without-pip "$environment"
  site=$("$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
  "$python" -c 'import sys
print(*(p for p in sys.path if p.endswith(("site-packages", "dist-packages"))), sep="\n")' \
    >"$site/packages_of_the_machine.pth"
  "$python" -m pip install --quiet --no-index --no-deps --no-compile --no-cache-dir \
    --disable-pip-version-check --root-user-action=ignore --target "$site" "$here"/wheels/*.whl
  # Sandboxes cannot write bytecode, and would compile every module anew in each process.
  "$environment/bin/python" -m compileall -q -j 0 "$site" "$here/autograder" "$here/course_lib" \
    >/dev/null || true
fi
echo "environment ready after $(($(date +%s) - STARTED)) s"
export PYTHONPATH=$here
cd "$here"
exec "$environment/bin/python" benchmarks/gpu_lane.py --out "$OUT" "$@"
