"""Train a compiled Keras model with live curves, and keep what happened as a value."""

from __future__ import annotations

import importlib
import io
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib import desk

if TYPE_CHECKING:
    import keras

    from course_lib.data import Split

_REFRESH_SECONDS = 0.25


@dataclass(frozen=True)
class History:
    """What happened in training, one entry an epoch; empty where nothing was measured.

    Attributes:
        loss: on the training images, averaged over the epoch while the weights were changing.
        accuracy: likewise, as a fraction of 1.
        validation_loss: after the epoch.
        validation_accuracy: after the epoch, as a fraction of 1.
        seconds: wall time of the epoch, validation included.
    """

    loss: tuple[float, ...] = ()
    accuracy: tuple[float, ...] = ()
    validation_loss: tuple[float, ...] = ()
    validation_accuracy: tuple[float, ...] = ()
    seconds: tuple[float, ...] = ()

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.loss)

    def then(self, logs: dict[str, float], seconds: float) -> History:
        """This history with one more epoch, from the logs that Keras gives."""

        def grown(values: tuple[float, ...], key: str) -> tuple[float, ...]:
            return (*values, float(logs[key])) if key in logs else values

        return History(
            grown(self.loss, "loss"),
            grown(self.accuracy, "accuracy"),
            grown(self.validation_loss, "val_loss"),
            grown(self.validation_accuracy, "val_accuracy"),
            (*self.seconds, seconds),
        )

    def describe_last(self) -> str:
        """The last epoch in a line."""
        if not self.epochs:
            return "not trained yet"
        parts = [f"loss {self.loss[-1]:.3f}"]
        if self.accuracy:
            parts.append(f"accuracy {self.accuracy[-1]:.1%}")
        if self.validation_loss:
            parts.append(f"validation loss {self.validation_loss[-1]:.3f}")
        if self.validation_accuracy:
            parts.append(f"validation accuracy {self.validation_accuracy[-1]:.1%}")
        return ", ".join(parts)


def set_seed(seed: int) -> None:
    """Seed Python, NumPy and the backend, so that a run can be repeated.

    Call it before a model is built: its first weights are drawn then.
    """
    import keras

    keras.utils.set_random_seed(seed)


def fit(
    model: keras.Model,
    train: Split | tuple[Any, Any],
    validation: Split | tuple[Any, Any] | None = None,
    *,
    epochs: int = 5,
    batch_size: int = 64,
    seed: int = 0,
) -> History:
    """Train a compiled model and show how it goes.

    In a notebook the curves grow in place under a line with the time left; elsewhere every epoch
    prints a line.

    Args:
        model: compiled, with `metrics=["accuracy"]` if the accuracy is to be followed.
        train: a split of a data set, or images and labels.
        validation: the same, measured after every epoch.
        epochs: passes over the training images.
        batch_size: images for one step.
        seed: of the order of the images, and of dropout and augmentation.

    Returns:
        The history of this call alone; the model keeps its weights, so a second call goes on.

    Raises:
        ValueError: if the model is not compiled, or if a number is not positive.
    """
    import keras

    _require_compiled(model)
    for name, number in (("epochs", epochs), ("batch_size", batch_size)):
        if number < 1:
            raise ValueError(f"`{name}` must be a positive integer. Received: {name}={number}")
    images, labels = _pair(train)
    progress = _Notebook() if desk.notebook_shell() is not None else _Terminal()
    steps = math.ceil(len(images) / batch_size)

    class Follow(keras.callbacks.Callback):  # type: ignore[misc,unused-ignore] # Keras has no types
        """Collects the history and shows it."""

        def __init__(self) -> None:
            super().__init__()
            self.past = History()
            self.started = self.epoch_started = time.perf_counter()

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.epoch_started = time.perf_counter()

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            done = (self.past.epochs * steps + batch + 1) / (epochs * steps)
            progress.step(self.past, epochs, done, time.perf_counter() - self.started)

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            now = time.perf_counter()
            self.past = self.past.then(logs or {}, now - self.epoch_started)
            progress.epoch(self.past, epochs, now - self.started)

    follow = Follow()
    set_seed(seed)
    make_variables(model, images[:batch_size], labels[:batch_size])
    model.fit(
        images,
        labels,
        validation_data=None if validation is None else _pair(validation),
        epochs=epochs,
        batch_size=batch_size,
        verbose=0,
        callbacks=[follow],
    )
    return follow.past


def make_variables(model: keras.Model, images: Any, labels: Any) -> None:
    """Make what a compiled model's optimizer and metrics keep, before its first step.

    Variables that are made within the first step have TensorFlow trace it twice, and tracing is
    most of a short training. What the model learns is the same either way. A model that has made
    them, or has a `train_step` of its own, is left alone.

    Args:
        model: compiled; it is run once, in inference mode, and no weight changes.
        images: a few, or a batch.
        labels: theirs, as the model's loss takes them.

    Raises:
        ValueError: if the model is not compiled.
    """
    import keras

    _require_compiled(model)
    if model.optimizer.built or type(model).train_step is not keras.Model.train_step:
        return
    scores = model(images, training=False)
    model.optimizer.build(model.trainable_variables)
    model.compute_loss(images, labels, scores)
    model.compute_metrics(images, labels, scores)
    model.reset_metrics()


def _require_compiled(model: keras.Model) -> None:
    if not getattr(model, "compiled", False):
        raise ValueError(
            "`model` must be compiled before it can be trained: "
            "model.compile(optimizer=..., loss=..., metrics=['accuracy'])"
        )


