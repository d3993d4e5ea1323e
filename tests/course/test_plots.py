"""Figures: every one has a title, labelled axes and the content it was given."""

import itertools

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_lib import data, plots
from course_lib.training import History

mpl.use("Agg")
RUN = History((0.9, 0.3), (0.7, 0.9), (0.5, 0.4), (0.8, 0.85), (1.0, 1.0))


def drawn(figure, tmp_path):
    """The figure after it was really drawn."""
    assert isinstance(figure, Figure)
    figure.savefig(tmp_path / "figure.png")
    return figure


def pictures(figure):
    return [axis.images[0].get_array() for axis in figure.axes if axis.images]


def test_samples_show_the_first_images_with_their_classes(tmp_path):
    validation = data.load("mnist").validation
    figure = drawn(plots.samples(validation, 12), tmp_path)
    assert figure.get_suptitle() == "12 of 500 images, 28×28 pixels"
    shown = pictures(figure)
    assert len(shown) == 12
    np.testing.assert_array_equal(shown[3], validation.images[3, ..., 0])
    titles = [axis.get_title() for axis in figure.axes if axis.images]
    assert titles == [str(label) for label in validation.labels[:12]]


def test_history_draws_each_run_in_its_colour(tmp_path):
    figure = drawn(plots.history({"first": RUN, "second": RUN}, title="Two runs"), tmp_path)
    loss, accuracy = figure.axes
    assert [line.get_label() for line in loss.lines] == [
        "first: training",
        "first: validation",
        "second: training",
        "second: validation",
    ]
    assert [line.get_color() for line in loss.lines[::2]] == list(plots.COLOURS[:2])
    assert accuracy.lines[1].get_ydata() == pytest.approx([80, 85])
    for axes in (loss, accuracy):
        assert axes.get_xlabel() == "epoch"
        assert axes.get_ylabel()
        assert axes.get_title(loc="left")


def test_history_leaves_out_what_was_not_measured(tmp_path):
    figure = drawn(plots.history(History(loss=(1.0, 0.5))), tmp_path)
    assert len(figure.axes[0].lines) == 1
    assert not figure.axes[1].lines


def test_confusion_matrix_writes_every_count(tmp_path):
    figure = drawn(plots.confusion_matrix([[8, 2], [0, 5]], ["cat", "dog"]), tmp_path)
    axis = figure.axes[0]
    assert {(t.get_position(), t.get_text()) for t in axis.texts} == {
        ((0, 0), "8"),
        ((1, 0), "2"),
        ((1, 1), "5"),
    }
    assert axis.get_xlabel() == "predicted class"
    assert axis.get_ylabel() == "true class"
    np.testing.assert_allclose(axis.images[0].get_array(), [[80, 20], [0, 100]])
    with pytest.raises(ValueError, match=r"\(classes, classes\)"):
        plots.confusion_matrix(np.zeros((2, 3)))


def test_worst_mistakes_come_worst_first(tmp_path):
    images = np.random.default_rng(0).uniform(size=(4, 6, 5, 1))
    probabilities = [[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.98, 0.02]]
    figure = drawn(plots.worst_mistakes(images, [0, 1, 1, 1], probabilities, ["a", "b"]), tmp_path)
    shown = pictures(figure)
    assert len(shown) == 2
    np.testing.assert_allclose(shown[0], images[3, ..., 0])
    np.testing.assert_allclose(shown[1], images[1, ..., 0])
    assert figure.axes[0].get_title() == "is b (2.0%)\nread as a (98%)"
    with pytest.raises(ValueError, match="no mistake"):
        plots.worst_mistakes(images[:1], [0], probabilities[:1])
    with pytest.raises(ValueError, match="one entry for each example"):
        plots.worst_mistakes(images, [0, 1], probabilities)


def test_feature_maps_share_a_scale(tmp_path):
    maps = np.random.default_rng(1).normal(size=(1, 4, 7, 3))
    figure = drawn(plots.feature_maps(maps), tmp_path)
    assert figure.get_suptitle() == "3 of 3 feature maps, 4×7 pixels"
    limits = {axis.images[0].get_clim() for axis in figure.axes if axis.get_title()}
    assert limits == {(maps.min(), maps.max())}
    with pytest.raises(ValueError, match="output for one image"):
        plots.feature_maps(np.zeros((2, 4, 7, 3)))


def test_image_grid_takes_colour_and_grey_and_refuses_the_rest(tmp_path):
    photo = data.photo("china")
    figure = drawn(plots.image_grid([photo, photo[..., 0]], ["colour", "red"], "Both"), tmp_path)
    assert [picture.shape for picture in pictures(figure)] == [(427, 640, 3), (427, 640)]
    with pytest.raises(ValueError, match="1 captions, 2 images"):
        plots.image_grid([photo, photo], ["one"])
    with pytest.raises(ValueError, match="at least one image"):
        plots.image_grid([])
    with pytest.raises(ValueError, match=r"shape \(4, 4, 2\)"):
        plots.image_grid([np.zeros((4, 4, 2))])


