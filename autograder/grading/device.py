"""The device lane: where notebooks that train are run, one job for each slot of an accelerator."""

from __future__ import annotations

import contextlib
import queue
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from autograder._exceptions import AutograderError

DEVICES = ("auto", "cpu", "gpu")
_RESERVE = 0.9  # Of an accelerator's memory; the rest is the driver's and the framework's own.


@dataclass(frozen=True)
class Accelerator:
    """One GPU.

    Attributes:
        index: as CUDA counts.
        name: `"NVIDIA A10G"`.
        driver: the driver's version.
        memory_mb: in all.
    """

    index: int
    name: str
    driver: str
    memory_mb: int


def find_accelerators() -> list[Accelerator]:
    """The NVIDIA GPUs of this machine, as its driver lists them."""
    command = shutil.which("nvidia-smi")
    if command is None:
        return []
    query = [command, "--query-gpu=index,name,driver_version,memory.total"]
    try:
        listed = subprocess.run(
            [*query, "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        ).stdout
    except (subprocess.SubprocessError, OSError):
        return []
    found = []
    for line in listed.strip().splitlines():
        index, name, driver, memory = (part.strip() for part in line.split(","))
        found.append(Accelerator(int(index), name, driver, int(memory)))
    return found


class Lane:
    """Slots for jobs that train, each started in a fresh process and not forked.

    Args:
        accelerators: the GPUs to use; none for a lane of the processor.
        slots: jobs side by side on each; each has its share of the memory.
        budget: the device whose budget and calibration trainings have, `"cpu"` or `"gpu"`; by
            default that of what there is. The GPU's on the processor rehearses grading on a GPU.
    """

    def __init__(
        self, accelerators: list[Accelerator], slots: int = 1, budget: str | None = None
    ) -> None:
        if slots < 1:
            raise ValueError(f"`slots` must be a positive number. Received: {slots}")
        if budget not in (None, "cpu", "gpu"):
            raise ValueError(f'`budget` must be "cpu" or "gpu". Received: {budget!r}')
        self.accelerators = accelerators
        self.budget = budget or ("gpu" if accelerators else "cpu")
        self._slots: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()
        self.size = slots * max(1, len(accelerators))
        for _ in range(slots):
            for accelerator in accelerators:
                self._slots.put(_environment(accelerator, slots))
            if not accelerators:
                self._slots.put({"JAX_PLATFORMS": "cpu"})

    @property
    def name(self) -> str:
        """What trains, for the record: `"cpu"`, or the accelerators with their driver."""
        if not self.accelerators:
            return "cpu"
        names = ", ".join(sorted({found.name for found in self.accelerators}))
        return f"{len(self.accelerators)} x {names}, driver {self.accelerators[0].driver}"

    @contextlib.contextmanager
    def slot(self) -> Iterator[dict[str, str]]:
        """Wait for a slot; the environment variables of the job that takes it."""
        environment = self._slots.get()
        try:
            yield environment
        finally:
            self._slots.put(environment)


def choose_lane(device: str, slots: int = 1) -> Lane | None:
    """The lane for what the command line asked for; `None` if everything shares the processor.

    Raises:
        AutograderError: if a GPU was asked for and there is none.
    """
    if device == "cpu":
        return None
    found = find_accelerators()
    if found:
        return Lane(found, slots)
    if device == "auto":
        return None
    raise AutograderError(
        "--device gpu: this machine lists no NVIDIA GPU (`nvidia-smi` finds none). Use a GPU "
        "runner, or --device auto, which trains on the processor where there is none."
    )


def _environment(accelerator: Accelerator, slots: int) -> dict[str, str]:
    share = _RESERVE / slots
    return {
        "CUDA_VISIBLE_DEVICES": str(accelerator.index),
        "COURSE_ACCELERATOR_MB": str(int(accelerator.memory_mb * share)),
        "XLA_PYTHON_CLIENT_MEM_FRACTION": f"{share:.3f}",  # the same for JAX
        "JAX_PLATFORMS": "cuda,cpu",  # Never the processor in silence.
        # Float32 as everywhere else: the other checks of the notebook compare numbers.
        "JAX_DEFAULT_MATMUL_PRECISION": "highest",
        "NVIDIA_TF32_OVERRIDE": "0",
    }