def by_heart(model: keras.Model, images: Any, labels: Any, steps: int = 60) -> list[float]:
    """Train a compiled model on a handful of images, and print how far its loss falls.

    A network that cannot learn twenty images by heart has a mistake in it, and no patience will
    cure it. So this comes before any long training. Build another model afterwards.

    Args:
        model: new and compiled.
        images: the handful, one batch.
        labels: as the model's loss takes them.
        steps: how many steps, each with all of the images.

    Returns:
        The loss before each step.
    """
    make_variables(model, images, labels)
    found = model.fit(images, labels, batch_size=len(images), epochs=steps, verbose=0)
    losses = [float(loss) for loss in found.history["loss"]]
    print(f"{len(images)} images by heart: loss {losses[0]:.2f} at first, ", end="")
    print(f"{losses[-1]:.4f} after {steps} steps.")
    return losses


def save_weights(model: keras.Model, path: str | Path) -> Path:
    """Write a model's weights, in its own order, to a safetensors file that can be handed in.

    Args:
        model: built, and trained if you like, on any machine.
        path: the file; it lies beside the notebook under the name that the task gives.

    Returns:
        The file that was written.
    """
    from safetensors.numpy import save

    target = Path(path)
    arrays = {f"weight_{i:04}": np.ascontiguousarray(w) for i, w in enumerate(model.get_weights())}
    partial = target.with_suffix(".part")
    partial.write_bytes(save(arrays))
    return partial.replace(target)


def read_weights(path: str | Path) -> list[np.ndarray]:
    """The arrays of a file that `save_weights` wrote, in order.

    Raises:
        FileNotFoundError: if there is no such file; it says how to make one.
        ValueError: if it is no such file.
    """
    source = Path(path)
    if not source.is_file():
        raise FileNotFoundError(
            f"There are no weights {source.name} beside the notebook. Train, then write them with "
            f'training.save_weights(model, "{source.name}") and hand the file in too.'
        )
    return weights_of(source.read_bytes(), source.name)


def weights_of(content: bytes, name: str) -> list[np.ndarray]:
    """The arrays in the content of such a file, in order.

    Raises:
        ValueError: if it is no such file; it names the file.
    """
    from course_lib.checking.wire import ProtocolError, decode_arrays

    try:
        arrays = decode_arrays(content)
    except ProtocolError as error:
        raise ValueError(
            f"{name} is no file of training.save_weights: {error}. Write it again."
        ) from error
    return [arrays[name] for name in sorted(arrays)]


def set_weights(model: keras.Model, weights: Sequence[np.ndarray]) -> None:
    """Give a model the weights of `read_weights`.

    Raises:
        ValueError: if they are those of another network; it names the first that does not fit.
    """
    expected = [tuple(int(n) for n in weight.shape) for weight in model.weights]
    if len(expected) != len(weights):
        raise ValueError(
            f"The network has {len(expected)} weight arrays, the file has {len(weights)}: it was "
            "written for another network. Train this one, and write its weights again."
        )
    for variable, shape, value in zip(model.weights, expected, weights, strict=True):
        if value.shape != shape:
            raise ValueError(
                f"The weight `{variable.path}` has the shape {shape}, in the file {value.shape}: "
                "the file was written for another network. Train this one, and write it again."
            )
    model.set_weights(list(weights))


def _pair(split: Split | tuple[Any, Any]) -> tuple[Any, Any]:
    if isinstance(split, tuple):
        return split
    return split.images, split.labels


def _remaining(elapsed: float, done: float) -> str:
    if done >= 1:
        return f"{elapsed:.0f} s in all"
    left = elapsed * (1 - done) / done
    return f"about {left:.0f} s left" if left < 90 else f"about {left / 60:.0f} min left"


class _Terminal:
    """A line an epoch."""

    def step(self, past: History, epochs: int, done: float, elapsed: float) -> None:
        """Nothing between epochs: a log file should stay short."""

    def epoch(self, past: History, epochs: int, elapsed: float) -> None:
        remaining = _remaining(elapsed, past.epochs / epochs)
        print(f"epoch {past.epochs}/{epochs}: {past.describe_last()} ({remaining})", flush=True)


class _Notebook:
    """A line with a bar and the time left, above the curves, both updated in place."""

    def __init__(self) -> None:
        self._ipython: Any = importlib.import_module("IPython.display")
        self._line = self._ipython.display(self._ipython.HTML("starting ..."), display_id=True)
        self._curves: Any = None
        self._shown = -math.inf

    def step(self, past: History, epochs: int, done: float, elapsed: float) -> None:
        if elapsed - self._shown >= _REFRESH_SECONDS:
            self._update(past, min(past.epochs + 1, epochs), epochs, done, elapsed)

    def epoch(self, past: History, epochs: int, elapsed: float) -> None:
        self._update(past, past.epochs, epochs, past.epochs / epochs, elapsed)
        self._draw(past, epochs)

    def _update(
        self, past: History, current: int, epochs: int, done: float, elapsed: float
    ) -> None:
        self._shown = elapsed
        last = f" &middot; {past.describe_last()}" if past.epochs else ""
        self._line.update(
            self._ipython.HTML(
                f"<progress value='{done:.4f}' max='1' style='width:12em'></progress> "
                f"epoch {current} of {epochs} &middot; {_remaining(elapsed, done)}{last}"
            )
        )

    def _draw(self, past: History, epochs: int) -> None:
        from course_lib import plots

        png = io.BytesIO()
        plots.history(past, epochs=epochs).savefig(png, format="png")
        picture = self._ipython.Image(data=png.getvalue(), format="png")
        if self._curves is None:
            self._curves = self._ipython.display(picture, display_id=True)
        else:
            self._curves.update(picture)
