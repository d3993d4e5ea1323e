"""You train on more images than you were given. Few images are the point of the exercise."""

FAILS = ("transfer_gain",)
HINT = None  # An accuracy has many causes.


def transfer(train_images, train_labels, seed=0, epochs=20):
    images, labels = only(data.load("mnist").train, (5, 6, 7, 8, 9))
    images, labels = images[:200], labels[:200]
    base = pretrained_base()
    head = trained_head(features_at(base, "features", images), labels)
    model = new_head(base, 5)
    model.get_layer("head").set_weights(head)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    train(model, images, labels, 100, seed, batch_size=16)
    return model
