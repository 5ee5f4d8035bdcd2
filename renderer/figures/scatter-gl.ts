/** Draws the points of a scatter plot: on the graphics card where there is one, else on a plain canvas. */
import { rgb } from 'd3';
import type { Cloud, Placing, Room } from './scatter-camera.ts';
import { canvasPainter, fitCanvas } from './scatter-canvas.ts';
import { NEARNESS, strengthOf } from './scatter-style.ts';
import type { PointStyle } from './scatter-style.ts';

export type { PointStyle } from './scatter-style.ts';

export interface PointPainter {
  /** Which of the two ways it draws. */
  readonly kind: 'webgl' | 'canvas';
  /** Takes other points or other looks. */
  readonly setPoints: (cloud: Cloud, style: PointStyle) => void;
  /** Draws them as the camera has them; `density`: px of the canvas in a px of the page. */
  readonly draw: (placing: Placing, room: Room, density: number) => void;
  readonly dispose: () => void;
}

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
  float near = clamp(dot(depth, point), -1.0, 1.0);
  // Marked points, the only ones that are quite opaque, lie before all others.
  float behind = (colour.a > 0.99 ? -0.5 : 0.5) - near * 0.49;
  gl_Position = vec4(px.x / room.x * 2.0 - 1.0, 1.0 - px.y / room.y * 2.0, behind, 1.0);
  gl_PointSize = size * (1.0 + ${NEARNESS} * near);
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
  if (cover <= 0.02) discard;
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
      fitCanvas(canvas, { width, height }, density);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.enable(gl.DEPTH_TEST);
      gl.depthFunc(gl.LEQUAL);
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
function coloursOf(style: PointStyle, count: number): Uint8Array {
  const bytes = new Uint8Array(count * 4);
  const known = new Map<string, readonly [number, number, number]>();
  for (let point = 0; point < count; point += 1) {
    const name = style.colours[point] ?? '#000000';
    let parts = known.get(name);
    if (parts === undefined) {
      const { r, g, b } = rgb(name);
      parts = [r, g, b];
      known.set(name, parts);
    }
    bytes.set(parts, point * 4);
    bytes[point * 4 + 3] = 255 * strengthOf(style, point);
  }
  return bytes;
}
