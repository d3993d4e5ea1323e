"""Puts a finder before all others that hands out forged modules for the course's library.

Covers: A4
"""

# %% attack
import importlib.abc
import importlib.util
import sys


class Forger(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("course_lib", "autograder", "safetensors")):
            return importlib.util.spec_from_loader(name, self)
        return None

    def exec_module(self, module):
        module.check = module.serve = module.judge_case = lambda *args, **kwargs: None


sys.meta_path.insert(0, Forger())
for name in [name for name in sys.modules if name.startswith(("course_lib", "safetensors"))]:
    del sys.modules[name]
sys.path.insert(0, "/scratch")


# %% honest
import importlib
import sys

with open("my_helpers.py", "w") as file:
    file.write("def twice(x):\n    return 2 * x\n")
sys.path.insert(0, ".")
importlib.invalidate_caches()
print(importlib.import_module("my_helpers").twice(21))
