# %% [markdown]
# # A tiny notebook
# Three graded cells, one of which needs Keras.

# %%
import keras
import numpy as np

from course_lib.checking import check

# %% [markdown] nbgrader={"grade": false, "grade_id": "tiny_doubled_text", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Double every number: $y = 2x$.


# %% nbgrader={"grade": false, "grade_id": "tiny_doubled_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tiny_doubled(x):
    """Twice `x`."""
    ### BEGIN SOLUTION
    return np.multiply(np.asarray(x), 2.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "tiny_doubled", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("tiny_doubled", tiny_doubled)


# %% nbgrader={"grade": false, "grade_id": "tiny_dense_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tiny_dense(x, kernel, bias):
    """A fully connected layer."""
    ### BEGIN SOLUTION
    product = keras.ops.matmul(x, kernel)
    return keras.ops.convert_to_numpy(product + bias)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "tiny_dense", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("tiny_dense", tiny_dense)

# %% nbgrader={"grade": false, "grade_id": "tiny_guess_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
tiny_guess = 12
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "tiny_guess", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("tiny_guess", tiny_guess)

# %%
print("shown, but not run by the reference", tiny_doubled(np.arange(3)))
