"""The curve as a picture: questions of a hundred documents along the stream, with the memory and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 760, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 190, 36, 44
_COLOURS = ("#1f5fa8", "#c0501f", "#3a7d44", "#7a4a9c")
_AIM = 5.0  # questions of a hundred documents, once a seller is known
_TICKS = 5
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True)
class _Frame:
    """Where documents and questions lie on the picture."""

    documents: float
    step: int

    def place(self, document: float, questions: float) -> tuple[float, float]:
        """The point in pixels from the top left corner."""
        x = _LEFT + (_WIDTH - _LEFT - _RIGHT) * document / self.documents
        height = (_HEIGHT - _TOP - _BOTTOM) * min(1.0, questions / (self.step * _TICKS))
        return x, _HEIGHT - _BOTTOM - height


def draw_curves(title: str, runs: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """An SVG of its own; ``runs`` are points with ``document`` and ``questions``, by name."""
    points = [point for run in runs.values() for point in run]
    most = max((point["questions"] for point in points), default=1.0)
    step = next((each for each in _STEPS if each * _TICKS >= most), _STEPS[-1])
    frame = _Frame(max((point["document"] for point in points), default=1.0), step)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/><g font-family="sans-serif">',
        f'<text x="{_LEFT}" y="20" font-weight="bold">{escape(title)}</text>',
        *_draw_grid(frame),
        *(part for number, run in enumerate(runs.items()) for part in _draw_run(frame, number, *run)),
        f'<text x="{_LEFT}" y="{_HEIGHT - 8}" fill="#444">documents in order of arrival</text></g></svg>',
    ]
    return "\n".join(parts) + "\n"


def _draw_grid(frame: _Frame) -> Iterator[str]:
    (left, _), (right, aim) = frame.place(0, 0), frame.place(frame.documents, _AIM)
    for tick in range(_TICKS + 1):
        document = frame.documents * tick / _TICKS
        x, y = frame.place(document, frame.step * tick)
        _, bottom = frame.place(0, 0)
        yield f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{left - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{frame.step * tick}</text>'
        yield f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{round(document)}</text>'
    yield f'<line x1="{left:.1f}" y1="{aim:.1f}" x2="{right:.1f}" y2="{aim:.1f}" stroke="#888" stroke-dasharray="4 3"/>'
    yield f'<text x="{right + 8:.1f}" y="{aim + 4:.1f}" fill="#666">aim: {_AIM:.0f}</text>'


def _draw_run(frame: _Frame, number: int, name: str, run: Sequence[Mapping[str, float]]) -> Iterator[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (frame.place(p["document"], p["questions"]) for p in run))
    yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{_WIDTH - _RIGHT + 12}" y="{_TOP + 16 * number + 12}" fill="{colour}">{escape(name)}</text>'
