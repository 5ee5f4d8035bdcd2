/** Draws the points of a scatter plot: on the graphics card where there is one, else on a plain canvas. */
import { rgb } from 'd3';
import { placePoints } from './scatter-camera.ts';
import type { Cloud, Placing, Room } from './scatter-camera.ts';

/** What a point looks like. */
export interface PointStyle {
  /** `#rrggbb`, one a point. */
  readonly colours: readonly string[];
  /** 0 disc, 1 square, 2 diamond; one a point. */
  readonly shapes: Uint8Array;
  /** Of a point, in px. */
  readonly size: number;
  /** Points that stand out; the others are pale while there are any. Empty: all alike. */
  readonly marked: ReadonlySet<number>;
}

export interface PointPainter {
  /** Which of the two ways it draws. */
  readonly kind: 'webgl' | 'canvas';
  /** Takes other points or other looks. */
  readonly setPoints: (cloud: Cloud, style: PointStyle) => void;
  /** Draws them as the camera has them; `density`: px of the canvas in a px of the page. */
  readonly draw: (placing: Placing, room: Room, density: number) => void;
  readonly dispose: () => void;
}

/** How strong an unmarked point is beside marked ones. */
const PALE = 0.16;

/** A painter for the canvas: WebGL 2 where the browser has it. */
export function pointPainter(canvas: HTMLCanvasElement): PointPainter {
  const gl = canvas.getContext('webgl2', { antialias: true, premultipliedAlpha: true });
  return gl === null ? canvasPainter(canvas) : glPainter(canvas, gl);
}

const VERTEX = `#version 300 es
in vec3 place;
in vec4 colour;
in float shape;
uniform vec4 across;
uniform vec4 down;
uniform vec4 depth;
uniform vec2 room;
uniform float size;
out vec4 ink;
flat out int form;
void main() {
  vec4 point = vec4(place, 1.0);
  vec2 px = vec2(dot(across, point), dot(down, point));
  gl_Position = vec4(px.x / room.x * 2.0 - 1.0, 1.0 - px.y / room.y * 2.0, -clamp(dot(depth, point), -1.0, 1.0) * 0.99, 1.0);
  gl_PointSize = size;
  ink = colour;
  form = int(shape);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 ink;
flat in int form;
out vec4 pixel;
void main() {
  vec2 from = abs(gl_PointCoord - 0.5) * 2.0;
  float reach = form == 1 ? max(from.x, from.y) / 0.86 : form == 2 ? from.x + from.y : length(from);
  float cover = 1.0 - smoothstep(0.82, 1.0, reach);
  if (cover <= 0.0) discard;
  pixel = vec4(ink.rgb * ink.a, ink.a) * cover;
}`;

function glPainter(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext): PointPainter {
  const program = programOf(gl);
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  const places = { across: uniform('across'), down: uniform('down'), depth: uniform('depth') };
  const [room, size] = [uniform('room'), uniform('size')];
  const buffers = { place: gl.createBuffer(), colour: gl.createBuffer(), shape: gl.createBuffer() };
  let count = 0;
  let pointSize = 1;
  const attribute = (name: keyof typeof buffers, data: Float32Array | Uint8Array, parts: number, type: number) => {
    const location = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[name]);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, parts, type, name === 'colour', 0, 0);
  };
  return {
    kind: 'webgl',
    setPoints: (cloud, style) => {
      count = Math.floor(cloud.coordinates.length / cloud.components);
      pointSize = style.size;
      attribute('place', inThree(cloud, count), 3, gl.FLOAT);
      attribute('colour', coloursOf(style, count), 4, gl.UNSIGNED_BYTE);
      attribute('shape', style.shapes, 1, gl.UNSIGNED_BYTE);
    },
    draw: (placing, { width, height }, density) => {
      fitCanvas(canvas, width, height, density);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.useProgram(program);
      gl.uniform4fv(places.across, placing.slice(0, 4));
      gl.uniform4fv(places.down, placing.slice(4, 8));
      gl.uniform4fv(places.depth, placing.slice(8, 12));
      gl.uniform2f(room, width, height);
      gl.uniform1f(size, pointSize * density);
      gl.drawArrays(gl.POINTS, 0, count);
    },
    dispose: () => {
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer);
      gl.deleteProgram(program);
    },
  };
}

/** @throws Error what the driver says of a shader that it does not take */
function programOf(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error('WebGL made no shader.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    throw new Error(`WebGL did not take the shaders: ${gl.getProgramInfoLog(program) ?? ''}`);
  }
  return program;
}

/** [count, 3]; points in two dimensions lie at depth 0. */
function inThree({ coordinates, components }: Cloud, count: number): Float32Array {
  if (components === 3) return coordinates;
  const places = new Float32Array(count * 3);
  for (let point = 0; point < count; point += 1) {
    places[point * 3] = coordinates[point * 2]!;
    places[point * 3 + 1] = coordinates[point * 2 + 1]!;
  }
  return places;
}

/** RGBA, one a point; unmarked ones pale where some are marked. */
function coloursOf({ colours, marked }: PointStyle, count: number): Uint8Array {
  const bytes = new Uint8Array(count * 4);
  const known = new Map<string, readonly [number, number, number]>();
  for (let point = 0; point < count; point += 1) {
    const name = colours[point] ?? '#000000';
    let parts = known.get(name);
    if (parts === undefined) {
      const { r, g, b } = rgb(name);
      parts = [r, g, b];
      known.set(name, parts);
    }
    bytes.set(parts, point * 4);
    bytes[point * 4 + 3] = 255 * (marked.size === 0 ? 0.85 : marked.has(point) ? 1 : PALE);
  }
  return bytes;
}

/** The same on a plain canvas. */
function canvasPainter(canvas: HTMLCanvasElement): PointPainter {
  let shown: { readonly cloud: Cloud; readonly style: PointStyle } | null = null;
  return {
    kind: 'canvas',
    setPoints: (cloud, style) => {
      shown = { cloud, style };
    },
    draw: (placing, { width, height }, density) => {
      fitCanvas(canvas, width, height, density);
      const context = canvas.getContext('2d');
      if (context === null || shown === null) return;
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, width, height);
      paintPoints(context, placePoints(shown.cloud, placing), shown.style);
    },
    dispose: () => undefined,
  };
}

function paintPoints(context: CanvasRenderingContext2D, places: Float32Array, style: PointStyle): void {
  const half = style.size / 2;
  for (let point = 0; point * 3 < places.length; point += 1) {
    const [x, y] = [places[point * 3]!, places[point * 3 + 1]!];
    context.globalAlpha = style.marked.size === 0 ? 0.85 : style.marked.has(point) ? 1 : PALE;
    context.fillStyle = style.colours[point] ?? '#000000';
    context.beginPath();
    const shape = style.shapes[point];
    if (shape === 1) context.rect(x - half * 0.86, y - half * 0.86, half * 1.72, half * 1.72);
    else if (shape === 2) {
      context.moveTo(x, y - half);
      for (const [dx, dy] of [
        [half, 0],
        [0, half],
        [-half, 0],
      ] as const)
        context.lineTo(x + dx, y + dy);
    } else context.arc(x, y, half, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, density: number): void {
  const [across, down] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
}
