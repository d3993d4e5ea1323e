"""Mistakes in `whiten`."""

from autograder.checks import change

change(
    "cholesky",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / len(x)
    factor = np.linalg.cholesky(covariance + epsilon * np.eye(x.shape[1]))
    return centred @ np.linalg.inv(factor).T
    """,
    say=(
        "You whiten with a Cholesky factor. The covariance becomes the identity, but the features "
        "are mixed in the order they come in; take the symmetric root V diag(1 / sqrt(values)) "
        "V.T."
    ),
)

change(
    "not_centred",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = x @ vectors
    return turned / np.sqrt(values) @ vectors.T
    """,
    say="You whiten x itself. Subtract the mean of the batch first.",
)

change(
    "pca",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / np.sqrt(values)
    """,
    say=(
        "You do not turn back: that is PCA whitening, and the features are no longer those that "
        "went in. Multiply by V transposed at the end."
    ),
)

change(
    "root_forgotten",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / values @ vectors.T
    """,
    say=(
        "You divide by the eigenvalues: that is the inverse of the covariance. Divide by their "
        "roots."
    ),
)

change(
    "rows_for_columns",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors.T
    return turned / np.sqrt(values) @ vectors
    """,
    say=(
        "You took the rows of `vectors` for the eigenvectors. `np.linalg.eigh` returns them as "
        "columns: first multiply by `vectors`, and by its transpose at the end."
    ),
)

change(
    "unbiased",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / (len(x) - 1)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / np.sqrt(values) @ vectors.T
    """,
    say="You divide the covariance by N - 1. As everywhere in batch normalization it is N.",
)

change(
    "uncentred_covariance",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = x.T @ x / len(x)
    values, vectors = np.linalg.eigh(covariance + epsilon * np.eye(x.shape[1]))
    turned = centred @ vectors
    return turned / np.sqrt(values) @ vectors.T
    """,
    say=(
        "Your covariance is made from x with its mean still in it. Subtract the mean first, then "
        "multiply."
    ),
)

change(
    "variances_only",
    """
    covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    covariance = centred.T @ centred / len(x)
    return centred / np.sqrt(np.diag(covariance) + epsilon)
    """,
    say=(
        "You divide each feature by its own deviation, which is batch normalization: the "
        "correlations stay. Use the whole covariance matrix."
    ),
)

change(
    "epsilon_fixed",
    "epsilon * np.eye(x.shape[1])",
    "1e-5 * np.eye(x.shape[1])",
    say="You always add 0.00001 to the diagonal. Use the argument `epsilon`.",
)


change(
    "epsilon_everywhere",
    "epsilon * np.eye(x.shape[1])",
    "epsilon",
    say=(
        "You add epsilon to every entry of the covariance. It belongs on the diagonal: "
        "epsilon * np.eye(features)."
    ),
)


change(
    "epsilon_forgotten",
    "covariance = centred.T @ centred / len(x) + epsilon * np.eye(x.shape[1])",
    "covariance = centred.T @ centred / len(x)",
    say="You forgot epsilon: add epsilon times the identity to the covariance.",
)


change(
    "sum_for_mean",
    "centred.T @ centred / len(x)",
    "centred.T @ centred",
    say="Your covariance is a sum. Divide it by the number of examples.",
)


change(
    "root_of_the_covariance",
    "(vectors / np.sqrt(values))",
    "(vectors * np.sqrt(values))",
    say=(
        "You multiply by the root of the covariance. Whitening divides by it: 1 / sqrt of the "
        "eigenvalues."
    ),
)


change(
    "entry_by_entry",
    """
    values, vectors = np.linalg.eigh(covariance)
    return centred @ (vectors / np.sqrt(values)) @ vectors.T
    """,
    """
    with np.errstate(invalid="ignore"):
        return centred @ (1 / np.sqrt(covariance))
    """,
    say=(
        "You take the root of each entry. The root of a *matrix* goes through its "
        "eigenvalues: V diag(1 / sqrt(values)) V.T."
    ),
    hint=None,  # An entry that should be 0 is made of rounding, and so is what becomes of it.
)
