# %% [markdown]
# # A tiny notebook

# %%
import numpy as np

from course_lib import check


# %% nbgrader={"grade": false, "grade_id": "double_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Twice x, an array of any shape."""
    ### BEGIN SOLUTION
    return np.multiply(x, 2.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "double", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("double", double)

# %% tags=["display"]
shown = double(np.arange(3.0))
print("the doubles are", shown)


# %% nbgrader={"grade": false, "grade_id": "triple_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def triple(x):
    """Three times x."""
    ### BEGIN SOLUTION
    return 3 * x
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "triple", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("triple", triple)
