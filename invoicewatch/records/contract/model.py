"""What the subcommands of ``model`` print as JSON."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict


class ModelJson(TypedDict):
    """One file of the models folder."""

    path: Annotated[str, "The GGUF file."]
    in_use: Annotated[bool, "`[model] path` names it."]
    size: Annotated[int, "In bytes."]
    architecture: Annotated[str, "As the file says."]
    quantization: Annotated[str, "As the file says."]
    licence: Annotated[str, "As the file says; may be empty."]
    sha256: Annotated[str | None, "The value that is expected; null: none is known."]
    problem: Annotated[str | None, "Why it cannot be read; else null."]


class FetchedJson(TypedDict):
    """The model that is in place now."""

    path: Annotated[str, "The GGUF file."]
    in_use: Annotated[bool, "`[model] path` names it."]


class CheckedModelJson(TypedDict):
    """A model that was verified; one that is not what it should be is an error."""

    path: Annotated[str, "The GGUF file."]
    sha256: Annotated[str, "Of its bytes."]
    expected: Annotated[str | None, "What it should be; null: none is known."]
    loads: Annotated[bool, "It loads and answers here."]


class SpeedJson(TypedDict):
    """What a model costs here."""

    load_s: Annotated[float, "Seconds to load it."]
    read_per_s: Annotated[float, "Tokens read a second."]
    write_per_s: Annotated[float, "Tokens written a second."]
    gpu_layers: Annotated[int, "Layers on a GPU."]


class GainJson(TypedDict):
    """What one way of correcting did to the samples."""

    fixed: Annotated[int, "Wrong words mended."]
    broken: Annotated[int, "Right words broken."]
    invented: Annotated[int, "Figures that stand nowhere."]
    s_a_document: Annotated[float, "Seconds a document."]


class GainsJson(TypedDict):
    """What there was to mend, and what became of it with the model and without."""

    samples: Annotated[int, "How many generated documents."]
    wrong: Annotated[int, "Words misread in them."]
    right: Annotated[int, "Words read right."]
    with_model: NotRequired[Annotated[GainJson, "By confusions, word lists and the model."]]
    without_model: NotRequired[Annotated[GainJson, "By confusions and word lists alone."]]


class MeasuredJson(SpeedJson):
    """A model that was measured; the last six keys are left out with `--samples 0`."""

    path: Annotated[str, "The GGUF file."]
    loaded: NotRequired[Annotated[str, "The file that was really loaded: perhaps its copy in another quantization."]]
    samples: NotRequired[Annotated[int, "How many generated documents."]]
    wrong: NotRequired[Annotated[int, "Words misread in them."]]
    right: NotRequired[Annotated[int, "Words read right."]]
    with_model: NotRequired[Annotated[GainJson, "By confusions, word lists and the model."]]
    without_model: NotRequired[Annotated[GainJson, "By confusions and word lists alone."]]


class SelectedJson(TypedDict):
    """The model that was chosen."""

    path: Annotated[str, "The GGUF file."]
    config: Annotated[str, "The configuration file that names it now."]


class RequantisedJson(TypedDict):
    """The model that was made."""

    path: Annotated[str, "The new file."]
    source: Annotated[str, "The file it was made from."]
    quantization: Annotated[str, "As asked for."]
    sha256: Annotated[str, "Of the new file."]
