"""The networks of the slides as checks declare them; one test rebuilds them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """A network, and what it costs.

    Attributes:
        builder: the notebook's function that builds it, by name or looked up among its names.
        args, kwargs: of the function.
        parameters: those that are trained.
        statistics: running means and variances on top of them.
        macs: multiply-adds.
        parameters_fact, macs_fact: where the ledger of the slides has these numbers.
        application: what `keras.applications` calls the network; there it may have more biases.
    """

    builder: str | Callable[[SimpleNamespace], Callable[..., Any]]
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    parameters: int
    statistics: int = 0
    macs: int
    parameters_fact: str = ""
    macs_fact: str = ""
    application: str = ""

    @property
    def all_parameters(self) -> int:
        """What Keras counts."""
        return self.parameters + self.statistics

    def of(self, names: SimpleNamespace) -> Callable[[], Any]:
        """What builds it, among a notebook's names."""
        find = attrgetter(self.builder) if isinstance(self.builder, str) else self.builder
        return partial(find(names), *self.args, **self.kwargs)
