"""From a model, or from a function that makes one, to a `Blueprint`."""

from __future__ import annotations

import contextlib
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

from course_lib.blueprints._errors import NotAModelError
from course_lib.blueprints._values import Blueprint

Shapes = Any  # one shape without the batch dimension, or a list or dict of them


def blueprint(
    model_or_builder: Any,
    *args: Any,
    input_shape: Shapes = None,
    fallback_shape: Shapes = None,
    batch_size: int | None = None,
    **kwargs: Any,
) -> Blueprint:
    """Reads a model's graph, shapes and parameter counts without allocating a single weight.

    Nested models, `Sequential` stacks and custom layers are expanded into Keras' own layers and
    operations; a custom layer whose `call` cannot run on symbolic tensors stays one opaque layer.
    Names start afresh for each builder, so the same builder always gives the same blueprint.

    No TensorFlow operation runs, so a process that has only imported TensorFlow can still be
    forked afterwards. (A builder that itself touches data, with `tf.zeros` say, gives that up
    only if it does so when it is defined: what it does when called is recorded in a throwaway
    graph.)

    Args:
        model_or_builder: A function that returns a `keras.Model` (or a layer), a model class, or
            a model that exists already.
        *args: Passed to the builder.
        input_shape: Shape of the input without the batch dimension, such as `(224, 224, 3)`; a
            list or a dict of shapes for several inputs. Needed where the model does not say it
            itself: a `Sequential` without `Input`, and subclassed models. Otherwise it replaces
            the model's own input shape. It is also passed to a builder that has an argument of
            this name.
        fallback_shape: Shape of the input of a model that does not say it itself. A model that
            does is read as it is.
        batch_size: Number of examples in a batch. By default it stays open (`None` in the
            shapes), or as the model has it.
        **kwargs: Passed to the builder.

    Returns:
        A `Blueprint`: plain values, and never the model, which would not work.

    Raises:
        NotAModelError: If there is neither a model nor a callable that returns one.
        UnknownInputError: If the input shape is needed and missing, or does not fit the model.
        Exception: Whatever the builder raises.

    Example:

    >>> blueprint(keras.applications.VGG19, weights=None).parameters
    143667240
    """
    import keras

    if isinstance(model_or_builder, keras.layers.Layer):
        if args or kwargs:
            raise TypeError(
                "Arguments can be passed on only to a builder, not to a model that exists already. "
                f"Received: {len(args) + len(kwargs)} argument(s) beside a model"
            )
        shapes = (input_shape, fallback_shape)
        return _read(lambda: model_or_builder, shapes, batch_size, fresh_names=True)
    if not callable(model_or_builder):
        raise NotAModelError(
            "`model_or_builder` must be a Keras model or a function that returns one. "
            f"Received: a value of type {type(model_or_builder).__name__}"
        )
    if input_shape is not None and _accepts_input_shape(model_or_builder):
        kwargs["input_shape"] = input_shape

    def build() -> Any:
        return model_or_builder(*args, **kwargs)

    shapes = (input_shape, fallback_shape)
    try:
        return _read(build, shapes, batch_size, fresh_names=True)
    except ValueError as error:
        # Fresh names can collide with those of layers made before the builder was called.
        if "All operation names should be unique" not in str(error):
            raise
    return _read(build, shapes, batch_size, fresh_names=False)


def blueprint_with_variables(
    model: Any, fallback_shape: Shapes = None
) -> tuple[Blueprint, dict[tuple[str, str], Any]]:
    """The blueprint of a model that exists, and its variables by names of layer and weight.

    Args:
        model: A model whose weights have been made.
        fallback_shape: See `blueprint`.
    """
    from course_lib.blueprints._trace import trace
    from course_lib.blueprints._weightless import weightless

    variables: dict[tuple[str, str], Any] = {}
    with weightless(fresh_names=False):
        return trace(model, (None, fallback_shape), None, variables), variables


def _read(
    build: Callable[[], Any],
    shapes: tuple[Shapes, Shapes],
    batch_size: int | None,
    fresh_names: bool,
) -> Blueprint:
    import keras

    from course_lib.blueprints._trace import trace
    from course_lib.blueprints._weightless import weightless

    with weightless(fresh_names), _deep_recursion():
        model = build()
        if not isinstance(model, keras.layers.Layer):
            raise NotAModelError(
                "The builder must return a Keras model. Check that it ends with `return model`. "
                f"Received: a value of type {type(model).__name__}"
            )
        return trace(model, shapes, batch_size)


@contextlib.contextmanager
def _deep_recursion() -> Iterator[None]:
    """Keras walks a graph by recursion; ResNet-1202 is deeper than Python's usual limit."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 10_000))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _accepts_input_shape(builder: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(builder).parameters
    except (TypeError, ValueError):
        return False
    kinds = {parameter.kind for parameter in parameters.values()}
    if inspect.Parameter.VAR_KEYWORD in kinds and not inspect.isclass(builder):
        return True  # A decorated function, say, which passes everything on.
    return "input_shape" in parameters and parameters["input_shape"].kind in (
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.KEYWORD_ONLY,
    )
