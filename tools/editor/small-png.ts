import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * Makes a screenshot a third of its size: at most 256 colours, picked so that the large plain areas of a user
 * interface keep theirs exactly and only the shades at the edges of letters move a little.
 * @param png An opaque PNG with 8 bits per channel, as Chromium writes it.
 */
export function reduceColors(png: Buffer): Buffer {
  const image = decode(png);
  const palette = choosePalette(countColors(image.colors));
  return encode(image, palette);
}

interface Image {
  width: number;
  height: number;
  /** One number 0xRRGGBB per pixel. */
  colors: Uint32Array;
}

interface Palette {
  colors: number[];
  /** The place in `colors` for each colour of the image. */
  indexOf: Map<number, number>;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const maximumColors = 256;

/** PNG specification, https://www.w3.org/TR/png-3/: chunks of length, type, data and checksum. */
function decode(png: Buffer): Image {
  const data: Buffer[] = [];
  let width = 0;
  let height = 0;
  let channels = 0;
  for (let offset = signature.length; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const type = png.toString('latin1', offset + 4, offset + 8);
    const content = png.subarray(offset + 8, offset + 8 + length);
    if (type === 'IHDR') {
      width = content.readUInt32BE(0);
      height = content.readUInt32BE(4);
      channels = { 2: 3, 6: 4 }[content[9] ?? 0] ?? 0;
      if (content[8] !== 8 || channels === 0 || content[12] !== 0) {
        throw new Error('Only RGB pictures with 8 bits per channel and without interlacing are understood.');
      }
    } else if (type === 'IDAT') {
      data.push(content);
    }
    offset += length + 12;
  }
  const pixels = undoFilters(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const colors = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colors.length; pixel++) {
    colors[pixel] = pixels.readUIntBE(pixel * channels, 3);
  }
  return { width, height, colors };
}

/** Each line is stored as differences to its neighbours; the byte before it says to which. */
function undoFilters(filtered: Buffer, lineLength: number, lines: number, channels: number): Buffer {
  const pixels = Buffer.alloc(lineLength * lines);
  for (let line = 0; line < lines; line++) {
    const filter = filtered[line * (lineLength + 1)] ?? 0;
    const start = line * lineLength;
    for (let column = 0; column < lineLength; column++) {
      const left = column >= channels ? byteAt(pixels, start + column - channels) : 0;
      const above = line > 0 ? byteAt(pixels, start + column - lineLength) : 0;
      const aboveLeft = line > 0 && column >= channels ? byteAt(pixels, start + column - lineLength - channels) : 0;
      const difference = byteAt(filtered, line * (lineLength + 1) + 1 + column);
      pixels[start + column] = difference + predict(filter, left, above, aboveLeft);
    }
  }
  return pixels;
}

function predict(filter: number, left: number, above: number, aboveLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return nearest(left + above - aboveLeft, left, above, aboveLeft);
    default:
      return 0;
  }
}

function nearest(estimate: number, left: number, above: number, aboveLeft: number): number {
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toAboveLeft = Math.abs(estimate - aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) {
    return left;
  }
  return toAbove <= toAboveLeft ? above : aboveLeft;
}

function countColors(colors: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const color of colors) {
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return counts;
}

/** Splits the colours into boxes, the widest first, until there are enough; the commonest colour stands for its box. */
function choosePalette(counts: Map<number, number>): Palette {
  const boxes = [[...counts.keys()]];
  while (boxes.length < maximumColors) {
    boxes.sort((one, other) => weightOf(other) - weightOf(one));
    const widest = boxes[0] ?? [];
    if (widest.length < 2) {
      break;
    }
    boxes.splice(0, 1, ...halves(widest));
  }
  const indexOf = new Map<number, number>();
  const colors = boxes.map((box, index) => {
    for (const color of box) {
      indexOf.set(color, index);
    }
    return box.reduce(
      (best, color) => ((counts.get(color) ?? 0) > (counts.get(best) ?? 0) ? color : best),
      box[0] ?? 0,
    );
  });
  return { colors, indexOf };
}

function weightOf(box: number[]): number {
  return box.length < 2 ? 0 : widestChannel(box).range;
}

function halves(box: number[]): number[][] {
  const { shift, middle } = widestChannel(box);
  return [
    box.filter((color) => ((color >> shift) & 255) <= middle),
    box.filter((color) => ((color >> shift) & 255) > middle),
  ];
}

function widestChannel(box: number[]): { shift: number; range: number; middle: number } {
  let widest = { shift: 0, range: -1, middle: 0 };
  for (const shift of [16, 8, 0]) {
    let low = 255;
    let high = 0;
    for (const color of box) {
      const value = (color >> shift) & 255;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low > widest.range) {
      widest = { shift, range: high - low, middle: (low + high) >> 1 };
    }
  }
  return widest;
}

function encode(image: Image, palette: Palette): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(image.width, 0);
  header.writeUInt32BE(image.height, 4);
  // 8 bits per pixel, each an index into the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const lines = Buffer.alloc((image.width + 1) * image.height);
  for (let line = 0; line < image.height; line++) {
    for (let column = 0; column < image.width; column++) {
      const color = image.colors[line * image.width + column] ?? 0;
      lines[line * (image.width + 1) + 1 + column] = palette.indexOf.get(color) ?? 0;
    }
  }
  const colors = Buffer.alloc(palette.colors.length * 3);
  for (const [index, color] of palette.colors.entries()) {
    colors.writeUIntBE(color, index * 3, 3);
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(content.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function byteAt(bytes: Buffer, offset: number): number {
  return bytes[offset] ?? 0;
}
