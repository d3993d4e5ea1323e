"""Your base begins with random weights. Take `pretrained_base()`: what it has learned is the gain."""

FAILS = ("transfer_gain",)
HINT = None  # An accuracy has many causes.


def transfer(train_images, train_labels, seed=0, epochs=20):
    training.set_seed(seed)
    model = keras.Sequential([build_base(), layers.Dense(int(train_labels.max()) + 1, name="head")])
    compile_network(model, BASE_LEARNING_RATE)
    steps = -(-epochs * len(train_images) // 16)
    train(model, train_images, train_labels, steps, seed, batch_size=16)
    return model
