# %% [markdown]
# # Descent
# A cell trains, and what it leaves is judged.

# %%
import numpy as np

from course_lib import check


# %% nbgrader={"grade": false, "grade_id": "step_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step(weights):
    """One step towards 5, where the sum of squares is least."""
    ### BEGIN SOLUTION
    return weights - 0.1 * 2 * (weights - 5)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "step", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("step", step)

# %%
state = {"weights": np.array([1.0, -2.0, 3.0])}


# %% nbgrader={"grade": false, "grade_id": "train_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(state):
    """Take 100 steps with the weights of `state`."""
    ### BEGIN SOLUTION
    for _ in range(100):
        state["weights"] = step(state["weights"])
    ### END SOLUTION


# %%
train(state)

# %% nbgrader={"grade": true, "grade_id": "trained", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("trained", state["weights"])


# %% nbgrader={"grade": false, "grade_id": "norm_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def norm(weights):
    """The length of a vector."""
    ### BEGIN SOLUTION
    return np.sqrt(np.sum(weights**2))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "norm", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("norm", norm)
