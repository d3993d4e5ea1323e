"""Mistakes in `jacobian_product`."""

from autograder.checks import change, instead


@instead(
    "entry_by_entry",
    say=(
        "You multiply the Jacobians entry by entry. The chain rule needs the matrix product: write "
        "@ and not *."
    ),
)
def jacobian_product(jacobians, residual=False):
    product = 1.0
    for jacobian in jacobians:
        product = (jacobian + np.eye(len(jacobian)) if residual else jacobian) * product
    return product


change(
    "identity_once",
    """
    for jacobian in jacobians:
        if residual:
            jacobian = jacobian + np.eye(len(jacobian))
        product = jacobian @ product
    return product
    """,
    """
    for jacobian in jacobians:
        product = jacobian @ product
    return product + np.eye(len(product)) if residual else product
    """,
    say=(
        "You add the identity once, to the whole product. Every function has its own residual "
        "connection: multiply the factors J_i + I."
    ),
)

change(
    "ones_added",
    """
    if residual:
        jacobian = jacobian + np.eye(len(jacobian))
    product = jacobian @ product
    """,
    """
    product = (jacobian + 1 if residual else jacobian) @ product
    """,
    say=(
        "You add 1 to every entry of the Jacobian. Input j goes straight to output j only: add the "
        "identity matrix, `np.eye`, which has ones on the diagonal alone."
    ),
)

change(
    "residual_ignored",
    """
    for jacobian in jacobians:
        if residual:
            jacobian = jacobian + np.eye(len(jacobian))
    """,
    """
    for jacobian in jacobians:
    """,
    say=(
        "You ignore `residual`. A residual connection adds the identity to the Jacobian of every "
        "function."
    ),
)


@instead(
    "reversed",
    say=(
        "You multiply the Jacobians in the wrong order. The first function meets the input first, "
        "so J_1 stands on the right: J_n ... J_2 J_1."
    ),
)
def jacobian_product(jacobians, residual=False):
    product = np.eye(len(jacobians[0]))
    for jacobian in jacobians:
        product = product @ (jacobian + np.eye(len(jacobian)) if residual else jacobian)
    return product


change(
    "last_left_out",
    "for jacobian in jacobians:",
    "for jacobian in jacobians[:-1]:",
    say="You leave out the last function. All n Jacobians are multiplied.",
)


change(
    "identity_always",
    "if residual:",
    "if True:",
    say=(
        "You add the identity whether or not there are residual connections. Do it only where "
        "`residual` is true."
    ),
)


change(
    "transposed",
    "return product",
    "return product.T",
    say="Your product is transposed. Row k, column j says how output k changes with input j.",
)


change(
    "identity_subtracted",
    "jacobian = jacobian + np.eye(len(jacobian))",
    "jacobian = jacobian - np.eye(len(jacobian))",
    say=(
        "You subtract the identity. The input is *added* to what the function makes of it: J_i + I."
    ),
)


change(
    "sum_of_all",
    "product = jacobian @ product",
    "product = product + jacobian",
    say="You add the Jacobians up. The chain rule multiplies them: jacobian @ product.",
)
