"""The sandbox: where submissions run. Untrusted by everything outside it."""

from autograder.sandbox._bwrap import namespaces_problem
from autograder.sandbox._host import Child, Death, Sandbox, SandboxLimits

__all__ = ["Child", "Death", "Sandbox", "SandboxLimits", "namespaces_problem"]