def test_figures_leave_pyplot_and_its_settings_alone():
    import matplotlib.pyplot as plt

    before = dict(mpl.rcParams)
    plots.history(RUN)
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before


ACCURACY = {
    "one": 70.0,
    "two": 70.2,
    "three": 69.8,
    "a network with a long name": 70.1,
    "far": 50.0,
}
PARAMETERS = {"one": 4e6, "two": 4.1e6, "three": 4.05e6, "a network with a long name": 4.2e6}
MACS = {name: 1e8 * number for number, name in enumerate(ACCURACY, 1)}


def test_trade_off_draws_every_cost_on_an_axis_of_its_own(tmp_path):
    groups = {name: "narrow" if name == "far" else "wide" for name in ACCURACY}
    figure = plots.trade_off(
        ACCURACY,
        {"parameters": PARAMETERS, "multiply-adds": MACS},
        value_label="accuracy (%)",
        groups=groups,
        title="Five networks",
    )
    left, right = drawn(figure, tmp_path).axes
    assert [axes.get_xlabel() for axes in (left, right)] == ["parameters", "multiply-adds"]
    assert {axes.get_xscale() for axes in (left, right)} == {"log"}
    assert left.get_ylabel() == "accuracy (%)"
    assert figure.get_suptitle() == "Five networks"
    assert {text.get_text() for text in left.texts} == set(PARAMETERS)  # "far" has none
    assert {text.get_text() for text in right.texts} == set(ACCURACY)
    wide, narrow = right.lines
    np.testing.assert_allclose(wide.get_xdata(), sorted(MACS[name] for name in PARAMETERS))
    assert (narrow.get_xdata(), narrow.get_ydata()) == ((MACS["far"],), (50.0,))
    # Told apart without colour, too.
    assert wide.get_marker() != narrow.get_marker()
    assert [text.get_text() for text in figure.legends[0].texts] == ["wide", "narrow"]


def test_trade_off_joins_the_groups_that_are_to_be_joined():
    groups = {name: "front" if name in ("one", "two") else "behind" for name in ACCURACY}
    figure = plots.trade_off(
        ACCURACY, {"macs": MACS}, value_label="accuracy (%)", groups=groups, joined=["front"]
    )
    assert [bool(line.get_linewidth()) for line in figure.axes[0].lines] == [True, False]


@pytest.mark.parametrize("spread", [1.2, 3, 30, 1e4])
def test_the_costs_of_a_trade_off_are_plain_numbers_that_do_not_touch(spread):
    column = {name: 40 * spread ** (place / 4) for place, name in enumerate(ACCURACY)}
    figure = plots.trade_off(ACCURACY, {"parameters": column}, value_label="accuracy (%)")
    figure.draw_without_rendering()
    axes = figure.axes[0]
    low, high = axes.get_xlim()
    shown = [
        label
        for place, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
        if low <= place <= high
    ]
    assert len(shown) >= 2
    assert all(float(label.get_text().replace(",", "")) for label in shown)
    boxes = [label.get_window_extent() for label in shown]
    assert not any(left.overlaps(right) for left, right in itertools.pairwise(boxes))


@pytest.mark.parametrize("dpi", [60, 100, 200])
def test_no_name_in_a_trade_off_covers_another_or_a_point(tmp_path, dpi):
    rng = np.random.default_rng(0)
    crowd = {f"network {number}": 70 + rng.normal() for number in range(18)}
    macs = {name: 1e9 * np.exp(0.3 * rng.normal()) for name in crowd}
    figure = plots.trade_off(crowd, {"multiply-adds": macs}, value_label="accuracy (%)")
    figure.savefig(tmp_path / "figure.png", dpi=dpi)
    assert not figure.legends
    figure.draw_without_rendering()
    axes = figure.axes[0]
    # Of the text alone: the line to its point may pass by others.
    boxes = [Text.get_window_extent(text) for text in axes.texts]
    points = axes.transData.transform([(macs[name], crowd[name]) for name in crowd])
    assert len(boxes) == len(crowd)
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:number])
        assert not any(box.contains(*point) for point in points)
        assert axes.bbox.containsx(box.x0)
        assert axes.bbox.containsx(box.x1)


def test_a_trade_off_refuses_what_cannot_be_drawn():
    with pytest.raises(ValueError, match=r"positive.*'one'"):
        plots.trade_off({"one": 1.0}, {"macs": {"one": 0}}, value_label="accuracy (%)")
    with pytest.raises(ValueError, match="at least one name"):
        plots.trade_off({"one": 1.0}, {"macs": {"two": 3.0}}, value_label="accuracy (%)")
