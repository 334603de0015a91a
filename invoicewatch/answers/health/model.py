"""Whether the model decodes on this machine: tried in a process of its own, for native code can crash it."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from invoicewatch.answers.health.check import Check, Verdict
from invoicewatch.config import Config, ModelSettings
from invoicewatch.errors import DependencyError

_TIME_LIMIT_S = 120.0
_PROMPT = "Invoice number and total"
_CANDIDATES = (" amount due", " amouut dve")


def check_model(config: Config, time_limit_s: float = _TIME_LIMIT_S) -> Check:
    """Load the model and let it judge two readings.

    A missing model is a warning, since everything works without it but the correction of misread words.
    """
    if config.correct.mode == "off":
        return Check("model", Verdict.OK, "not used: [correct] mode is off")
    path = Path(config.model.path)
    if not path.is_file() and not config.model.allow_auto_download:
        remedy = "Run `invoicewatch model fetch`, or set [model] path to a GGUF file."
        return Check("model", Verdict.WARNING, f"there is no file at {path}: misread words stay as they are", remedy)
    return _try_in_child(config.model, time_limit_s)


def _try_in_child(settings: ModelSettings, time_limit_s: float) -> Check:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_decode, args=(settings, sender), daemon=True)
    child.start()
    sender.close()
    # A child that dies closes its end, which ends the wait as an answer does.
    answered = receiver.poll(time_limit_s)
    if not answered:
        child.kill()
    child.join()
    if not answered:
        remedy = "Use a smaller model, or set [correct] mode to off."
        return Check("model", Verdict.BROKEN, f"no answer within {time_limit_s:.0f} s", remedy, exit_code=3)
    try:
        return receiver.recv()  # type: ignore[no-any-return]  # our own child sends a Check
    except EOFError:
        return _describe_death(child.exitcode or 0)


def _decode(settings: ModelSettings, answer: Connection) -> None:
    from invoicewatch.model.warm import WarmModel

    model = WarmModel(settings)
    try:
        likely, unlikely = model.score(_PROMPT, _CANDIDATES)
        placed = f"{model.gpu_layers} layers on the GPU" if model.gpu_layers else "on the CPU"
        detail = f"{model.model_name} decodes, {placed}"
        verdict = Verdict.OK if likely > unlikely else Verdict.WARNING
        remedy = "" if likely > unlikely else "It prefers a misspelling: try another model or quantisation."
        answer.send(Check("model", verdict, detail, remedy))
    except DependencyError as exc:
        answer.send(Check("model", Verdict.BROKEN, exc.message, exc.remedy, exc.exit_code))
    finally:
        model.close()


def _describe_death(exit_code: int) -> Check:
    cause = signal.Signals(-exit_code).name if exit_code < 0 else f"exit code {exit_code}"
    remedy = "Build llama-cpp-python for this CPU: `make setup` in the source tree (`make install` for the service)."
    return Check("model", Verdict.BROKEN, f"the library died of {cause} at the first token", remedy, exit_code=3)
