"""Mistakes in `rnn_radius`."""

from autograder.checks import change

change(
    "largest_singular_value",
    "np.abs(np.linalg.eigvals(w)).max()",
    "np.linalg.norm(w, 2)",
    say=(
        "You divide by the largest *singular value*, by how much the matrix stretches a vector "
        "once. The spectral radius is made of eigenvalues."
    ),
)

change(
    "largest_real_part",
    "np.abs(np.linalg.eigvals(w)).max()",
    "np.linalg.eigvals(w).real.max()",
    say=(
        "You take the largest real part of an eigenvalue. The magnitude counts: of a negative one "
        "without the sign, of a complex one with its imaginary part."
    ),
)

change(
    "magnitude_of_the_real_part",
    "np.abs(np.linalg.eigvals(w)).max()",
    "np.abs(np.linalg.eigvals(w).real).max()",
    say=(
        "You drop the imaginary parts of the eigenvalues. The magnitude of a complex number is "
        "made of both parts: `np.abs` of the number itself."
    ),
)

change(
    "first_eigenvalue",
    "np.abs(np.linalg.eigvals(w)).max()",
    "np.abs(np.linalg.eigvals(w))[0]",
    say="You take the first eigenvalue. They come in no order: look for the largest magnitude.",
    hint=None,
)

change(
    "sign_lost",
    "w * (radius / np.abs(np.linalg.eigvals(w)).max())",
    "w * (radius / np.linalg.eigvals(w)[np.abs(np.linalg.eigvals(w)).argmax()].real)",
    say=(
        "You divide by the eigenvalue itself, where its magnitude is asked for: a negative one "
        "turns the matrix round, and a complex one is more than its real part."
    ),
)

change(
    "not_brought_to_one",
    "w * (radius / np.abs(np.linalg.eigvals(w)).max())",
    "w * radius",
    say=(
        "You multiply by the radius, whatever the matrix has already. Divide by its own spectral "
        "radius, too."
    ),
)

change(
    "radius_left_out",
    "w * (radius / np.abs(np.linalg.eigvals(w)).max())",
    "w / np.abs(np.linalg.eigvals(w)).max()",
    say="Your matrix always gets the spectral radius 1. Multiply by the one that is wanted.",
)

change(
    "in_place",
    """
    return w * (radius / np.abs(np.linalg.eigvals(w)).max())
    """,
    """
    w *= radius / np.abs(np.linalg.eigvals(w)).max()
    return w
    """,
    say="You change the matrix that you were given. Return a new one.",
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
)
