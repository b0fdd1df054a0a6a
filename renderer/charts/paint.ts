import { bandOpacity, chartColoursOf, colourOf, replay, shadeColour, shadeOpacity } from '../../sim-core/index.ts';
import type { LaneShape, Theme } from '../../sim-core/index.ts';

/** Fits a canvas's pixels to its CSS size and gives a clean context in CSS pixels; null when it has no size. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d');
  if (context === null || width <= 0 || height <= 0) return null;
  const deviceWidth = Math.round(width * ratio);
  const deviceHeight = Math.round(height * ratio);
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Draws shapes in their order. The context's origin is the plot's top left corner; `height` is the plot's. */
export function paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly LaneShape[],
  height: number,
  theme: Theme,
): void {
  const colours = chartColoursOf(theme);
  context.lineJoin = 'round';
  for (const shape of shapes) {
    switch (shape.kind) {
      case 'shade':
        context.globalAlpha = shadeOpacity;
        context.fillStyle = shadeColour(shape.meaning, colours);
        context.fillRect(shape.from, 0, shape.to - shape.from, height);
        break;
      case 'fill':
        context.globalAlpha = 1;
        context.fillStyle = colours.area;
        context.beginPath();
        replay(shape.polygons, context);
        context.fill();
        break;
      case 'band':
        context.globalAlpha = bandOpacity;
        context.fillStyle = colourOf(shape.slot, theme);
        context.beginPath();
        replay(shape.polygons, context);
        context.fill();
        break;
      case 'line':
        context.globalAlpha = shape.opacity;
        context.strokeStyle = colourOf(shape.slot, theme);
        context.lineWidth = shape.width;
        context.setLineDash(shape.dash as number[]);
        context.beginPath();
        replay(shape.points, context);
        context.stroke();
        break;
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Hairlines across the plot, on whole device pixels. */
export function paintGrid(
  context: CanvasRenderingContext2D,
  heights: readonly number[],
  width: number,
  theme: Theme,
): void {
  context.strokeStyle = chartColoursOf(theme).grid;
  context.lineWidth = 1;
  context.beginPath();
  for (const height of heights) {
    const y = Math.round(height) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
}
