"""The loss log as an SVG line chart, drawn without a plotting library.

Shapes: a series is a list of (tokens, loss) points.
"""

from __future__ import annotations

import json
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 300, 56, 150, 16, 44
COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"]  # Okabe-Ito

Series = list[tuple[float, float]]


def read_series(log: Path, names: dict[str, str]) -> dict[str, Series]:
    """The logged figures `names` (key in the log -> label), training figures smoothed over about 1% of the run."""
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    series = {label: [(r["tokens"] / 1e6, r[key]) for r in rows if key in r] for key, label in names.items()}
    return {label: smooth(points) for label, points in series.items() if points}


def smooth(points: Series) -> Series:
    """Means of runs of points, so that about 100 are left."""
    size = max(1, len(points) // 100)
    runs = [points[i : i + size] for i in range(0, len(points), size)]
    return [(sum(x for x, _ in run) / len(run), sum(y for _, y in run) / len(run)) for run in runs]


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values from low to high."""
    rough = (high - low) / wanted
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 0.1 if rough >= 0.1 else 0.01
    step = next(power * m for m in (1, 2, 5, 10, 20, 50, 100) if power * m >= rough)
    first = -int(-low // step) * step
    return [round(first + i * step, 6) for i in range(int((high - first) / step) + 1)]


def loss_svg(series: dict[str, Series], title: str) -> str:
    """One line a series over millions of training tokens, with axes and a legend at the line ends."""
    every = [point for points in series.values() for point in points]
    x_high = max(x for x, _ in every)
    y_low, y_high = min(y for _, y in every), max(y for _, y in every)
    plot_width, plot_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        height = (y - y_low) / ((y_high - y_low) or 1)
        return LEFT + plot_width * x / (x_high or 1), TOP + plot_height * (1 - height)

    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for y in ticks(y_low, y_high):
        _, top = place(0, y)
        parts.append(f'<path d="M{LEFT} {top:.1f}h{plot_width}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{top + 4:.1f}" text-anchor="end">{y:g}</text>')
    for x in ticks(0, x_high):
        left, _ = place(x, y_low)
        parts.append(f'<text x="{left:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x:g}</text>')
    middle = LEFT + plot_width / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">training tokens (millions)</text>')
    turned = f"translate(14 {TOP + plot_height / 2})rotate(-90)"
    parts.append(f'<text transform="{turned}" text-anchor="middle">loss (nats)</text>')
    for i, (label, points) in enumerate(series.items()):
        color = COLORS[i % len(COLORS)]
        line = "L".join("{:.1f} {:.1f}".format(*place(*point)) for point in points)
        parts.append(f'<path d="M{line}" fill="none" stroke="{color}" stroke-width="1.5"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 14 + 18 * i}" fill="{color}">{label}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img" aria-label="{title}">\n  <title>{title}</title>\n  '
        + "\n  ".join(parts) + "\n</svg>\n"
    )
