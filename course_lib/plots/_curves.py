"""Learning curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from course_lib.plots._style import COLOURS, MUTED, new_figure, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from course_lib.training import History


def history(
    runs: History | Mapping[str, History], title: str = "Learning curves", epochs: int | None = None
) -> Figure:
    """Loss and accuracy per epoch: training dashed, validation solid.

    Args:
        runs: what `training.fit` returned, or several of them by name, one colour each.
        title: of the figure.
        epochs: where the horizontal axis ends; by default at the longest run.
    """
    named = dict(runs) if isinstance(runs, Mapping) else {"": runs}
    last = epochs or max(len(run.loss) for run in named.values())
    with style():
        figure, axes = new_figure(1, 2, figsize=(9, 3.4))
        loss_axes, accuracy_axes = axes[0]
        for (name, run), colour in zip(named.items(), _cycle(len(named)), strict=True):
            _pair(loss_axes, run.loss, run.validation_loss, name, colour)
            percent = [100 * value for value in run.accuracy]
            validation_percent = [100 * value for value in run.validation_accuracy]
            _pair(accuracy_axes, percent, validation_percent, name, colour)
        _finish(loss_axes, "Loss", "mean cross-entropy (nats)", last)
        _finish(accuracy_axes, "Accuracy", "correct (%)", last)
        loss_axes.set_ylim(bottom=0)
        accuracy_axes.set_ylim(top=100.5)
        figure.suptitle(title)
    return figure


def _pair(
    axes: Any, training: Sequence[float], validation: Sequence[float], name: str, colour: str
) -> None:
    prefix = f"{name}: " if name else ""
    for values, dashes, what in ((training, "--", "training"), (validation, "-", "validation")):
        if values:
            numbers = range(1, len(values) + 1)
            axes.plot(numbers, values, dashes, color=colour, marker="o", ms=4, label=prefix + what)


def _finish(axes: Any, title: str, label: str, epochs: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_title(title)
    axes.set_xlabel("epoch")
    axes.set_ylabel(label)
    axes.set_xlim(0.8, epochs + 0.2)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    if axes.lines:
        axes.legend(labelcolor=MUTED)


def _cycle(count: int) -> list[str]:
    return [COLOURS[index % len(COLOURS)] for index in range(count)]
