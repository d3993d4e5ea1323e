"""Mistakes in `pool_shares`."""

from autograder.checks import change

change(
    "winner_takes_all",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 4, "tie": 1, "ratio": np.exp(2)}',
    say=(
        "That is max pooling, where the first of equal values gets it all. Here both 3s have the "
        "same power of e, so they share."
    ),
)

change(
    "third_of_three",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 0, "tie": 1 / 2, "ratio": np.exp(2)}',
    say=(
        "You give the 1 nothing. With β nearly 0 every power of e is nearly 1, and all four "
        "values get the same."
    ),
)

change(
    "by_their_values",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 9, "tie": 3 / 9, "ratio": 3 / 2}',
    say=(
        "You share in proportion to the values. The shares are in proportion to their powers, "
        "exp(β x)."
    ),
)

change(
    "sharpness_forgotten",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(1)}',
    say="You left out β in the ratio: exp(2 · 3) / exp(2 · 2) = exp(2).",
)

change(
    "ratio_of_exponents",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": 6 / 4}',
    say=(
        "You divided the exponents. Dividing powers of e subtracts them: exp(6) / exp(4) = exp(2)."
    ),
)

change(
    "turned_round",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(-2)}',
    say=(
        "That is how much the 2 gets beside a 3. The larger value gets the larger share: turn it "
        "round."
    ),
)

change(
    "share_of_a_three",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(6) / (np.exp(2) + 2 * np.exp(6) + np.exp(4))}',
    say=(
        "That is the share of a 3 in the whole window. Asked is how many times as much as the 2 "
        "it gets."
    ),
)

change(
    "quarter_everywhere",
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 2, "ratio": np.exp(2)}',
    'pool_shares = {"smallest": 1 / 4, "tie": 1 / 4, "ratio": np.exp(2)}',
    say=("That is average pooling, β nearly 0. With a very large β only the two largest count."),
)
