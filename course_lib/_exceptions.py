"""The exceptions of the course library.

CourseLibraryError
├── ProtocolError        bytes or values that are no message (checking/wire.py)
├── Unsupported          a layer or an operation without a rule for its cost (costs/_registry.py)
├── NetworkError         a network that cannot be read (blueprints/_errors.py)
│   ├── NotAModelError     there is no Keras model; also a TypeError
│   ├── UnknownInputError  it does not say what it takes as input; also a ValueError
│   └── OtherWeightsError  weights of another network (structure/_transplant.py); also a ValueError
├── LabelsWithheldError  labels that graded work does not get (data/_errors.py)
├── DataUnavailableError a data set that is not here and cannot be fetched (data/_errors.py)
├── DamagedDataError     a data set that is not what it should be (data/_errors.py)
├── LedgerError          a fact that the slides' ledger lacks; also a LookupError (slides/_fact.py)
├── TorchFileError       no file of PyTorch; also a ValueError (pretrained/_torch_file.py)
└── MissingPackageError  a package that brings pretrained weights (pretrained/_package.py)

Two are outside, because of who catches them: `CheckFailed` is an `AssertionError`, as nbgrader
expects of a failed check, and `ForbiddenCallError` is a `BaseException`, so that a student's
`except Exception` does not swallow it.
"""


class CourseLibraryError(Exception):
    """The root."""
