# %% [markdown]
# # Learning. {calibration learned}

# %%
import keras

from course_lib import check


# %% nbgrader={"grade": false, "grade_id": "network_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network(units=10):
    """Softmax regression on digits of 8 x 8 pixels."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Flatten(), keras.layers.Dense(units)]
    )
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "learn_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def learn(images, labels, seed=0, epochs=2):
    """A trained network."""
    ### BEGIN SOLUTION
    model = network()
    model.compile(
        keras.optimizers.Adam(0.01),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels, epochs=epochs, verbose=0)
    return model
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "learned", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("learned", learn)

# %% nbgrader={"grade": true, "grade_id": "handed_in", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("handed_in", network)
