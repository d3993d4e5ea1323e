"""The sandbox: where submissions run. Untrusted by everything outside it."""

from autograder.sandbox.bwrap import namespaces_problem
from autograder.sandbox.clock import LOOK_SECONDS
from autograder.sandbox.host import Child, Sandbox, SandboxLimits

__all__ = ["LOOK_SECONDS", "Child", "Sandbox", "SandboxLimits", "namespaces_problem"]
