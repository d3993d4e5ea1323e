"""The same transfer from bases that began with other weights: another machine has another base."""


@functools.cache
def base_from(seed):
    training.set_seed(seed + 1)
    network = build_network(classes=len(BASE_CLASSES))
    compile_network(network, BASE_LEARNING_RATE)
    images, labels = only(data.load("mnist").train, BASE_CLASSES)
    train(network, images, labels, steps=400, seed=seed + 1)
    return network.get_weights()[:-2]


def transfer(train_images, train_labels, seed=0, epochs=20):
    base = build_base()
    base.set_weights(base_from(seed))
    head = trained_head(features_at(base, "features", train_images), train_labels)
    model = new_head(base, int(train_labels.max()) + 1)
    model.get_layer("head").set_weights(head)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    model.fit(train_images, train_labels, batch_size=16, epochs=epochs, verbose=0)
    return model
